"""The shipped datasets and what makes them: families of small C functions, compiled and respelled."""
