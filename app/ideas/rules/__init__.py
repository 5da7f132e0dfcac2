"""What people do with change ideas."""

from app.ideas.rules.benchmarks import add_benchmark, remove_benchmark, restore_benchmark
from app.ideas.rules.captures import need_more_time, reveal, set_until, start_capture
from app.ideas.rules.ideas import (
    add_idea,
    edit_idea,
    move_idea,
    release_idea,
    remove_idea,
    restore_idea,
    set_idea,
)
from app.ideas.rules.letters import set_letters
from app.ideas.rules.merging import answer_merge, ask_merge, undo_merge
from app.ideas.rules.states import clarify_idea, set_state

__all__ = [
    "add_benchmark",
    "add_idea",
    "answer_merge",
    "ask_merge",
    "clarify_idea",
    "edit_idea",
    "move_idea",
    "need_more_time",
    "release_idea",
    "remove_benchmark",
    "remove_idea",
    "restore_benchmark",
    "restore_idea",
    "reveal",
    "set_idea",
    "set_letters",
    "set_state",
    "set_until",
    "start_capture",
    "undo_merge",
]
