"""The board as a tool: what it keeps, what it allows, and to whom."""

from app.board import messages, rules
from app.board.record import boards
from app.board.rows import BoardCaptureTable, BoardTable, CardTable, CardTextTable, ThemeTable
from app.rooms.kernel import Tool

TOOL = Tool(
    "board",
    tables=(BoardTable, BoardCaptureTable, CardTable, CardTextTable, ThemeTable),
    facts=(
        messages.CardAdded,
        messages.CardEdited,
        messages.StaleTextKept,
        messages.TextSettled,
        messages.CardSet,
        messages.CardMoved,
        messages.CardRemoved,
        messages.CardRestored,
        messages.CardReleased,
        messages.CaptureStarted,
        messages.MoreTimeNeeded,
        messages.CaptureRevealed,
        messages.ThemeAdded,
        messages.ThemeRenamed,
        messages.ThemeChosen,
    ),
    grants={
        "coach": (
            "board.contribute",
            "board.record",
            "board.steer",
            "board.capture",
            "board.coaches",
            "board.release",
        ),
        "member": ("board.contribute",),
        "sponsor": ("board.contribute",),
        "recorder": ("board.record",),
        "facilitator": ("board.capture",),
    },
    refusals=("capture_open", "capture_over"),
    on_room_made=rules.on_room_made,
    in_record=boards,
)

TOOL.rule(messages.AddCard, needs="board.contribute")(rules.add_card)
TOOL.rule(messages.EditCard, needs="board.contribute")(rules.edit_card)
TOOL.rule(messages.SettleText, needs="board.contribute")(rules.settle_text)
TOOL.rule(messages.SetCard, needs="board.contribute")(rules.set_card)
TOOL.rule(messages.MoveCard, needs="board.contribute")(rules.move_card)
TOOL.rule(messages.RemoveCard, needs="board.contribute")(rules.remove_card)
TOOL.rule(messages.RestoreCard, needs="board.contribute")(rules.restore_card)
TOOL.rule(messages.ReleaseCard, needs="board.release")(rules.release_card)
TOOL.rule(messages.StartCapture, needs="board.capture")(rules.start_capture)
TOOL.rule(messages.NeedMoreTime, needs="board.contribute")(rules.need_more_time)
TOOL.rule(messages.Reveal, needs="board.capture")(rules.reveal)
TOOL.rule(messages.AddTheme, needs="board.contribute")(rules.add_theme)
TOOL.rule(messages.RenameTheme, needs="board.contribute")(rules.rename_theme)
TOOL.rule(messages.ChooseTheme, needs="board.steer")(rules.choose_theme)
