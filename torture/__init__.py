"""What may happen to a hall, done to it again and again: run by hand and before a release, see docs/torture.md."""
