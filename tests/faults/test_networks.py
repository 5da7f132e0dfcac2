"""P7: through the networks that hospitals have, nobody loses a word and nobody says one twice."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from websockets.exceptions import InvalidStatus

from tests.faults.agreement import acks_of, differences, nothing_is_lost_or_doubled, read
from tests.faults.writing import everybody_of
from tests.support.company import Company, a_company
from tests.support.lines import TRANSPORTS, Transport
from tests.support.proxy import Faults, Proxy
from tests.support.scale import by_scale, tell

pytestmark = pytest.mark.faults
RESETS = by_scale(quick=2, short=3, full=9)
RESET_EVERY = by_scale(quick=4, short=4, full=20)
every_transport = pytest.mark.parametrize("transport", TRANSPORTS)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with a_company(tmp_path_factory.mktemp("server"), commands_per_minute="1000000") as company:
        yield company


@pytest_asyncio.fixture
async def proxy(company: Company) -> AsyncIterator[Proxy]:
    async with Proxy(company.server.port) as proxy:
        yield proxy


def a_card(company: Company) -> dict[str, Any]:
    board = company.lens_board()
    column = board["columns"][0]["key"]
    return {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board["id"], "column": column, "text": "On"}


async def test_where_upgrades_are_blocked_the_stream_and_the_poll_go_through(company: Company, proxy: Proxy) -> None:
    proxy.faults.blocks_upgrades = True
    nina = company.join()
    with pytest.raises(InvalidStatus):
        async with nina.client(through=proxy.url).visit():
            pass
    assert proxy.upgrades_refused == 1
    for transport in ("stream", "poll"):
        tab = nina.client(transport, through=proxy.url)
        async with tab.visit():
            assert (await tab.do(a_card(company)))["type"] == "ack"


async def test_where_responses_are_held_back_a_poll_brings_what_others_do(company: Company, proxy: Proxy) -> None:
    proxy.faults.blocks_upgrades = proxy.faults.holds_responses = True
    tab = company.join().client("poll", through=proxy.url)
    async with tab.visit():
        adding = a_card(company)
        await tab.reaches(company.do(adding, company.coach))
        assert adding["card_id"] in tab.rows["card"]


@every_transport
async def test_a_cut_line_is_made_again_from_where_it_was(transport: Transport, company: Company, proxy: Proxy) -> None:
    tab = company.join().client(transport, keeps_frames=True, through=proxy.url)
    async with tab.stay():
        before = len([frame for frame in tab.frames if '"snapshot"' in frame])
        proxy.faults.blackhole = True
        proxy.reset()
        seq = company.do(a_card(company), company.coach)
        proxy.faults.blackhole = False
        proxy.reset()
        await tab.reaches(seq)
        assert len([frame for frame in tab.frames if '"snapshot"' in frame]) == before


@every_transport
@pytest.mark.soak
async def test_P7_late_and_reset_again_and_again_nothing_is_lost_and_nothing_doubled(
    transport: Transport, company: Company, proxy: Proxy
) -> None:
    """200 ± 100 ms each way and a reset every 20 s, for three minutes in full."""
    everybody = everybody_of(company, transport, through=proxy.url, parts=("member",) * 5)
    proxy.faults = Faults(latency=0.2, jitter=0.1, reset_every=RESET_EVERY)
    async with everybody.here():
        async with everybody.writing(seed=7):
            await proxy.until_reset(proxy.resets + RESETS)
        for somebody, client in zip(everybody.people, everybody.clients, strict=True):
            newcomer = somebody.client()
            async with newcomer.visit():
                # Who comes and goes is written down, too: compared is what both have by now.
                seq = company.snapshot(somebody)["seq"]
                await newcomer.reaches(seq)
                await client.reaches(seq)
                assert differences(client.visible(), newcomer.visible()) == []
    _, log = read(company.server.sqlite_url, company.room_id)
    nothing_is_lost_or_doubled(acks_of(everybody.clients), log)
    acked = len(acks_of(everybody.clients))
    assert acked > 0
    tell(f"P7 {transport}: {acked} acked, {proxy.resets} resets, 0 lost, 0 doubled")
