"""What people do with cards and themes, and what a new room's boards look like."""

from app.board.rules.boards import on_room_made
from app.board.rules.captures import need_more_time, reveal, start_capture
from app.board.rules.cards import add_card, remove_card, restore_card, set_card
from app.board.rules.holding import release_card
from app.board.rules.moving import move_card
from app.board.rules.texts import edit_card, settle_text
from app.board.rules.themes import add_theme, choose_theme, rename_theme

__all__ = [
    "add_card",
    "add_theme",
    "choose_theme",
    "edit_card",
    "move_card",
    "need_more_time",
    "on_room_made",
    "release_card",
    "remove_card",
    "rename_theme",
    "restore_card",
    "reveal",
    "set_card",
    "settle_text",
    "start_capture",
]
