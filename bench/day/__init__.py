"""A scripted day: every verb of the desk on a hall of 21 agencies and 30 counters, and an account kept apart from it."""
