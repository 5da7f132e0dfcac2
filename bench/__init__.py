"""Figures, measured beside something else in one run. `make bench` prints one table."""
