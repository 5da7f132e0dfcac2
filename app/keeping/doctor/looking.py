"""All places, one after the other, each told as soon as it has been looked at."""

from collections.abc import Iterator
from pathlib import Path

from app.keeping.doctor import address, machine, stored
from app.keeping.doctor.findings import Finding
from app.settings import Settings


def look(settings: Settings, backups: Path | None) -> Iterator[Finding]:
    yield from machine.program()
    yield from machine.folder(settings)
    yield from machine.keys(settings)
    yield from stored.database(settings)
    yield from stored.bus(settings)
    yield from address.address(settings)
    yield from machine.backups(backups, settings.keys_file)
