"""The process map as a tool: what it keeps, what it allows, and to whom."""

from app.process_map import messages, rules
from app.process_map.record import maps
from app.process_map.routes import router
from app.process_map.rows import (
    LaneTable,
    MapChangeTable,
    MapEdgeTable,
    MapPathTable,
    MapStepTable,
    MapTotalsTable,
    ProcessMapTable,
    ShadowingTable,
    TouchpointTable,
)
from app.process_map.rules.maps import STEER
from app.rooms.kernel import Tool

CONTRIBUTE = "process_map.contribute"

TOOL = Tool(
    "process_map",
    after=("roadmap", "meetings", "board", "ideas"),
    tables=(
        ProcessMapTable,
        LaneTable,
        MapStepTable,
        MapEdgeTable,
        MapTotalsTable,
        MapPathTable,
        MapChangeTable,
        ShadowingTable,
        TouchpointTable,
    ),
    facts=(
        messages.MapAdded,
        messages.MapCopied,
        messages.MapSet,
        messages.MapAgreed,
        messages.MapTidied,
        messages.MapRemoved,
        messages.MapRestored,
        messages.LaneAdded,
        messages.LaneRenamed,
        messages.LaneMoved,
        messages.LaneRemoved,
        messages.LaneRestored,
        messages.StepAdded,
        messages.StepEdited,
        messages.StepSet,
        messages.StepsSet,
        messages.StepsImported,
        messages.StepsMoved,
        messages.MovedInto,
        messages.Redirected,
        messages.StepsRemoved,
        messages.StepsRestored,
        messages.ShadowingAdded,
        messages.ShadowingRemoved,
        messages.ShadowingRestored,
        messages.ShadowingSet,
        messages.TouchpointAdded,
        messages.TouchpointRemoved,
        messages.TouchpointRestored,
        messages.TouchpointSet,
        messages.WaitsFilled,
        messages.Connected,
        messages.EdgeSet,
        messages.EdgeRemoved,
        messages.EdgeRestored,
    ),
    grants={
        "coach": (CONTRIBUTE, STEER),
        "member": (CONTRIBUTE,),
        "sponsor": (CONTRIBUTE,),
        "recorder": (STEER,),
    },
    in_record=maps,
    router=router,
    refusals=(
        "already_connected",
        "card_not_shown",
        "consent_first",
        "ideal_stays_open",
        "lane_has_steps",
        "last_lane",
        "map_agreed",
        "map_full",
        "range_upside_down",
        "step_branches",
        "to_itself",
    ),
)

TOOL.rule(messages.AddMap, needs=CONTRIBUTE)(rules.add_map)
TOOL.rule(messages.CopyMap, needs=CONTRIBUTE)(rules.copy_map)
TOOL.rule(messages.SetMap, needs=CONTRIBUTE)(rules.set_map)
TOOL.rule(messages.TidyMap, needs=CONTRIBUTE)(rules.tidy_map)
TOOL.rule(messages.AgreeMap, needs=STEER)(rules.agree_map)
TOOL.rule(messages.RemoveMap, needs=CONTRIBUTE)(rules.remove_map)
TOOL.rule(messages.RestoreMap, needs=CONTRIBUTE)(rules.restore_map)

# Who does it, or where
TOOL.rule(messages.AddLane, needs=CONTRIBUTE)(rules.add_lane)
TOOL.rule(messages.RenameLane, needs=CONTRIBUTE)(rules.rename_lane)
TOOL.rule(messages.MoveLane, needs=CONTRIBUTE)(rules.move_lane)
TOOL.rule(messages.RemoveLane, needs=CONTRIBUTE)(rules.remove_lane)
TOOL.rule(messages.RestoreLane, needs=CONTRIBUTE)(rules.restore_lane)

# What happens
TOOL.rule(messages.AddStep, needs=CONTRIBUTE)(rules.add_step)
TOOL.rule(messages.EditStep, needs=CONTRIBUTE)(rules.edit_step)
TOOL.rule(messages.SetStep, needs=CONTRIBUTE)(rules.set_step)
TOOL.rule(messages.SetSteps, needs=CONTRIBUTE)(rules.set_steps)
TOOL.rule(messages.ImportSteps, needs=CONTRIBUTE)(rules.import_steps)
TOOL.rule(messages.MoveSteps, needs=CONTRIBUTE)(rules.move_steps)
TOOL.rule(messages.MoveInto, needs=CONTRIBUTE)(rules.move_into)
TOOL.rule(messages.Redirect, needs=CONTRIBUTE)(rules.redirect)
TOOL.rule(messages.RemoveSteps, needs=CONTRIBUTE)(rules.remove_steps)
TOOL.rule(messages.RestoreSteps, needs=CONTRIBUTE)(rules.restore_steps)

# And what then
TOOL.rule(messages.Connect, needs=CONTRIBUTE)(rules.connect)
TOOL.rule(messages.SetEdge, needs=CONTRIBUTE)(rules.set_edge)
TOOL.rule(messages.RemoveEdge, needs=CONTRIBUTE)(rules.remove_edge)
TOOL.rule(messages.RestoreEdge, needs=CONTRIBUTE)(rules.restore_edge)

# Who went along, and what they saw
TOOL.rule(messages.AddShadowing, needs=CONTRIBUTE)(rules.add_shadowing)
TOOL.rule(messages.SetShadowing, needs=CONTRIBUTE)(rules.set_shadowing)
TOOL.rule(messages.RemoveShadowing, needs=CONTRIBUTE)(rules.remove_shadowing)
TOOL.rule(messages.RestoreShadowing, needs=CONTRIBUTE)(rules.restore_shadowing)
TOOL.rule(messages.AddTouchpoint, needs=CONTRIBUTE)(rules.add_touchpoint)
TOOL.rule(messages.SetTouchpoint, needs=CONTRIBUTE)(rules.set_touchpoint)
TOOL.rule(messages.RemoveTouchpoint, needs=CONTRIBUTE)(rules.remove_touchpoint)
TOOL.rule(messages.RestoreTouchpoint, needs=CONTRIBUTE)(rules.restore_touchpoint)
TOOL.rule(messages.FillWaits, needs=CONTRIBUTE)(rules.fill_waits)
