"""A client as docs/protocol.md describes it, in Python: applies frames and nothing else."""

import json
from typing import Any

Rows = dict[str, dict[str, dict[str, Any]]]


class ClientReplica:
    """Rows by kind and id, and the resume point. Keeps every frame, for what must not be in one."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self.seq: int | None = None
        self.epoch: str | None = None
        self.member_id: str | None = None
        self.frames: list[str] = []
        self.answers: list[dict[str, Any]] = []
        self.presence: dict[str, Any] = {}
        self.bye: dict[str, Any] | None = None
        self.deltas: list[dict[str, Any]] = []
        self._parts: Rows = {}

    def take(self, frame: str) -> None:
        self.frames.append(frame)
        for message in json.loads(frame):
            handle = getattr(self, f"_{message['type']}", None)
            if handle is not None:
                handle(message)

    def acked(self, id: str) -> int | None:
        return next((a["seq"] for a in self.answers if a["id"] == id and a["type"] == "ack"), None)

    def answer_to(self, id: str) -> dict[str, Any] | None:
        return next((answer for answer in self.answers if answer["id"] == id), None)

    def _hello(self, message: dict[str, Any]) -> None:
        self.member_id = message["member_id"]
        if self.epoch != message["epoch"]:
            self.epoch = message["epoch"]
            self.seq = None

    def _snapshot(self, message: dict[str, Any]) -> None:
        if message["part"] == 1:
            self._parts = {}
        for kind, rows in message["rows"].items():
            self._parts.setdefault(kind, {}).update({row["id"]: row for row in rows})
        if message["part"] == message["of"]:
            self.rows, self._parts = self._parts, {}
            self.seq, self.epoch = message["seq"], message["epoch"]

    def _delta(self, message: dict[str, Any]) -> None:
        assert self.seq is None or message["seq"] > self.seq, "deltas rise in seq"
        self.deltas.append(message)
        for kind, rows in message["put"].items():
            self.rows.setdefault(kind, {}).update({row["id"]: row for row in rows})
        for kind, ids in message["drop"].items():
            for id in ids:
                self.rows.get(kind, {}).pop(id, None)
        self.seq = message["seq"]

    def _at(self, message: dict[str, Any]) -> None:
        assert self.seq is None or message["seq"] >= self.seq, "the resume point never goes back"
        self.seq = message["seq"]

    def _ack(self, message: dict[str, Any]) -> None:
        self.answers.append(message)

    _refused = _failed = _ack

    def _presence(self, message: dict[str, Any]) -> None:
        for member_id, spot in message["members"].items():
            if spot is None:
                self.presence.pop(member_id, None)
            else:
                self.presence[member_id] = spot

    def _bye(self, message: dict[str, Any]) -> None:
        self.bye = message

    def visible(self) -> Rows:
        """What there is to compare: kinds without rows left out."""
        return {kind: rows for kind, rows in self.rows.items() if rows}
