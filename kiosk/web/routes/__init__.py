"""What answers to which address; each module gives its routes."""
