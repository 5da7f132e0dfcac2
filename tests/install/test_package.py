"""What a release holds: who installs the wheel serves Bigroom, without node and without a clone.

The page is a stand-in as the build leaves one, so that no node is needed here either; the packages that Bigroom needs
are those of the environment of the work. That the real pages show is for the tests with browsers to say.
"""

import json
import re
import shutil
import site
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import __version__
from scripts.parts import sbom
from scripts.release import build_packages
from tests.support.company import Company, set_up
from tests.support.server import ROOT, Server

MADE_AT = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
CARRIED = ("app", "migrations", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE", ".gitignore")
PAGE = '<!doctype html><meta name="build" content="__BUILD__"><script src="/assets/main-Ab12.js"></script>'
WHEEL = f"bigroom-{__version__}-py3-none-any.whl"
SDIST = f"bigroom-{__version__}.tar.gz"


def a_clone(folder: Path) -> Path:
    """The project as it lies in a clone in which the pages are built."""
    folder.mkdir()
    for name in CARRIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, folder / name)
    assets = folder / "frontend" / "dist" / "assets"
    assets.mkdir(parents=True)
    (assets.parent / "index.html").write_text(PAGE)
    (assets / "main-Ab12.js").write_text("// everything that the page does")
    return folder


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    build_packages(a_clone(folder / "clone"), folder / "dist", MADE_AT)
    return folder / "dist"


@pytest.fixture(scope="module")
def installed(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`bigroom` in an environment of its own: the wheel, and of this environment what the wheel needs."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(release / WHEEL)], check=True)
    (library,) = folder.glob("lib/python*/site-packages")
    # A path named in a .pth file is looked at last, and the .pth files in it are not: the clone stays out of it.
    (library / "needed.pth").write_text("\n".join(site.getsitepackages()))
    return folder / "bin" / "bigroom"


@pytest.fixture(scope="module")
def company(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """The first coach of what was installed, and a room."""
    server = Server(tmp_path_factory.mktemp("served"))
    server.program = installed
    try:
        server.start()
        company = Company(server, set_up(server))
        yield company
        company.close()
    finally:
        server.close()


def test_who_installs_the_wheel_serves_its_pages(company: Company) -> None:
    assert "main-Ab12.js" in company.call("GET", "/join").text
    assert "everything" in company.call("GET", "/assets/main-Ab12.js").text


def test_who_installs_the_wheel_has_tables_methods_and_words(company: Company) -> None:
    anne = company.coach
    assert company.lens_board()["columns"]
    assert "put it away" in company.ask("GET", "/api/nowhere").json()["text"]
    way_back = company.call(
        "POST", f"/api/rooms/{anne.room_id}/members/{anne.member_id}/way_back", {}, cookie=anne.cookie
    ).json()
    assert len(way_back["phrase"].split()) == 4


def test_what_was_installed_is_not_the_clone(installed: Path) -> None:
    python = installed.with_name("python")
    asked = [str(python), "-c", "import app; print(app.__file__)"]
    found = subprocess.run(asked, cwd=installed.parent, capture_output=True, text=True, check=True).stdout
    assert found.startswith(str(installed.parent.parent))


def test_who_installs_the_wheel_can_ask_for_its_version(company: Company) -> None:
    assert company.server.run("--version") == f"bigroom {__version__}\n"


def test_the_same_project_gives_the_same_bytes_wherever_it_lies(release: Path, tmp_path: Path) -> None:
    build_packages(a_clone(tmp_path / "another clone"), tmp_path / "dist", MADE_AT)
    for name in (WHEEL, SDIST):
        assert (tmp_path / "dist" / name).read_bytes() == (release / name).read_bytes()


def test_the_sdist_carries_the_pages_and_makes_the_same_wheel(release: Path, tmp_path: Path) -> None:
    subprocess.run(["tar", "-xzf", str(release / SDIST), "-C", str(tmp_path)], check=True)
    build_packages(tmp_path / SDIST.removesuffix(".tar.gz"), tmp_path / "dist", MADE_AT)
    assert (tmp_path / "dist" / WHEEL).read_bytes() == (release / WHEEL).read_bytes()


def test_the_wheel_holds_every_migration_and_nothing_that_was_not_meant(release: Path) -> None:
    with zipfile.ZipFile(release / WHEEL) as wheel:
        names = set(wheel.namelist())
    migrations = {f"app/_migrations/versions/{file.name}" for file in (ROOT / "migrations/versions").glob("*.py")}
    assert migrations <= names
    assert {name.split("/")[0] for name in names} == {"app", f"bigroom-{__version__}.dist-info"}
    assert not [name for name in names if re.search(r"__pycache__|\.sqlite3|(^|/)keys$", name)]


def test_the_list_of_parts_names_what_is_shipped_with_version_and_licence() -> None:
    listed = {part["purl"]: part for part in json.loads(sbom(MADE_AT))["components"] if "purl" in part}
    pages = json.loads((ROOT / "frontend/package.json").read_text())["dependencies"]
    for name, version in pages.items():
        assert f"pkg:npm/{name.replace('@', '%40')}@{version}" in listed
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {purl.split("/")[1].split("@")[0] for purl in listed if purl.startswith("pkg:pypi/")}
    assert {re.split(r"[\[<>=;]", need)[0] for need in project["dependencies"]} <= names
    assert "hatchling" not in names
    assert all(part["licenses"] for part in listed.values())


def test_the_list_of_parts_is_the_same_each_time() -> None:
    assert sbom(MADE_AT) == sbom(MADE_AT)


def test_the_pages_have_the_version_of_the_server() -> None:
    assert json.loads((ROOT / "frontend/package.json").read_text())["version"] == __version__


def test_the_list_of_parts_names_what_was_copied_into_our_own_files() -> None:
    table = (ROOT / "docs" / "licences.md").read_text()
    by_others = [
        line for line in table.splitlines()[5:] if line.startswith("| ") and "Bigroom contributors" not in line
    ]
    names = {part["name"] for part in json.loads(sbom(MADE_AT))["components"]}
    assert by_others
    for line in by_others:
        assert any(name in line for name in names), line
