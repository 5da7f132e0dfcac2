"""Bigroom: one room for a care pathway's weekly hour, live and remembered."""

__version__ = "0.1.0"
