"""The built frontend, kept in memory: hashed assets for ever, the page itself anew each time."""

import contextlib
import gzip
import mimetypes
import os
import time
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOR_EVER = "public, max-age=31536000, immutable"
SMALLEST = 1024
SCRIPTS = (".js", ".css")
UNNAMED = b"__BUILD__"
"""Stands in the page for the build's name, which is made from the page."""
NOT_BUILT = "The pages of Bigroom are not built yet. `make run` builds them and serves.\n"


@dataclass(frozen=True, slots=True)
class File:
    """One file of the build, plain and compressed."""

    media_type: str
    plain: bytes
    zipped: bytes | None


class Frontend:
    """Answers every path that is not the API's: a file of the build, or the one page."""

    build = "none"
    """Which build this is; an open tab of another one offers a reload."""

    def __init__(self, folder: Path) -> None:
        found = {
            "/" + file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
        if page := found.get("/index.html"):
            self.build = sha256(page).hexdigest()[:12]
            found["/index.html"] = page.replace(UNNAMED, self.build.encode())
        self._files = {path: _file(path, plain) for path, plain in found.items()}

    def keep(self, folder: Path) -> None:
        """Serve the scripts of the build before this one, too, and leave ours there for the next.

        A tab that was opened yesterday fetches the rest of its screens today. Without room on the disk it goes
        without: then such a tab offers its reload, and that is all it can do.
        """
        if self.build == "none":
            return
        with contextlib.suppress(OSError, zipfile.BadZipFile):
            ours = folder / f"{self.build}.zip"
            _leave(ours, self._files)
            others = sorted((kept for kept in folder.glob("*.zip") if kept != ours), key=_left_at)
            for older in others[:-1]:
                older.unlink(missing_ok=True)
            for before in others[-1:]:
                self._files = _scripts_in(before) | self._files

    async def __call__(self, request: Request) -> Response:
        path = request.url.path
        file = self._files.get(path)
        if file is None and "." in path.rpartition("/")[2]:
            return PlainTextResponse("There is no such file.\n", 404)
        file = file or self._files.get("/index.html")
        if file is None:
            return PlainTextResponse(NOT_BUILT, 503)
        headers = {"Cache-Control": FOR_EVER if path.startswith("/assets/") else "no-cache", "Vary": "Accept-Encoding"}
        if file.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.zipped, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.media_type)
        return Response(file.plain, headers=headers, media_type=file.media_type)


def _leave(kept: Path, files: dict[str, File]) -> None:
    """Ours is the newest, whether it is new or was served before."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        unfinished = kept.with_suffix(f".{os.getpid()}")
        try:
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
                for path, file in files.items():
                    if path.startswith("/assets/") and path.endswith(SCRIPTS):
                        archive.writestr(path, file.plain)
            unfinished.replace(kept)
        finally:
            unfinished.unlink(missing_ok=True)
    now = time.time_ns()
    os.utime(kept, ns=(now, now))


def _left_at(kept: Path) -> int:
    return kept.stat().st_mtime_ns


def _scripts_in(kept: Path) -> dict[str, File]:
    with zipfile.ZipFile(kept) as archive:
        return {path: _file(path, archive.read(path)) for path in archive.namelist()}


def _file(path: str, plain: bytes) -> File:
    media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    squeezes = len(plain) >= SMALLEST and not path.endswith((".woff2", ".png"))
    return File(media_type, plain, gzip.compress(plain, 9, mtime=0) if squeezes else None)
