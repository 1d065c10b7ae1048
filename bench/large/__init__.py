"""Ten million tickets of past years, and what today costs beside them."""
