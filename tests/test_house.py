"""The house itself: what it was told to keep, it keeps."""

import json
import re
import tomllib
from pathlib import Path

import psycopg
import pytest

from app.settings import Settings
from tests.support.postgres import Postgres
from tests.support.server import ROOT


def python_dependencies() -> list[str]:
    """Names of the packages in pyproject.toml, those for the work too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    return sorted({re.split(r"[\[<>=;]", package)[0] for group in groups for package in group})


def npm_dependencies() -> list[str]:
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    return sorted({**package["dependencies"], **package["devDependencies"]})


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def test_postgres_keeps_what_it_acknowledged_when_it_is_killed(mortal_postgres: Postgres) -> None:
    url = _plain(mortal_postgres.database())
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE card AS SELECT 'Waiting for the scan' AS text")
    mortal_postgres.kill()
    mortal_postgres.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT text FROM card").fetchall() == [("Waiting for the scan",)]


def test_postgres_is_as_durable_as_in_production(postgres: Postgres) -> None:
    with psycopg.connect(_plain(postgres.database())) as connection:
        durable = [connection.execute(f"SHOW {name}").fetchone() for name in ("fsync", "synchronous_commit")]
    assert durable == [("on",), ("on",)]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_is_explained_to_operators(name: str) -> None:
    line = next((line for line in _operating().splitlines() if f"| `BIGROOM_{name.upper()}` |" in line), None)
    assert line, f"docs/operating.md does not know BIGROOM_{name.upper()}"
    default = Settings.model_fields[name].default
    assert f"| `{default}` |" in line or not default


def test_operators_are_told_of_no_setting_that_is_not_there() -> None:
    named = set(re.findall(r"BIGROOM_([A-Z_]+)", _operating()))
    assert named == {name.upper() for name in Settings.model_fields}


def test_lock_files_name_no_host_and_hash_everything() -> None:
    for file in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        text = file.read_text()
        assert "://" not in text
        assert all("--hash=sha256:" in package for package in re.split(r"\n(?=\S)", text.strip()))


def test_what_runs_is_the_same_in_both_lock_files() -> None:
    runs, works = (set(_versions(ROOT / name)) for name in ("requirements.lock", "requirements-dev.lock"))
    assert runs <= works


def test_npm_packages_are_locked_without_hosts() -> None:
    assert "://registry" not in (ROOT / "frontend" / "package-lock.json").read_text()


@pytest.mark.parametrize("package", [*python_dependencies(), *npm_dependencies()])
def test_each_dependency_has_its_reason(package: str) -> None:
    assert package in (ROOT / "docs" / "dependencies.md").read_text()


def _operating() -> str:
    return (ROOT / "docs" / "operating.md").read_text()


def _versions(lock: Path) -> list[str]:
    return re.findall(r"^[a-z0-9._-]+==\S+", lock.read_text(), flags=re.MULTILINE)
