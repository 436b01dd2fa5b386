"""C and C++ to verified training pairs, and their formats."""
