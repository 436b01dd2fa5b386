"""The History tab: every comparison that was made here, and what votes say."""
