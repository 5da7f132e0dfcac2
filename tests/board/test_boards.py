"""The boards that a room begins with, and who sees them."""

from app.board.rows import Board
from tests.board.pathway import FIRST, Pathway
from tests.rooms.rehearsal import ANNE, MAYA, TOM, Rehearsal


def test_the_lenses_are_the_columns_of_one_board() -> None:
    board = Pathway().lenses
    assert (board.title, board.audience) == ("5Vs", "all")
    assert [column.title for column in board.columns] == ["Value", "inVolve", "Visualisation", "eVidence", "Vision"]
    assert board.columns[0].question == "What do patients say matters, and how well do we deliver it?"


def test_a_microsystem_works_with_the_five_ps() -> None:
    (board,) = Rehearsal("improvement_ramp").replica.where(Board, step_key=None)
    assert board.title == "5Ps"
    assert [column.title for column in board.columns] == [
        "Purpose",
        "Patients",
        "Professionals",
        "Processes",
        "Patterns",
    ]


def test_each_step_with_columns_has_a_board_of_its_own() -> None:
    room = Pathway()
    method = room.registry.newest_method("flow_roadmap")
    with_columns = {step.key for stage in method.stages for step in stage.steps if step.columns}
    boards = {board.step_key: board for board in room.replica.where(Board) if board.step_key}
    assert set(boards) == with_columns
    assert [column.title for column in boards["fishbone"].columns][:2] == ["People", "Process"]


def test_the_coaches_agreement_is_the_coaches() -> None:
    room = Pathway()
    ours = room.board("coach_agreement")
    card = {"card_id": FIRST, "board_id": ours.id, "column": "we_will", "text": "Listen"}
    for member in (MAYA, TOM):
        assert room.refused(member, "board.add_card", **card) == ("not_found", {"kind": "board"})
    room.say(ANNE, "board.add_card", **card)
    assert room.card(FIRST).audience == "coaches"
    not_found = ("not_found", {"kind": "card"})
    assert room.refused(TOM, "board.edit_card", card_id=FIRST, text="Talk", base_rev=0) == not_found
    assert room.refused(TOM, "board.move_card", card_id=FIRST, after=None) == not_found
    assert room.refused(TOM, "board.set_card", card_id=FIRST, confidence="know") == not_found
    assert room.refused(TOM, "board.remove_card", card_id=FIRST) == not_found


def test_a_theme_of_the_coaches_board_is_the_coaches() -> None:
    room = Pathway()
    ours = room.board("coach_agreement")
    room.say(ANNE, "board.add_theme", theme_id=FIRST, board_id=ours.id, title="Between us")
    assert room.refused(TOM, "board.rename_theme", theme_id=FIRST, title="Mine") == ("not_found", {"kind": "theme"})
