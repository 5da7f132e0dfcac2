"""One server for all tests of the wire, with the limits that it has when nobody sets any."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.company import Company, set_up
from tests.support.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("wire"))
    server.start()
    yield server
    server.close()


@pytest.fixture(scope="session")
def coachs_cookie(server: Server) -> str:
    """The browser of the first coach of the server."""
    return set_up(server)


@pytest.fixture(scope="session")
def company(server: Server, coachs_cookie: str) -> Iterator[Company]:
    company = Company(server, coachs_cookie)
    yield company
    company.close()


@pytest.fixture(scope="session")
def other_room(server: Server, coachs_cookie: str) -> Iterator[Company]:
    """Another room of the same coach on the same server."""
    other = Company(server, coachs_cookie)
    yield other
    other.close()


@pytest.fixture(scope="session")
def protocol(company: Company) -> dict[str, Any]:
    found: dict[str, Any] = company.call("GET", "/api/protocol.json").json()
    return found
