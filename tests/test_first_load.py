"""G9: a room opens at once, also on an old phone and a slow line."""

import pytest

from bench.first_load import first_loads

pytestmark = pytest.mark.e2e

MOST = 45_000
"""Bytes of JavaScript over the line before the room shows."""


def test_G9_the_room_shows_after_at_most_45_kB_of_javascript() -> None:
    """The room with its bar, roadmap and people; the view in its middle comes while these are read."""
    room = first_loads()[0]
    assert room.screen == "the room"
    assert len(room.files) > 3
    assert room.zipped <= MOST
