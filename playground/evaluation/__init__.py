"""Campaigns, pass@k, votes and reports."""
