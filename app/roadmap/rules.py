"""How steps are set, and how an aim is written, proposed and agreed."""

from app.roadmap.messages import (
    AgreeAim,
    AimAgreed,
    AimProposed,
    AimSet,
    ProposeAim,
    SetAim,
    SetStep,
    StepSet,
)
from app.roadmap.rows import Aim, AimKind, GlobalSlots, Slots, SpecificSlots, Step
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.method import Method
from app.rooms.values import id_from

FORMS: dict[AimKind, type[GlobalSlots] | type[SpecificSlots]] = {
    "global": GlobalSlots,
    "specific": SpecificSlots,
}


def on_room_made(method: Method, ask: Ask) -> tuple[Row, ...]:
    """Every step of the method, not started."""
    return tuple(
        ask.new(
            Step,
            id=id_from(ask.command_id, "step", stage.key, step.key),
            owner_id=None,
            stage=stage.key,
            key=step.key,
        )
        for stage in method.stages
        for step in stage.steps
    )


def set_step(room: Room, command: SetStep, ask: Ask) -> Change:
    step = room.get(Step, command.step_id)
    said = command.said("state", "note")
    if said.get("note") == "":
        said["note"] = None
    fact = StepSet(step_id=step.id, state=command.state)
    if not step.but(**said).unless(step):
        return Change(fact)
    # A new note stands where another one was taken out.
    redacted_at = None if said.get("note") else step.redacted_at
    changed = step.but(**said, redacted_at=redacted_at, changed_at=ask.at, changed_by=ask.who.member_id)
    return Change(fact, puts=(changed,))


def set_aim(room: Room, command: SetAim, ask: Ask) -> Change:
    slots = _in_form(command)
    fact = AimSet(aim_id=command.aim_id, kind=command.kind)
    if room.find(Aim, command.aim_id) is None:
        return Change(fact, puts=(ask.new(Aim, id=command.aim_id, kind=command.kind, slots=slots),))
    aim = room.get(Aim, command.aim_id)
    if aim.kind != command.kind:
        raise Refusal("bad_command", field="kind", reason="fixed")
    if aim.slots == slots:
        return Change(fact)
    # What was proposed or agreed was another sentence.
    draft = aim.but(slots=slots, state="draft", agreed_at=None, redacted_at=None)
    return Change(fact, puts=(draft,))


def propose_aim(room: Room, command: ProposeAim, ask: Ask) -> Change:
    aim = room.get(Aim, command.aim_id)
    fact = AimProposed(aim_id=aim.id)
    if aim.state == "agreed":
        return Change(fact)
    _refuse_unless_whole(aim)
    return Change(fact, puts=aim.but(state="proposed").unless(aim))


def agree_aim(room: Room, command: AgreeAim, ask: Ask) -> Change:
    """One aim of a kind is agreed at a time: the one before it becomes a draft and is kept."""
    aim = room.get(Aim, command.aim_id)
    fact = AimAgreed(aim_id=aim.id)
    if aim.state == "agreed":
        return Change(fact)
    _refuse_unless_whole(aim)
    earlier = (
        other.but(state="draft", agreed_at=None) for other in room.where(Aim, kind=aim.kind) if other.state == "agreed"
    )
    return Change(fact, puts=(aim.but(state="agreed", agreed_at=ask.at), *earlier))


def _in_form(command: SetAim) -> Slots:
    """The slots of the command's kind of aim; an empty object says neither kind and fits both."""
    form = FORMS[command.kind]
    if isinstance(command.slots, form):
        return command.slots
    if command.slots.model_fields_set:
        raise Refusal("bad_command", field="slots", reason="wrong_slots")
    return form()


def _refuse_unless_whole(aim: Aim) -> None:
    slots = aim.slots or FORMS[aim.kind]()
    empty = [name for name, said in slots if not said]
    if empty:
        raise Refusal("aim_not_filled", slots=empty)
    if isinstance(slots, GlobalSlots) and slots.start.casefold() == slots.end.casefold():
        raise Refusal("aim_ends_where_it_starts")
