"""A served room on either engine, and the operator's commands beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.company import Company, a_company


@pytest.fixture
def company(database_url: str, tmp_path: Path) -> Iterator[Company]:
    """One room of a real server, on each engine."""
    is_sqlite = database_url.startswith("sqlite")
    with a_company(tmp_path / "server", None if is_sqlite else database_url) as company:
        yield company


@pytest.fixture
def another(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database on the other engine: the way to grow, and back."""
    other = "postgres_url" if database_url.startswith("sqlite") else "sqlite_url"
    url: str = request.getfixturevalue(other)
    return url
