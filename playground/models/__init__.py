"""Which models there are, where their weights come from, prompts, batched generation, endpoints."""
