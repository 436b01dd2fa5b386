"""The Evaluate tab: campaigns over the task bank, and saved reports."""
