"""What people ask of change ideas, and what then has happened."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.ideas.rows import IdeaState, Rating, Url
from app.rooms.capture import Mode
from app.rooms.kernel import Command, Fact
from app.rooms.values import CardWords, Id, Key, Note, Title, When

Merged = Annotated[tuple[Id, ...], Field(min_length=1, max_length=10)]
Becomes = Literal["clarified", "testing", "adopted", "adapted", "abandoned"]


class AddIdea(Command):
    type: Literal["ideas.add_idea"]
    idea_id: Id
    text: CardWords
    note: Note | None = None
    proxy_for: Id | None = None
    from_patient: bool | None = None
    concept: Key | None = None
    card_id: Id | None = None
    theme_id: Id | None = None
    aim_id: Id | None = None
    capture_id: Id | None = None
    """The capture it was written for: once that is over it is refused, so that nobody's name comes on it."""


class IdeaAdded(Fact):
    undone_by: ClassVar[str | None] = "ideas.remove_idea"
    type: Literal["ideas.idea_added"] = "ideas.idea_added"
    idea_id: Id


class EditIdea(Command):
    """Change the words. Whoever saw others than those that stand is told, and keeps theirs in hand."""

    type: Literal["ideas.edit_idea"]
    idea_id: Id
    text: CardWords
    note: Note | None = None
    base_rev: int = Field(ge=0)
    capture_id: Id | None = None


class IdeaEdited(Fact):
    undone_by: ClassVar[str | None] = "ideas.edit_idea"
    type: Literal["ideas.idea_edited"] = "ideas.idea_edited"
    idea_id: Id
    rev: int


class SetIdea(Command):
    """What is said about an idea. Absent = unchanged, null = nothing said."""

    type: Literal["ideas.set_idea"]
    idea_id: Id
    from_patient: bool | None = None
    proxy_for: Id | None = None
    concept: Key | None = None
    card_id: Id | None = None
    theme_id: Id | None = None
    aim_id: Id | None = None
    outside_control: bool | None = None
    impact: Rating | None = None
    effort: Rating | None = None
    capture_id: Id | None = None


class IdeaSet(Fact):
    undone_by: ClassVar[str | None] = "ideas.set_idea"
    type: Literal["ideas.idea_set"] = "ideas.idea_set"
    idea_id: Id


class MoveIdea(Command):
    """Directly behind another one in the list, or first."""

    type: Literal["ideas.move_idea"]
    idea_id: Id
    after: Id | None


class IdeaMoved(Fact):
    undone_by: ClassVar[str | None] = "ideas.move_idea"
    type: Literal["ideas.idea_moved"] = "ideas.idea_moved"
    idea_id: Id


class RemoveIdea(Command):
    """Only of what nobody has voted on; everything else is kept, see `set_state`."""

    type: Literal["ideas.remove_idea"]
    idea_id: Id
    capture_id: Id | None = None


class IdeaRemoved(Fact):
    undone_by: ClassVar[str | None] = "ideas.restore_idea"
    type: Literal["ideas.idea_removed"] = "ideas.idea_removed"
    idea_id: Id


class RestoreIdea(Command):
    type: Literal["ideas.restore_idea"]
    idea_id: Id


class IdeaRestored(Fact):
    undone_by: ClassVar[str | None] = "ideas.remove_idea"
    type: Literal["ideas.idea_restored"] = "ideas.idea_restored"
    idea_id: Id


class ReleaseIdea(Command):
    """A coach has looked at it: now everybody sees it, as if it had just been written."""

    type: Literal["ideas.release_idea"]
    idea_id: Id


class IdeaReleased(Fact):
    type: Literal["ideas.idea_released"] = "ideas.idea_released"
    idea_id: Id


class ClarifyIdea(Command):
    """Everybody knows what is meant; or, not `clear`, somebody does not after all."""

    type: Literal["ideas.clarify_idea"]
    idea_id: Id
    clear: bool = True


class IdeaClarified(Fact):
    undone_by: ClassVar[str | None] = "ideas.clarify_idea"
    type: Literal["ideas.idea_clarified"] = "ideas.idea_clarified"
    idea_id: Id
    clear: bool


class SetLetters(Command):
    """A letter for each idea that could go on a ballot, in the order of the list. Those on a ballot keep theirs."""

    type: Literal["ideas.set_letters"]


class LettersSet(Fact):
    type: Literal["ideas.letters_set"] = "ideas.letters_set"
    count: int


class SetState(Command):
    """What has become of an idea, and why. `clarified` brings it back from where it waited."""

    type: Literal["ideas.set_state"]
    idea_id: Id
    state: Becomes
    reason: Note | None = None


class StateSet(Fact):
    type: Literal["ideas.state_set"] = "ideas.state_set"
    idea_id: Id
    state: IdeaState


class StartCapture(Command):
    """Think of ideas in silence. With `until` people write until then, also those who are not in the room."""

    type: Literal["ideas.start_capture"]
    capture_id: Id
    mode: Mode
    until: When | None = None


class CaptureStarted(Fact):
    type: Literal["ideas.capture_started"] = "ideas.capture_started"
    capture_id: Id
    mode: Mode


class SetUntil(Command):
    """People write until then; null: until all are shown."""

    type: Literal["ideas.set_until"]
    capture_id: Id
    until: When | None


class UntilSet(Fact):
    type: Literal["ideas.until_set"] = "ideas.until_set"
    capture_id: Id


class NeedMoreTime(Command):
    """Says so without a name. Once more from the same person changes nothing."""

    type: Literal["ideas.need_more_time"]
    capture_id: Id


class MoreTimeNeeded(Fact):
    type: Literal["ideas.more_time_needed"] = "ideas.more_time_needed"
    capture_id: Id


class Reveal(Command):
    """Show all ideas at once, shuffled."""

    type: Literal["ideas.reveal"]
    capture_id: Id


class CaptureRevealed(Fact):
    type: Literal["ideas.capture_revealed"] = "ideas.capture_revealed"
    capture_id: Id


class AskMerge(Command):
    """Are these the same idea? Whose ideas they are say so; nobody's words go anywhere before."""

    type: Literal["ideas.ask_merge"]
    merge_id: Id
    into_id: Id
    idea_ids: Merged


class MergeAsked(Fact):
    type: Literal["ideas.merge_asked"] = "ideas.merge_asked"
    merge_id: Id


class AnswerMerge(Command):
    """Yes or no, for oneself; or for somebody who is away, who has no device, or is not known (`for_nobody`)."""

    type: Literal["ideas.answer_merge"]
    merge_id: Id
    agrees: bool
    for_id: Id | None = None
    for_nobody: bool = False


class MergeAnswered(Fact):
    type: Literal["ideas.merge_answered"] = "ideas.merge_answered"
    merge_id: Id
    agrees: bool


class UndoMerge(Command):
    """Two ideas again, as they were."""

    type: Literal["ideas.undo_merge"]
    merge_id: Id


class MergeUndone(Fact):
    type: Literal["ideas.merge_undone"] = "ideas.merge_undone"
    merge_id: Id


class AddBenchmark(Command):
    """Who does this well already, and what could one learn there?"""

    type: Literal["ideas.add_benchmark"]
    benchmark_id: Id
    place: Title
    text: Note | None = None
    url: Url | None = None


class BenchmarkAdded(Fact):
    undone_by: ClassVar[str | None] = "ideas.remove_benchmark"
    type: Literal["ideas.benchmark_added"] = "ideas.benchmark_added"
    benchmark_id: Id


class RemoveBenchmark(Command):
    type: Literal["ideas.remove_benchmark"]
    benchmark_id: Id


class BenchmarkRemoved(Fact):
    undone_by: ClassVar[str | None] = "ideas.restore_benchmark"
    type: Literal["ideas.benchmark_removed"] = "ideas.benchmark_removed"
    benchmark_id: Id


class RestoreBenchmark(Command):
    type: Literal["ideas.restore_benchmark"]
    benchmark_id: Id


class BenchmarkRestored(Fact):
    undone_by: ClassVar[str | None] = "ideas.remove_benchmark"
    type: Literal["ideas.benchmark_restored"] = "ideas.benchmark_restored"
    benchmark_id: Id
