"""The worked example of docs/topics/adding-a-tool.md: what it says is built from the page, and works."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.server import ROOT

PAGE = ROOT / "docs" / "topics" / "adding-a-tool.md"
BOX = re.compile(r"^`(\S+)`(?: \(an empty file\))?\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("app", "docs", "frontend", "migrations", "scripts", "tests", "pyproject.toml")
LINKED = (".venv", "frontend/node_modules", "requirements.lock", "requirements-dev.lock")
LEFT_OUT = shutil.ignore_patterns("node_modules", "dist", "__pycache__", ".stamp*", "_frontend")

OF_IT = "(thanks or upgrading_from_empty) and not postgres and not processes"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of this one, with the example in it."""
    copy = tmp_path / "house"
    copy.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, copy)
    for name in LINKED:
        (copy / name).symlink_to(ROOT / name)
    newest = max(file.name[:4] for file in (copy / "migrations" / "versions").glob("0*.py"))
    numbers = {"NEXT": f"{int(newest) + 1:04}", "LAST": newest}
    for path, text in BOX.findall(PAGE.read_text(encoding="utf-8")):
        for word, number in numbers.items():
            path, text = path.replace(word, number), text.replace(word, number)
        file = copy / path
        assert not file.exists(), f"{path} is there already"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return copy


def does(house: Path, *command: str, inside: str = ".") -> None:
    done = subprocess.run(command, cwd=house / inside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_a_tool_of_ones_own_works_as_the_page_says(house: Path) -> None:
    python = (sys.executable, "-m")
    does(house, *python, "pytest", "-q", "-k", OF_IT, "tests/thanks", "tests/test_migrations.py", "tests/contract")
    does(house, *python, "ruff", "check", "app", "migrations", "tests/thanks")
    does(house, *python, "ruff", "format", "--check", "app/thanks", "migrations", "tests/thanks")
    does(house, *python, "scripts.wire")
    does(house, "npx", "--no-install", "prettier", "--check", "src/tools/thanks", inside="frontend")
    does(house, "npx", "--no-install", "svelte-check", "--fail-on-warnings", inside="frontend")
