"""Before the first meeting somebody asks whether their computer will do."""

from tests.support.client import http_client
from tests.support.server import Server


async def test_the_check_hears_words_one_after_the_other_without_a_session(server: Server) -> None:
    async with http_client(server.url) as browser, browser.stream("GET", "/api/check/stream") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        pieces = [piece async for piece in answer.aiter_text()]
    assert "".join(pieces) == "data: 1\n\ndata: 2\n\ndata: 3\n\n"
    assert len(pieces) == 3
