"""What a room already holds when a story begins: said over HTTP, which is quicker than pressing."""

from uuid import uuid4

from tests.support.company import Company, Somebody


def cards(room: Company, by: Somebody, column: str, *texts: str) -> list[str]:
    """Cards on the lens board, by the key of their column; gives their ids."""
    board_id = room.lens_board()["id"]
    ids = [str(uuid4()) for _ in texts]
    for id, text in zip(ids, texts, strict=True):
        adding = {"card_id": id, "board_id": board_id, "column": column, "text": text}
        room.do({"type": "board.add_card", **adding}, by)
    return ids


def theme(room: Company, by: Somebody, title: str) -> str:
    id = str(uuid4())
    room.do({"type": "board.add_theme", "theme_id": id, "board_id": room.lens_board()["id"], "title": title}, by)
    return id


def step_id(room: Company, key: str) -> str:
    """The room's own row of a step of the method."""
    steps = room.snapshot(room.coach)["rows"]["step"]
    return next(str(step["id"]) for step in steps if step["key"] == key)
