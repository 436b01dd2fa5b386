"""The stepper: a run recorded step by step, gone through forward and back as in a debugger."""
