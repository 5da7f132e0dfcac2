"""Every idea that could go on a ballot gets a letter, so that people can speak of it."""

from app.ideas.messages import LettersSet, SetLetters
from app.ideas.rows import Idea, free_letters
from app.rooms.kernel import Ask, Change, Room

WAITS_FOR_ONE = ("raw", "clarified")
KEEPS_ITS_OWN = ("on_ballot", "selected")
"""What a ballot is about, or has just been: the room still says "C" and means it."""


def set_letters(room: Room, command: SetLetters, ask: Ask) -> Change:
    """Whoever adds, moves or merges ideas presses once more; nothing changes where all have theirs."""
    ideas = sorted((idea for idea in room.where(Idea) if idea.is_shown), key=lambda idea: (idea.rank, idea.id))
    kept = {idea.letter for idea in ideas if idea.letter and idea.state in KEEPS_ITS_OWN}
    waiting = [idea for idea in ideas if idea.state in WAITS_FOR_ONE]
    lettered = dict(zip((idea.id for idea in waiting), free_letters(kept), strict=False))
    changed = (idea.but(letter=lettered.get(idea.id)).unless(idea) for idea in ideas if idea.state not in KEEPS_ITS_OWN)
    return Change(LettersSet(count=len(waiting)), puts=tuple(row for rows in changed for row in rows))
