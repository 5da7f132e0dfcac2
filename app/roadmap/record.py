"""What a room's printed record tells of its aims and of how far it has come."""

from collections.abc import Iterable

from app.roadmap.methods import METHODS
from app.roadmap.rows import Aim, Step
from app.rooms.kernel import Section, Standing
from app.rooms.rows import RoomInfo
from app.words import catalogue

OPEN = "…"


def roadmap(room: Standing) -> Iterable[Section]:
    words = catalogue()
    for aim in room.where(Aim):
        if aim.removed_at is None and aim.slots is not None:
            yield Section(f"roadmap.aim.{aim.kind}", (_sentence(aim), words[f"roadmap.aim_state.{aim.state}"]))
    (info,) = room.where(RoomInfo)
    method = next(of for of in METHODS if (of.key, of.version) == (info.method, info.method_version))
    yield Section(method.title)
    for stage in method.stages:
        steps = {step.key: step for step in room.where(Step, stage=stage.key)}
        lines = (f"{step.title}: {_state(steps[step.key])}" for step in stage.steps if step.key in steps)
        yield Section(stage.title, tuple(lines), level=3)


def _state(step: Step) -> str:
    state = catalogue()[f"roadmap.state.{step.state}"]
    return f"{state}. {step.note}" if step.note else state


def _sentence(aim: Aim) -> str:
    slots = {
        name: (", ".join(value) if isinstance(value, tuple) else value) or OPEN
        for name, value in (aim.slots.__dict__ if aim.slots else {}).items()
    }
    return catalogue()[f"roadmap.record_{aim.kind}"].format(**slots)
