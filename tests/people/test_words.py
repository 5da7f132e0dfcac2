"""Every no that HTTP can give has a sentence."""

import re
from pathlib import Path

import app
from app.words import catalogue

ASKED = re.compile(r'(?:Problem|problem_json)\(\s*\d{3},\s*"([a-z_]+)"|not_now\("([a-z_]+)"')


def test_every_problem_has_a_sentence_of_its_own() -> None:
    folder = Path(app.__file__).parent
    files = (*folder.glob("people/*.py"), *folder.glob("rooms/*.py"))
    codes = {code for file in files for pair in ASKED.findall(file.read_text()) for code in pair if code}
    assert len(codes) > 15
    assert [code for code in sorted(codes) if f"refused.{code}" not in catalogue()] == []
