"""All that people see at the end: on every screen, at every socket, and in SQL the same."""

from playwright.async_api import Locator, expect

from app.board.rows import Board, Card, Theme
from app.roadmap.rows import Aim, Step
from app.rooms.room import Replica
from app.rooms.rows import Member
from tests.e2e.aims import sentence
from tests.e2e.hour import Hour
from tests.e2e.screen import Screen
from tests.e2e.words import begins_like, t
from tests.faults.agreement import differences, read, seen_by

LAST = "That was our hour"
"""Deltas come in order: whoever sees this card has got everything before it."""


async def all_agree(hour: Hour, database_url: str) -> None:
    for screen in hour.screens.values():
        await screen.go("board")
        await expect(screen.board.handle(LAST)).to_be_visible()
        await screen.all_saved()
    seq = hour.play.snapshot()["seq"]
    room, log = read(database_url, hour.play.room_id)
    assert [entry.seq for entry in log] == list(range(1, seq + 1))
    for key, client in hour.sockets.items():
        await client.reaches(seq)
        assert differences(client.visible(), seen_by(room, hour.play.members[key])) == [], key
    for screen in hour.screens.values():
        await _board_is(screen, room)
        await _themes_are(screen, room)
        await _roadmap_is(screen, hour, room)


async def _board_is(screen: Screen, room: Replica) -> None:
    for column in _lens_board(room).columns:
        cards = [card for card in _on_the_wall(room) if card.column == column.key]
        await _shows(screen, screen.board.column(column.title), cards, room)


async def _themes_are(screen: Screen, room: Replica) -> None:
    await screen.go("themes")
    for theme in room.where(Theme):
        cards = [card for card in _on_the_wall(room) if card.theme_id == theme.id]
        await expect(screen.themes.theme(str(theme.title))).to_be_visible()
        await _shows(screen, screen.themes.theme(str(theme.title)), cards, room)
        if theme.chosen_at:
            await expect(screen.themes.theme(str(theme.title))).to_contain_text(str(theme.reason))


async def _roadmap_is(screen: Screen, hour: Hour, room: Replica) -> None:
    await screen.go("roadmap")
    agreed = next(aim for aim in room.where(Aim) if aim.state == "agreed")
    assert agreed.slots is not None
    words = sentence("global", agreed.slots.model_dump(exclude_none=True))
    await expect(screen.aims.band).to_contain_text(words)
    for stage in hour.method.stages:
        states = {step.state for step in room.where(Step) if step.stage == stage.key}
        state = states.pop() if len(states) == 1 else "doing"
        stop = screen.main.get_by_role("link").filter(has=screen.page.get_by_role("heading", name=stage.title))
        await expect(stop).to_contain_text(t(f"roadmap.state.{state}"))


async def _shows(screen: Screen, region: Locator, cards: list[Card], room: Replica) -> None:
    """These cards in this order, each with its words and whose they are."""
    handle = screen.page.get_by_role("button", name=begins_like("board.open_card"))
    shown = await region.get_by_role("listitem").filter(has=handle).all_inner_texts()
    assert len(shown) == len(cards), (screen.person.name, shown)
    for text, card in zip(shown, cards, strict=True):
        assert (card.text or t("board.taken_out")) in text, (screen.person.name, text, card)
        speaker = room.find(Member, str(card.proxy_for or card.author_id))
        if card.text and speaker:
            assert speaker.name in text, (screen.person.name, text)


def _on_the_wall(room: Replica) -> list[Card]:
    """In their order."""
    cards = [card for card in room.where(Card, board_id=_lens_board(room).id) if card.removed_at is None]
    return sorted(cards, key=lambda card: (card.rank, card.id))


def _lens_board(room: Replica) -> Board:
    return next(board for board in room.where(Board) if board.step_key is None)
