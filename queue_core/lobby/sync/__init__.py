"""How the stores of one site come together: codes, what is mirrored down, what is sent up, what is merged."""
