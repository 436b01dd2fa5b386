"""The Gradio page: one file per tab; render.py turns values into what a person sees."""
