"""What the package carries besides the code: migrations and built pages, so that installing it needs no node."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WhatComesAlong(BuildHookInterface[Any]):
    """Puts them where the app looks for them. The sdist keeps the pages where they were built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        pages = Path(self.root) / "frontend" / "dist"
        if not (pages / "index.html").is_file():
            raise FileNotFoundError("The pages are not built yet: `make release` builds them and then the package.")
        if self.target_name == "wheel":
            build_data["force_include"] |= {str(pages): "app/_frontend", "migrations": "app/_migrations"}
        else:
            build_data["force_include"] |= {str(pages): "frontend/dist"}
