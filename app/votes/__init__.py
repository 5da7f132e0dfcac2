"""Votes: the room narrows a long list to the few worth testing; quickly, fairly, and nobody sees who chose what."""
