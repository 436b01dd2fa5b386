"""The emulated Linux process: program image -> run result, on Unicorn, in a worker process."""

from playground.emulator.calls import call_function
from playground.emulator.process import run_program
from playground.emulator.recorder import trace_call, trace_program

__all__ = ["call_function", "run_program", "trace_call", "trace_program"]
