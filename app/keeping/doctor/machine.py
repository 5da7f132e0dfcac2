"""This machine: program, folder and disk, master key, backups."""

import os
import platform
import shutil
import sqlite3
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from app import __version__
from app.keeping.backup_file import BackupUnusable, Reading
from app.keeping.doctor.findings import Finding, skipped, well, wrong
from app.people.keys import Keys, KeysUnreadable
from app.settings import Settings

LEAST_FREE = 500_000_000
"""Bytes. A room takes a few megabytes; a full disk stops all of them."""
OLDEST_BACKUP = 26 * 3600
"""Seconds: one a night, and time to write it."""
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
ON_A_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "lustre", "fuse.sshfs", "fuse.gluster")
MOUNTS = Path("/proc/self/mountinfo")


def program() -> Iterator[Finding]:
    told = f"Bigroom {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield well("Program", told)


def folder(settings: Settings) -> Iterator[Finding]:
    data = settings.data.absolute()
    if not data.is_dir():
        yield wrong("Data folder", f"{data} is not there.", "See to BIGROOM_DATA, or start the server: it makes one.")
        return
    if not os.access(data, os.W_OK | os.X_OK):
        yield wrong("Data folder", f"{data} cannot be written by this user.", f"chown it to the server's user: {data}")
        return
    if _others_may(data):
        yield wrong("Data folder", f"{data} is open to other users of this machine.", f"chmod 700 {data}")
    else:
        yield well("Data folder", f"{data}, for its owner only")
    yield _space("Disk", data)


def keys(settings: Settings) -> Iterator[Finding]:
    file = settings.keys_file
    if not file.exists():
        again = "After a restore put yours back. Otherwise the first start makes one."
        yield wrong("Master key", f"{file} is not there.", again)
        return
    try:
        Keys.from_file(file)
    except KeysUnreadable as trouble:
        yield wrong("Master key", str(trouble), "Put the right file back; do not make a new one.")
        return
    if _others_may(file):
        yield wrong("Master key", f"{file} can be read by other users of this machine.", f"chmod 600 {file}")
    else:
        yield well("Master key", f"{file}, for its owner only")


def backups(kept: Path | None, keys_file: Path) -> Iterator[Finding]:
    """The newest file of the folder counts. One that was encrypted cannot be opened here: only its age is told."""
    if kept is None:
        yield skipped("Backups", "not looked at: name their folder with --backups")
        return
    files = sorted(kept.glob("*.backup*"), key=lambda file: file.stat().st_mtime) if kept.is_dir() else []
    if not files:
        yield wrong("Backups", f"There is no backup in {kept}.", f"bigroom backup {kept}/tonight.backup, every night")
        return
    newest = files[-1]
    hours = (time.time() - newest.stat().st_mtime) / 3600
    if hours * 3600 > OLDEST_BACKUP:
        yield wrong("Backups", f"{newest} is {hours:.0f} hours old.", "See what should have made one since.")
    elif trouble := _trouble_in(newest):
        yield wrong("Backups", trouble, "Make a new one now, and see whether its disk is sound.")
    elif _others_may(newest):
        yield wrong("Backups", f"{newest} can be read by other users of this machine.", f"chmod 600 {newest}")
    else:
        yield well("Backups", f"{newest} is {hours:.0f} hours old")
    if keys_file.exists() and keys_file.resolve().is_relative_to(kept.resolve()):
        yield wrong(
            "Backups", "The master key lies beside the backups.", "Keep them in two places: together they open."
        )
    yield _space("Their disk", kept)


def network_disk(path: Path, mounts: str | None = None) -> str | None:
    """The kind of network disk on which this path lies; None on one of this machine, or where we cannot see."""
    if mounts is None:
        mounts = MOUNTS.read_text() if MOUNTS.exists() else ""
    deepest, kind = "", ""
    for line in mounts.splitlines():
        where, _, what = line.partition(" - ")
        point = where.split(" ")[4].replace("\\040", " ")
        # The last one counts where several are mounted at one point.
        if path.absolute().is_relative_to(point) and len(point) >= len(deepest):
            deepest, kind = point, what.split(" ")[0]
    return kind if kind.startswith(ON_A_NETWORK) else None


def _space(place: str, at: Path) -> Finding:
    free = shutil.disk_usage(at).free
    told = f"{free / 1e9:.1f} GB free for {at}"
    if free < LEAST_FREE:
        return wrong(place, f"Only {told}.", "Make room: when it is full, people are told that their words wait.")
    return well(place, told)


def _trouble_in(backup: Path) -> str | None:
    if backup.suffix != ".backup":
        return None
    try:
        Reading(backup).check()
    except BackupUnusable as trouble:
        return str(trouble)
    return None


def _others_may(path: Path) -> bool:
    return bool(path.stat().st_mode & FOR_OTHERS)
