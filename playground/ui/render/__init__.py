"""Values in, HTML out. Everything that a person or a model wrote is escaped here; nothing here knows gradio."""
