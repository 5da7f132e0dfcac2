"""The recorded transcript is what the server still says, word for word."""

import json

from tests.support.replica import ClientReplica
from tests.transcripts.story import TRANSCRIPT, VECTORS, as_text, record, without_times


async def test_three_people_hear_what_the_transcript_says() -> None:
    lines, _vectors = await record()
    assert without_times(as_text(lines)) == without_times(TRANSCRIPT.read_text())


def test_a_client_that_follows_the_rules_ends_where_the_vectors_end() -> None:
    for vector in json.loads(VECTORS.read_text()):
        client = ClientReplica()
        for step in vector["steps"]:
            client.take(json.dumps(list(step.values())))
        assert {"seq": client.seq, "rows": client.visible()} == vector["expect"], vector["name"]
