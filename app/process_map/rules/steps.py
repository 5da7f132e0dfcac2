"""A step is added, worded and described, or several are described at once."""

from app.board.rows import Card
from app.process_map.messages import (
    AddStep,
    EditStep,
    SetStep,
    SetSteps,
    StepAdded,
    StepEdited,
    StepSet,
    StepsSet,
)
from app.process_map.rows import Lane, MapEdge, MapStep, ProcessMap, hundredths
from app.process_map.rules.edges import arrow
from app.process_map.rules.lanes import into_lane
from app.process_map.rules.layout import INNER, PITCH, box, free_place, height_of, row_of
from app.process_map.rules.whole import (
    changeable,
    lanes_in_order,
    live,
    on,
    refuse_edges_beyond,
    refuse_steps_beyond,
    with_totals,
)
from app.rooms.kernel import Ask, Change, Refusal, Room, Row, said_in

SAID = (
    "kind", "lane_id", "note", "process", "wait", "complete", "volume",
    "staff", "value", "shadowed", "low", "high", "hot", "card_ids",
)  # fmt: skip
SAID_OF_SEVERAL = (
    "kind", "process", "wait", "complete", "volume", "value", "shadowed", "low", "high", "hot",
)  # fmt: skip
NEVER_NULL = ("kind", "lane_id", "hot")
COUNTED = {"kind", "process", "wait", "complete", "value"}
"""What the totals depend on."""


def add_step(room: Room, command: AddStep, ask: Ask) -> Change:
    map = changeable(room, command.map_id)
    refuse_steps_beyond(room, map.id, 1)
    after, into = _joined(room, map, command)
    before = room.find(MapStep, into.from_id) if into else after
    lane = _lane(room, map, command, before)
    x, y = _place(room, map, command, lane, before)
    step = ask.new(
        MapStep,
        id=room.free(MapStep, command.step_id),
        map_id=map.id,
        lane_id=lane.id,
        kind=command.kind,
        text=command.text,
        x=x,
        y=y,
        placed=(x, y, lane.id) == (command.x, command.y, command.lane_id),
        process=command.process,
        wait=command.wait,
        author_id=ask.who.member_id,
    )
    arrows = _arrows(room, map, command, step, after, into, ask)
    return Change(StepAdded(step_id=step.id), puts=with_totals(room, map, (step, *arrows)))


def edit_step(room: Room, command: EditStep, ask: Ask) -> Change:
    step = room.get(MapStep, command.step_id)
    changeable(room, step.map_id)
    if command.text == step.text:
        return Change(StepEdited(step_id=step.id, rev=step.rev))
    if command.base_rev > step.rev:
        raise Refusal("bad_command", field="base_rev", reason="too_new")
    if command.base_rev < step.rev:
        raise Refusal("words_changed", kind=MapStep.noun)
    # A step whose words were taken out still holds its place: new ones make it whole again.
    edited = step.but(text=command.text, rev=step.rev + 1, redacted_at=None)
    return Change(StepEdited(step_id=step.id, rev=edited.rev), puts=(edited,))


def set_step(room: Room, command: SetStep, ask: Ask) -> Change:
    step = room.get(MapStep, command.step_id)
    map = changeable(room, step.map_id)
    changes = command.said(*SAID, never_null=NEVER_NULL)
    lane_id = changes.pop("lane_id", step.lane_id)
    if lane_id != step.lane_id:
        (step_there,) = into_lane(room, on(room, map, Lane, lane_id), map.id, [step])
        changes |= {"lane_id": lane_id, "x": step_there.x, "y": step_there.y}
    if "card_ids" in changes:
        changes["card_ids"] = tuple(dict.fromkeys(changes["card_ids"] or ()))
        _refuse_hidden(room, changes["card_ids"], step)
    for name in ("note", "staff"):
        if name in changes:
            changes[name] = changes[name] or None
    said = step.but(**changes)
    _refuse_upside_down(said)
    fact = StepSet(step_id=step.id)
    if said == step:
        return Change(fact)
    return Change(fact, puts=with_totals(room, map, (said,)) if COUNTED & changes.keys() else (said,))


def set_steps(room: Room, command: SetSteps, ask: Ask) -> Change:
    map = changeable(room, command.map_id)
    said: dict[str, MapStep] = {}
    for of in command.steps:
        step = said.get(of.step_id) or on(room, map, MapStep, of.step_id, removed=True)
        never_null = [name for name in NEVER_NULL if name in of.model_fields_set]
        changes = said_in(of, *SAID_OF_SEVERAL, never_null=never_null)
        if step.removed_at is None:
            said[step.id] = step.but(**changes)
            _refuse_upside_down(said[step.id])
    puts = [step for step in said.values() if step != room.find(MapStep, step.id)]
    fact = StepsSet(map_id=map.id, count=len(puts))
    return Change(fact, puts=with_totals(room, map, puts)) if puts else Change(fact)


def _joined(room: Room, map: ProcessMap, command: AddStep) -> tuple[MapStep | None, MapEdge | None]:
    """The step that this one comes after, or the arrow that it comes into."""
    if command.after is not None and command.into is not None:
        raise Refusal("bad_command", field="into", reason="after_or_into")
    after = None if command.after is None else on(room, map, MapStep, command.after, removed=True)
    into = None if command.into is None else on(room, map, MapEdge, command.into, removed=True)
    if into is not None and into.removed_at is not None:
        after, into = _left_of(room, map, on(room, map, MapStep, into.gone_with or into.from_id, removed=True))
    elif after is not None and after.removed_at is not None:
        after, into = _left_of(room, map, after)
    if after is not None or into is not None:
        refuse_edges_beyond(room, map.id, 1)
    return after, into


def _left_of(room: Room, map: ProcessMap, step: MapStep) -> tuple[MapStep | None, MapEdge | None]:
    """What is left of a way that somebody has cut while others wrote, perhaps without a line: their words are kept.

    The arrow that leads past there; else the step before, where the way now ends; else nothing.
    """
    edges = room.where(MapEdge, map_id=map.id)
    past = next((edge for edge in edges if edge.removed_at is None and step.id in edge.heals), None)
    if past is not None:
        return None, past
    led = {edge.from_id for edge in edges if edge.removed_at is not None and edge.gone_with and edge.to_id == step.id}
    leading = {edge.from_id for edge in edges if edge.removed_at is None}
    ends = [one for one in live(room, map.id, MapStep) if one.id in led | {step.id} and one.id not in leading]
    return (ends[0] if len(ends) == 1 else None), None


def _lane(room: Room, map: ProcessMap, command: AddStep, before: MapStep | None) -> Lane:
    """The one that was chosen; where it was taken away meanwhile, that of the step before, else the uppermost."""
    lane = on(room, map, Lane, command.lane_id, removed=True)
    if lane.removed_at is None:
        return lane
    lanes = lanes_in_order(room, map.id)
    return next((one for one in lanes if before is not None and one.id == before.lane_id), lanes[0])


def _arrows(
    room: Room,
    map: ProcessMap,
    command: AddStep,
    step: MapStep,
    after: MapStep | None,
    into: MapEdge | None,
    ask: Ask,
) -> tuple[Row, ...]:
    """An arrow that is split goes on leading out of where it did, with what is said on it."""
    edge_id = room.free(MapEdge, command.edge_id or ask.id(0))
    if into is not None:
        onward = arrow(map, edge_id, step.id, into.to_id, ask)
        return (into.but(to_id=step.id, heals=()), onward)
    return () if after is None else (arrow(map, edge_id, after.id, step.id, ask),)


def _place(room: Room, map: ProcessMap, command: AddStep, lane: Lane, near: MapStep | None) -> tuple[int, int]:
    """Where it was put; else right of what comes before it, else right of all that is in the lane."""
    if command.x is not None and command.y is not None and lane.id == command.lane_id:
        return command.x, command.y
    there = [step for step in live(room, map.id, MapStep) if step.lane_id == lane.id]
    taken = [box(step) for step in there]
    tall = height_of(command.kind)
    if near is None:
        return free_place(taken, max((step.x + PITCH for step in there), default=INNER), height=tall)
    row = row_of(near) if near.lane_id == lane.id else INNER
    return free_place(taken, near.x + PITCH, row, tall)


def _refuse_hidden(room: Room, card_ids: tuple[str, ...], step: MapStep) -> None:
    """A map must not tell of a card that only some may see; what is linked already may have been taken away."""
    for id in card_ids:
        card = room.get(Card, id, removed=id in step.card_ids)
        if card.hidden or card.held or card.audience != "all":
            raise Refusal("card_not_shown")


def _refuse_upside_down(step: MapStep) -> None:
    low, high = hundredths(step.low), hundredths(step.high)
    if low is not None and high is not None and low > high:
        raise Refusal("range_upside_down")
