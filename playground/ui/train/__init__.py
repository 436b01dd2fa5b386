"""The Train tab: a recipe's fields, the queue of jobs, and what the chosen job is doing."""
