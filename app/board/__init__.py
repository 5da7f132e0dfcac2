"""Boards of cards: the lenses of the 5Vs and 5Ps, the columns of a step, and the themes found in them."""
