"""The visitor's screen."""
