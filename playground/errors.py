"""What a person got wrong, as one sentence that can be shown to them."""


class InputError(ValueError):
    """One clear sentence that names the bad value, where it stands, and the remedy.

    Raised at the borders (command line, page handlers, file readers) for anything that a person can mend; shown as it
    stands, without a traceback. A defect of ours never raises this.
    """
