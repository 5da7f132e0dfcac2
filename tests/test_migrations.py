"""The history of the tables ends where the models are, on both engines."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import IntegrityError

from app.audit import rows as audit
from app.db import Database, metadata
from app.keeping import rows as keeping
from app.keeping.tables import upgrade
from app.people import rows as people
from app.rooms import log
from app.tools import registry
from tests.support.server import ROOT

TABLES_OF = (audit, keeping, people, log, registry())
PREFIXES = tuple(f"{file.parent.name}_" for file in (ROOT / "app").glob("*/rows*"))
OURS = {name for name in metadata.tables if name.startswith(PREFIXES)}
"""Tables of the product: a test may have declared tables of its own."""

Shape = dict[str, dict[str, Any]]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def another(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[Database]:
    """A second empty database on the same engine."""
    url = f"sqlite:///{tmp_path / 'another.sqlite3'}"
    if not database.is_sqlite:
        url = request.getfixturevalue("postgres").database()
    another = Database(url)
    yield another
    another.close()


def test_upgrading_from_empty_gives_what_the_models_say(database: Database) -> None:
    upgrade(database)
    with database.engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(
                connection,
                opts={"compare_type": True, "compare_server_default": True, "include_object": _is_ours},
            ),
            metadata,
        )
    assert differences == []


def test_upgrading_keeps_every_promise_that_the_models_make(database: Database, another: Database) -> None:
    upgrade(database)
    metadata.create_all(another.engine, tables=[metadata.tables[name] for name in sorted(OURS)])
    assert _shape(database) == _shape(another)


def test_head_goes_down_and_comes_up_again(database: Database) -> None:
    upgrade(database)
    before = _shape(database)
    command.downgrade(_config(database), "-1")
    assert _shape(database) != before
    upgrade(database)
    assert _shape(database) == before


def test_a_second_upgrade_changes_nothing(database: Database) -> None:
    upgrade(database)
    before = _shape(database)
    upgrade(database)
    assert _shape(database) == before


def test_after_upgrading_a_membership_of_nobody_is_still_refused(database: Database) -> None:
    upgrade(database)
    with pytest.raises(IntegrityError), database.session() as sql:
        sql.add(people.Membership(session_id="nobody's", room_id="r", member_id="m"))


def test_the_history_has_one_end() -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database"] = database
    return config


def _is_ours(_thing: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return kind != "table" or name in OURS


def _shape(database: Database) -> Shape:
    with database.engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name in OURS]
        return {name: _table(connection, name) for name in names}


def _table(connection: Connection, name: str) -> dict[str, Any]:
    """Everything the engine knows of a table, whatever the order in which it was said."""
    seen = inspect(connection)
    columns = {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(name)}
    promises: dict[str, Sequence[Any]] = {
        "key": [seen.get_pk_constraint(name)],
        "unique": seen.get_unique_constraints(name),
        "check": seen.get_check_constraints(name),
        "foreign": seen.get_foreign_keys(name),
        "indexes": seen.get_indexes(name),
    }
    return {"columns": columns} | {kind: sorted(map(_told, found)) for kind, found in promises.items()}


def _told(promise: Any) -> str:
    # What an index is only about comes as an object; its text is what it says.
    options = {key: str(value) for key, value in promise.pop("dialect_options", {}).items()}
    return str(sorted((key, str(value)) for key, value in {**promise, **options}.items()))
