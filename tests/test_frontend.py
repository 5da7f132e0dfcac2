"""P8: after an upgrade, pages that were open find their files, and learn that there is a newer build."""

from pathlib import Path

from starlette.requests import Request

from app.frontend import Frontend


def a_build(folder: Path, name: str, *more: str) -> Frontend:
    """A build as vite leaves it: a page, and scripts with their content's mark in their names."""
    assets = folder / name / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    for script in (f"main-{name}.js", *more):
        (assets / script).write_text(f"// {name}")
    (assets / "letters.woff2").write_bytes(b"letters")
    (folder / name / "index.html").write_text(f'<meta name="build" content="__BUILD__">{name}')
    return Frontend(folder / name)


async def answer(frontend: Frontend, path: str) -> tuple[int, bytes]:
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    found = await frontend(Request(scope))
    return found.status_code, bytes(found.body)


async def test_the_page_knows_its_build(tmp_path: Path) -> None:
    first = a_build(tmp_path, "one")
    assert first.build.encode() in (await answer(first, "/"))[1]
    assert a_build(tmp_path, "two").build != first.build


async def test_scripts_of_the_build_before_are_still_served_and_older_ones_are_not(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    for name in ("one", "two", "three"):
        last = a_build(tmp_path, name)
        last.keep(kept)
    assert await answer(last, "/assets/main-three.js") == (200, b"// three")
    assert await answer(last, "/assets/main-two.js") == (200, b"// two")
    assert (await answer(last, "/assets/main-one.js"))[0] == 404
    assert len(list(kept.iterdir())) == 2


async def test_starting_again_forgets_nothing_and_going_back_works_as_well(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    for name in ("one", "two", "two"):
        last = a_build(tmp_path, name)
        last.keep(kept)
    assert (await answer(last, "/assets/main-one.js"))[0] == 200
    back = a_build(tmp_path, "one")
    back.keep(kept)
    assert (await answer(back, "/assets/main-two.js"))[0] == 200
    assert (await answer(back, "/"))[1].endswith(b"one")


async def test_a_file_of_both_builds_is_the_new_one(tmp_path: Path) -> None:
    a_build(tmp_path, "one", "shared.js").keep(tmp_path / "kept")
    second = a_build(tmp_path, "two", "shared.js")
    second.keep(tmp_path / "kept")
    assert await answer(second, "/assets/shared.js") == (200, b"// two")


async def test_where_nothing_can_be_kept_the_pages_are_served_all_the_same(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("in the way")
    frontend = a_build(tmp_path, "one")
    frontend.keep(no_folder)
    assert (await answer(frontend, "/assets/main-one.js"))[0] == 200


async def test_a_kept_build_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    a_build(tmp_path, "one").keep(kept)
    (broken,) = kept.iterdir()
    broken.write_bytes(b"half a file")
    second = a_build(tmp_path, "two")
    second.keep(kept)
    assert (await answer(second, "/assets/main-two.js"))[0] == 200
