"""Rooms to try: the two practice cases, played into a server by the same calls that a browser makes."""
