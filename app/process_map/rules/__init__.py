"""What can happen to process maps."""

from app.process_map.rules.copying import copy_map
from app.process_map.rules.edges import connect, remove_edge, restore_edge, set_edge
from app.process_map.rules.lanes import add_lane, move_lane, remove_lane, rename_lane, restore_lane
from app.process_map.rules.maps import add_map, agree_map, remove_map, restore_map, set_map, tidy_map
from app.process_map.rules.removing import remove_steps, restore_steps
from app.process_map.rules.steps import add_step, edit_step, move_steps, set_step

__all__ = [
    "add_lane",
    "add_map",
    "add_step",
    "agree_map",
    "connect",
    "copy_map",
    "edit_step",
    "move_lane",
    "move_steps",
    "remove_edge",
    "remove_lane",
    "remove_map",
    "remove_steps",
    "rename_lane",
    "restore_edge",
    "restore_lane",
    "restore_map",
    "restore_steps",
    "set_edge",
    "set_map",
    "set_step",
    "tidy_map",
]
