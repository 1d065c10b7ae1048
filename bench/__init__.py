"""Measures, each against a floor that is measured in the same run. By hand and before a release: `python -m bench`."""
