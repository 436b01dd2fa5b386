"""Where C and C++ come from beside the generator: folders, uploaded files, programs written by a model, chat files."""
