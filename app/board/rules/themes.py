"""Themes: cards that belong together get a name, and one is chosen to start with."""

from app.board.messages import AddTheme, ChooseTheme, RenameTheme, ThemeAdded, ThemeChosen, ThemeRenamed
from app.board.rows import Board, Theme, chosen
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between


def add_theme(room: Room, command: AddTheme, ask: Ask) -> Change:
    board = room.get(Board, command.board_id)
    theme = ask.new(
        Theme,
        id=room.free(Theme, command.theme_id),
        board_id=board.id,
        audience=board.audience,
        title=command.title,
        rank=between(max((theme.rank for theme in room.where(Theme, board_id=board.id)), default=None), None),
    )
    return Change(ThemeAdded(theme_id=theme.id), puts=(theme,))


def rename_theme(room: Room, command: RenameTheme, ask: Ask) -> Change:
    theme = room.get(Theme, command.theme_id)
    # A theme whose words were taken out still holds its cards: a new name makes it whole again.
    renamed = theme.but(title=command.title, redacted_at=None)
    return Change(ThemeRenamed(theme_id=theme.id), puts=renamed.unless(theme))


def choose_theme(room: Room, command: ChooseTheme, ask: Ask) -> Change:
    theme = room.get(Theme, command.theme_id)
    if theme.redacted_at is not None:
        raise Refusal("removed", kind=Theme.noun)
    changed = chosen(theme, room.where(Theme, board_id=theme.board_id), command.reason, ask.at)
    return Change(ThemeChosen(theme_id=theme.id), puts=tuple(changed))
