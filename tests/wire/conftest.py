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
def company(server: Server) -> Iterator[Company]:
    company = Company(server, set_up(server))
    yield company
    company.close()


@pytest.fixture(scope="session")
def other_room(server: Server, company: Company) -> Iterator[Company]:
    """Another room of the same coach on the same server."""
    other = Company(server, company.coach.cookie)
    yield other
    other.close()


@pytest.fixture(scope="session")
def protocol(company: Company) -> dict[str, Any]:
    found: dict[str, Any] = company.call("GET", "/api/protocol.json").json()
    return found
