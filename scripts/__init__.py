"""What the Makefile does, in plain Python: nothing here needs more than the standard library."""
