"""Agendas to begin with, as versioned data: one file a version and language, never changed once it is released."""

from pathlib import Path

from app.meetings.rows import Lead, MeetingStep
from app.rooms.values import Value

FOLDER = Path(__file__).parent.parent / "templates"


class TemplateItem(Value):
    title: str
    minutes: int
    meeting_step: MeetingStep
    lead: Lead
    tool: str
    opens: str | None = None
    is_story: bool = False


class Template(Value):
    key: str
    title: str
    minutes: int
    stages: tuple[str, ...]
    """The stages of a roadmap that it is made for."""
    items: tuple[TemplateItem, ...]


class Templates(Value):
    version: int
    language: str
    agendas: tuple[Template, ...]


NEWEST = Templates.model_validate_json((FOLDER / "agendas.1.json").read_text(encoding="utf-8"))
TEMPLATES: dict[str, Template] = {template.key: template for template in NEWEST.agendas}
FIRST, EARLY, SHORT = (TEMPLATES[key] for key in ("first_meeting", "assess", "clinic_45"))


def made_for(stage: str) -> Template:
    """The agenda for a room that is in this stage."""
    return next((template for template in TEMPLATES.values() if stage in template.stages), EARLY)
