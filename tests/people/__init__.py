"""Coaches, browsers and the ways in."""
