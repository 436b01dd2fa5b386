"""The exercises themselves: data, a row each."""
