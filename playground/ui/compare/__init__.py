"""The Compare tab: what it is made of, what its fields mean, what its buttons do."""
