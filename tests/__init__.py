"""Tests mirror app/: each one is a sentence about the meeting."""
