"""The change ideas of a case: written, put together by those whose they are, and given their letters."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from app.demo.case import Cast, Command, Line

IN_TEST = "sticker"
"""What an idea of an earlier ballot is called here, which has no letter now."""


@dataclass(frozen=True, slots=True)
class Written:
    """One of the ideas as somebody wrote it, before those that are the same are put together."""

    id: str
    letter: str
    text: str
    who: str


def being_tested(cast: Cast) -> Iterator[Line]:
    """The idea that is being tried already."""
    test = cast.case.get("test_of_change")
    if test is None:
        return
    id = cast.ideas.setdefault(IN_TEST, str(uuid4()))
    text = test["idea"].partition(" (")[0]
    yield cast.second, {"type": "ideas.add_idea", "idea_id": id, "text": text}
    yield cast.second, {"type": "ideas.clarify_idea", "idea_id": id}
    yield cast.second, {"type": "ideas.set_state", "idea_id": id, "state": "testing"}


def written(cast: Cast) -> Iterator[Line]:
    """Everybody's, one below the other."""
    for idea in _written(cast):
        yield _typed_by(cast, idea.who), _adding(cast, idea)


def in_silence(cast: Cast) -> Iterator[Line]:
    """The same with nobody seeing what the others write; then all are shown, and a coach puts them in order."""
    ideas = _written(cast)
    if not ideas:
        return
    capture = {"capture_id": str(uuid4())}
    yield cast.coach, {"type": "ideas.start_capture", "mode": "named", **capture}
    for idea in ideas:
        yield _typed_by(cast, idea.who), {**_adding(cast, idea), **capture}
    yield cast.coach, {"type": "ideas.reveal", **capture}
    after = cast.ideas.get(IN_TEST)
    for idea in ideas:
        yield cast.second, {"type": "ideas.move_idea", "idea_id": idea.id, "after": after}
        after = idea.id


def together(cast: Cast) -> Iterator[Line]:
    """A coach asks, and those whose ideas they are say yes; for who has no device the recorder does."""
    more = [idea for idea in _written(cast) if idea.id not in cast.ideas.values()]
    for letter, _text, who in cast.case.get("ideas", ()):
        same = [idea for idea in more if idea.letter == letter]
        if not same:
            continue
        merge = {"merge_id": str(uuid4())}
        asking = {"into_id": cast.ideas[letter], "idea_ids": [idea.id for idea in same]}
        yield cast.second, {"type": "ideas.ask_merge", **merge, **asking}
        for key in dict.fromkeys((who, *(idea.who for idea in same))):
            proxy = {} if _typed_by(cast, key) == key else {"for_id": cast.members[key]}
            yield _typed_by(cast, key), {"type": "ideas.answer_merge", "agrees": True, **merge, **proxy}


def lettered(cast: Cast) -> Iterator[Line]:
    """Everybody knows what each of them means, and can say its letter."""
    ideas = [cast.ideas[letter] for letter, _text, _who in cast.case.get("ideas", ())]
    for id in ideas:
        yield cast.recorder, {"type": "ideas.clarify_idea", "idea_id": id}
    if ideas:
        yield cast.recorder, {"type": "ideas.set_letters"}


def _written(cast: Cast) -> list[Written]:
    """Those that stay, and behind them those that will become one with them; with the same ids each time."""
    stay = [
        Written(cast.ideas.setdefault(letter, str(uuid4())), letter, text, who)
        for letter, text, who in cast.case.get("ideas", ())
    ]
    again = [
        Written(cast.again.setdefault(text, str(uuid4())), letter, text, who)
        for letter, text, who in cast.case.get("raw_ideas", ())
    ]
    return [*stay, *again]


def _adding(cast: Cast, idea: Written) -> Command:
    proxy = {} if _typed_by(cast, idea.who) == idea.who else {"proxy_for": cast.members[idea.who]}
    return {"type": "ideas.add_idea", "idea_id": idea.id, "text": idea.text, **proxy}


def _typed_by(cast: Cast, who: str) -> str:
    """Who has no device tells the recorder."""
    person = next(person for person in cast.case["people"] if person["key"] == who)
    return cast.recorder if person.get("without_device") else who


IDEAS: tuple[Callable[[Cast], Iterator[Line]], ...] = (being_tested, written, together, lettered)
"""What the room could try, up to where it votes."""
