"""A comparison without a page: what was asked, its state while columns are written and judged, and how it runs."""
