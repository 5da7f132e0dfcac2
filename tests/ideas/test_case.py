"""The sepsis room's 23 ideas become 14, with the letters A to N, by the same lines that the demo plays."""

from app.demo.case import SEPSIS, Cast, case
from app.demo.ideas import IDEAS, IN_TEST, being_tested, in_silence, lettered, together
from app.ideas.rows import Idea, Merge
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, Rehearsal


def played(*parts: object) -> tuple[Rehearsal, Cast]:
    room, told = Rehearsal(), case(SEPSIS)
    members = {person["key"]: id_from(person["key"]) for person in told["people"]} | {"anne": ANNE}
    for person in told["people"][1:]:
        who = {"name": person["name"], "voice": person["voice"]}
        if person.get("without_device"):
            room.say(ANNE, "rooms.add_person", member_id=members[person["key"]], **who)
        else:
            room.joins(members[person["key"]], person["part"], **who)
    cast = Cast(told, "", {}, members)
    room.holds("recorder", members[cast.recorder])
    for part in parts:
        for by, command in part(cast):  # type: ignore[operator]
            fields = dict(command)
            room.say(members[by], fields.pop("type"), **fields)
    return room, cast


def letters(room: Rehearsal) -> dict[str, str | None]:
    return {idea.letter: idea.text for idea in room.replica.where(Idea) if idea.letter}


def test_23_ideas_become_14_once_their_authors_agree() -> None:
    room, cast = played(*IDEAS)
    raw = cast.case["raw_ideas_count"]
    assert len(room.replica.where(Idea)) == raw + 1
    assert letters(room) == {letter: text for letter, text, _who in cast.case["ideas"]}
    assert {merge.state for merge in room.replica.where(Merge)} == {"merged"}
    sticker = room.row(Idea, cast.ideas[IN_TEST])
    assert (sticker.state, sticker.letter) == ("testing", None)
    card = room.row(Idea, cast.ideas["F"])
    assert card.credited == tuple(cast.members[key] for key in ("joe", "helen"))
    spoken_for = {id for merge in room.replica.where(Merge) for id in merge.spoken_for}
    assert spoken_for == {cast.members["joe"]}


def test_written_in_silence_they_end_in_the_same_place() -> None:
    room, cast = played(being_tested, in_silence, together, lettered)
    assert letters(room) == {letter: text for letter, text, _who in cast.case["ideas"]}
