"""What people ask of the meeting roles, and what then has happened."""

from typing import ClassVar, Literal

from app.rooms.kernel import Command, Fact
from app.rooms.rows import RoleName
from app.rooms.values import Id


class HandOver(Command):
    """Whoever holds a role gives it to somebody else, in the middle of the hour too; null gives it back."""

    type: Literal["meetings.hand_over"]
    role: RoleName
    member_id: Id | None


class RoleHandedOver(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["meetings.role_handed_over"] = "meetings.role_handed_over"
    role: RoleName
    from_id: Id | None
    member_id: Id | None


class TakeRole(Command):
    """Take a role that nobody holds."""

    type: Literal["meetings.take_role"]
    role: RoleName


class RoleTaken(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["meetings.role_taken"] = "meetings.role_taken"
    role: RoleName
    member_id: Id


class ClaimRole(Command):
    """I hold this role next time (or in the meeting that is named); null: nobody does. A coach says so for anybody."""

    type: Literal["meetings.claim_role"]
    role: RoleName
    member_id: Id | None
    meeting_id: Id | None = None


class RoleClaimed(Fact):
    type: Literal["meetings.role_claimed"] = "meetings.role_claimed"
    role: RoleName
    member_id: Id | None
    meeting_id: Id | None


class OfferRole(Command):
    """Ask somebody whether they would hold a role."""

    type: Literal["meetings.offer_role"]
    offer_id: Id
    role: RoleName
    member_id: Id


class RoleOffered(Fact):
    type: Literal["meetings.role_offered"] = "meetings.role_offered"
    offer_id: Id
    role: RoleName


class DeclineRole(Command):
    """I would rather not. Said without a name; nobody is told, whoever asked neither."""

    type: Literal["meetings.decline_role"]
    offer_id: Id


class SetPreference(Command):
    """I would rather not type much. Nobody else sees it."""

    type: Literal["meetings.set_preference"]
    types_little: bool


class KeptPrivate(Fact):
    """Somebody has said something that is theirs alone."""

    is_unsigned: ClassVar[bool] = True
    type: Literal["meetings.kept_private"] = "meetings.kept_private"


class SetDataPartner(Command):
    """This member brings the figures, or does not any more."""

    type: Literal["meetings.set_data_partner"]
    member_id: Id
    is_data_partner: bool


class DataPartnerSet(Fact):
    type: Literal["meetings.data_partner_set"] = "meetings.data_partner_set"
    member_id: Id
    is_data_partner: bool


class SuggestRole(Command):
    """Whose turn would it be? `another`: somebody else than was suggested before."""

    type: Literal["meetings.suggest_role"]
    role: RoleName
    another: bool = False


class RoleSuggested(Fact):
    type: Literal["meetings.role_suggested"] = "meetings.role_suggested"
    role: RoleName
