"""Where people are, as each class of viewers may know it and was told."""

from app.rooms.capture import Capture
from app.rooms.kernel import Who
from app.rooms.outbox import Packet
from app.rooms.presence import Here, Spot, presence_json
from app.rooms.registry import Registry
from app.rooms.room import Replica
from app.rooms.rows import Member, Place

Spots = dict[str, Spot | None]
"""Member → where they are; None for one who is gone."""
ViewerClass = frozenset[str] | str


def class_of(who: Who) -> ViewerClass:
    """All who are told the same of where people are. Who waits at the door is told only of themselves."""
    return who.permissions or who.member_id or ""


class Whereabouts:
    """One room's: remembers what each class was told last, so that nothing is sent that would say nothing new."""

    def __init__(self, registry: Registry) -> None:
        self._captures = [kind for kind in registry.kinds.values() if issubclass(kind, Capture)]
        self._kinds = registry.kinds.values()
        self._told: dict[ViewerClass, Spots] = {}

    def all(self, replica: Replica, here: Here, who: Who) -> Packet:
        """Everybody who is here, for one who comes."""
        shown = self._shown(replica, dict(here.spots), who)
        # What the others of this class have yet to hear they are told in any case.
        self._told[class_of(who)] = {id: spot for id, spot in shown.items() if id not in here.changed}
        return Packet(presence_json(shown), is_news=False)

    def news(self, replica: Replica, here: Here, who: Who, changed: set[str]) -> Packet | None:
        """What is another than what this class was told before: that alone a frame arrives tells, too."""
        told = self._told.setdefault(class_of(who), {})
        spots = {member_id: here.spots.get(member_id) for member_id in changed}
        news = {id: spot for id, spot in self._shown(replica, spots, who).items() if told.get(id, ...) != spot}
        told.update(news)
        return Packet(presence_json(news), is_news=False) if news else None

    def _shown(self, replica: Replica, spots: Spots, who: Who) -> Spots:
        """While a capture is open not even a cursor is shown."""
        if not who.may("rooms.view"):
            spots = {member_id: spot for member_id, spot in spots.items() if member_id == who.member_id}
        elif not who.may("rooms.admit"):
            spots = {member_id: spot for member_id, spot in spots.items() if not _is_at_the_door(replica, member_id)}
        places = replica.where(Place)
        captures = [capture for kind in self._captures for capture in replica.where(kind) if capture.is_open]
        editing = {spot.editing for spot in spots.values() if spot is not None and spot.editing is not None}
        common = Who(None, "viewer", permissions=who.permissions)
        unseen = {id for id in editing if not self._sees(replica, common, id) or any(c.is_about(id) for c in captures)}
        place = places[0].view if places else None
        shown = {id: spot and spot.as_shown(place, unseen) for id, spot in spots.items()}
        return {id: spot.still() if spot and captures else spot for id, spot in shown.items()}

    def _sees(self, replica: Replica, who: Who, id: str) -> bool:
        rows = (replica.find(kind, id) for kind in self._kinds)
        return any(row is not None and row.seen_by(who) is not None for row in rows)


def _is_at_the_door(replica: Replica, member_id: str) -> bool:
    member = replica.find(Member, member_id)
    return member is None or member.state == "waiting"
