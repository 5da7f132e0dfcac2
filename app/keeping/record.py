"""A room to print or to file: one page of HTML that needs nothing else, in the words of the catalogue."""

from html import escape

from app.rooms.kernel import Section
from app.rooms.room import Replica
from app.rooms.rows import RoomInfo
from app.tools import registry
from app.words import catalogue

STYLE = """
html { color-scheme: only light; background: #fff }
body { font: 11pt/1.45 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1c1a17 }
h1 { font-size: 1.6rem } h2 { margin-top: 2rem; border-bottom: 1px solid #999; break-after: avoid }
h3 { margin-bottom: .2rem; break-after: avoid } li { break-inside: avoid; overflow-wrap: anywhere }
"""


def record(room: Replica) -> str:
    """Everything in `room` that a tool has something to say of."""
    info = room.find(RoomInfo, room.id)
    name = escape(info.name if info else "")
    sections = (section for tool in registry().tools if tool.in_record for section in tool.in_record(room))
    body = "".join(_html(section) for section in sections)
    lang = escape(info.language if info else "en-GB")
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{name}</title><style>{STYLE}</style>'
        f'</head><body><h1 dir="auto">{name}</h1>{body}</body></html>'
    )


def _html(section: Section) -> str:
    lines = "".join(f'<li dir="auto">{escape(line)}</li>' for line in section.lines)
    title = catalogue().get(section.title, section.title)
    return f'<h{section.level} dir="auto">{escape(title)}</h{section.level}>' + (f"<ul>{lines}</ul>" if lines else "")
