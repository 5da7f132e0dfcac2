"""The master key beside the data."""

import stat
from pathlib import Path

import pytest

from app.people.keys import Keys, KeysUnreadable


def test_the_key_is_made_once_and_only_the_servers_user_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / "keys"
    first = Keys.from_file(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["keys"]
    assert Keys.from_file(file).hashed("phrase", "amber") == first.hashed("phrase", "amber")


def test_each_purpose_and_each_server_has_hashes_of_its_own(tmp_path: Path) -> None:
    here, there = Keys.from_file(tmp_path / "here"), Keys.from_file(tmp_path / "there")
    assert here.hashed("phrase", "amber") != here.hashed("code", "amber")
    assert here.hashed("phrase", "amber") != there.hashed("phrase", "amber")


@pytest.mark.parametrize("content", ["", "c2hvcnQ=", "not base64 at all \u00e9"])
def test_a_file_without_a_key_is_named_and_never_overwritten(tmp_path: Path, content: str) -> None:
    file = tmp_path / "keys"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(KeysUnreadable, match=str(file)):
        Keys.from_file(file)
    assert file.read_text(encoding="utf-8") == content
