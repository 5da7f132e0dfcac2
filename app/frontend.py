"""The built frontend, kept in memory: hashed assets for ever, the page itself anew each time."""

import gzip
import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOR_EVER = "public, max-age=31536000, immutable"
SMALLEST = 1024
NOT_BUILT = "The pages of Bigroom are not built yet. `make run` builds them and serves.\n"


@dataclass(frozen=True, slots=True)
class File:
    """One file of the build, plain and compressed."""

    media_type: str
    plain: bytes
    zipped: bytes | None


class Frontend:
    """Answers every path that is not the API's: a file of the build, or the one page."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            "/" + file.relative_to(folder).as_posix(): _read(file)
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    @property
    def build(self) -> str:
        """Which build this is; an open tab of another one offers a reload."""
        page = self._files.get("/index.html")
        return sha256(page.plain).hexdigest()[:12] if page else "none"

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


def _read(file: Path) -> File:
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    plain = file.read_bytes()
    squeezes = len(plain) >= SMALLEST and file.suffix not in (".woff2", ".png")
    return File(media_type, plain, gzip.compress(plain, 9, mtime=0) if squeezes else None)
