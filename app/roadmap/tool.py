"""The roadmap as a tool: its methods, what it keeps, what it allows, and to whom."""

from app.roadmap import messages, rules
from app.roadmap.methods import METHODS
from app.roadmap.my_rooms import stages
from app.roadmap.record import roadmap
from app.roadmap.rows import AimTable, StepTable
from app.rooms.kernel import Tool

TOOL = Tool(
    "roadmap",
    tables=(StepTable, AimTable),
    facts=(messages.StepSet, messages.AimSet, messages.AimProposed, messages.AimAgreed),
    grants={
        "coach": ("roadmap.contribute", "roadmap.steps", "roadmap.steer"),
        "member": ("roadmap.contribute",),
        "sponsor": ("roadmap.contribute",),
        "leader": ("roadmap.steps",),
    },
    refusals=("aim_ends_where_it_starts", "aim_not_filled"),
    on_room_made=rules.on_room_made,
    in_my_rooms=stages,
    in_record=roadmap,
    methods=METHODS,
)

TOOL.rule(messages.SetStep, needs="roadmap.steps")(rules.set_step)
TOOL.rule(messages.SetAim, needs="roadmap.contribute")(rules.set_aim)
TOOL.rule(messages.ProposeAim, needs="roadmap.contribute")(rules.propose_aim)
TOOL.rule(messages.AgreeAim, needs="roadmap.steer")(rules.agree_aim)
