"""What can happen to process maps."""

from app.process_map.rules.copying import copy_map
from app.process_map.rules.edges import connect, remove_edge, restore_edge, set_edge
from app.process_map.rules.importing import import_steps
from app.process_map.rules.lanes import add_lane, move_lane, remove_lane, rename_lane, restore_lane
from app.process_map.rules.maps import add_map, agree_map, remove_map, restore_map, set_map, tidy_map
from app.process_map.rules.moving import move_into, move_steps, redirect
from app.process_map.rules.removing import remove_steps, restore_steps
from app.process_map.rules.shadowing import (
    add_shadowing,
    add_touchpoint,
    fill_waits,
    remove_shadowing,
    remove_touchpoint,
    restore_shadowing,
    restore_touchpoint,
    set_shadowing,
    set_touchpoint,
)
from app.process_map.rules.steps import add_step, edit_step, set_step, set_steps

__all__ = [
    "add_lane",
    "add_map",
    "add_shadowing",
    "add_step",
    "add_touchpoint",
    "agree_map",
    "connect",
    "copy_map",
    "edit_step",
    "fill_waits",
    "import_steps",
    "move_into",
    "move_lane",
    "move_steps",
    "redirect",
    "remove_edge",
    "remove_lane",
    "remove_map",
    "remove_shadowing",
    "remove_steps",
    "remove_touchpoint",
    "rename_lane",
    "restore_edge",
    "restore_lane",
    "restore_map",
    "restore_shadowing",
    "restore_steps",
    "restore_touchpoint",
    "set_edge",
    "set_map",
    "set_shadowing",
    "set_step",
    "set_steps",
    "set_touchpoint",
    "tidy_map",
]
