"""The Data tab: build verified training data, look into it, annotate it."""
