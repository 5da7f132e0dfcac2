"""The boards that a room begins with."""

from collections.abc import Iterator

from app.board.rows import Audience, Board
from app.rooms.kernel import Ask, Refusal, Row
from app.rooms.method import Column, Method, MethodStep
from app.rooms.values import Key, id_from


def on_room_made(method: Method, ask: Ask) -> tuple[Row, ...]:
    """The lens board, and one board for each step that has columns of its own."""
    lenses = tuple(Column(key=lens.key, title=lens.title, question=lens.question) for lens in method.lenses)
    lens_board = ask.new(
        Board,
        id=id_from(ask.command_id, "board"),
        owner_id=None,
        title=method.board_title,
        columns=lenses,
    )
    return (lens_board, *_step_boards(method, ask))


def _step_boards(method: Method, ask: Ask) -> Iterator[Board]:
    for stage in method.stages:
        for step in stage.steps:
            if step.columns:
                yield ask.new(
                    Board,
                    id=id_from(ask.command_id, "board", stage.key, step.key),
                    owner_id=None,
                    title=step.title,
                    step_key=step.key,
                    audience=_audience(step),
                    columns=step.columns,
                )


def _audience(step: MethodStep) -> Audience:
    return "coaches" if step.audience == "coaches" else "all"


def column_of(board: Board, key: Key) -> Key:
    """The key itself when the board has that column; else refused `not_found`."""
    if key not in {column.key for column in board.columns}:
        raise Refusal("not_found", kind="column")
    return key
