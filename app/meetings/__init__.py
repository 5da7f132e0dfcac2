"""Meetings: the coached hour that comes back every week, its agenda, its roles, and what it promises for next time."""
