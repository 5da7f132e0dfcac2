"""Bigroom: one room for a care pathway's weekly hour, live and remembered."""
