"""Change ideas as a tool: what it keeps, what it allows, and to whom."""

from app.ideas import messages, rules
from app.ideas.record import ideas
from app.ideas.routes import router
from app.ideas.rows import BenchmarkTable, IdeaCaptureTable, IdeaStepTable, IdeaTable, MergeTable
from app.rooms.kernel import Tool

TOOL = Tool(
    "ideas",
    after=("board", "roadmap", "meetings"),
    tables=(IdeaCaptureTable, IdeaTable, IdeaStepTable, MergeTable, BenchmarkTable),
    facts=(
        messages.IdeaAdded,
        messages.IdeaEdited,
        messages.IdeaSet,
        messages.IdeaMoved,
        messages.IdeaRemoved,
        messages.IdeaRestored,
        messages.IdeaReleased,
        messages.IdeaClarified,
        messages.LettersSet,
        messages.StateSet,
        messages.CaptureStarted,
        messages.UntilSet,
        messages.MoreTimeNeeded,
        messages.CaptureRevealed,
        messages.MergeAsked,
        messages.MergeAnswered,
        messages.MergeUndone,
        messages.BenchmarkAdded,
        messages.BenchmarkRemoved,
        messages.BenchmarkRestored,
    ),
    grants={
        "coach": ("ideas.contribute", "ideas.record", "ideas.steer", "ideas.capture"),
        "member": ("ideas.contribute",),
        "sponsor": ("ideas.contribute",),
        "recorder": ("ideas.record",),
        "facilitator": ("ideas.capture",),
    },
    in_record=ideas,
    router=router,
    refusals=(
        "answers_for_themselves",
        "idea_elsewhere",
        "idea_not_shown",
        "idea_stays",
        "ideas_open",
        "ideas_time_over",
        "merge_asked",
        "merge_settled",
        "not_asked_for_merge",
    ),
)

TOOL.rule(messages.AddIdea, needs="ideas.contribute")(rules.add_idea)
TOOL.rule(messages.EditIdea, needs="ideas.contribute")(rules.edit_idea)
TOOL.rule(messages.SetIdea, needs="ideas.contribute")(rules.set_idea)
TOOL.rule(messages.MoveIdea, needs="ideas.contribute")(rules.move_idea)
TOOL.rule(messages.RemoveIdea, needs="ideas.contribute")(rules.remove_idea)
TOOL.rule(messages.RestoreIdea, needs="ideas.contribute")(rules.restore_idea)
TOOL.rule(messages.ReleaseIdea, needs="ideas.steer")(rules.release_idea)
TOOL.rule(messages.ClarifyIdea, needs="ideas.record")(rules.clarify_idea)
TOOL.rule(messages.SetLetters, needs="ideas.record")(rules.set_letters)
TOOL.rule(messages.SetState, needs="ideas.record")(rules.set_state)

# Thinking in silence
TOOL.rule(messages.StartCapture, needs="ideas.capture")(rules.start_capture)
TOOL.rule(messages.SetUntil, needs="ideas.capture")(rules.set_until)
TOOL.rule(messages.NeedMoreTime, needs="ideas.contribute")(rules.need_more_time)
TOOL.rule(messages.Reveal, needs="ideas.capture")(rules.reveal)

# Two that are the same
TOOL.rule(messages.AskMerge, needs="ideas.contribute")(rules.ask_merge)
TOOL.rule(messages.AnswerMerge, needs="ideas.contribute")(rules.answer_merge)
TOOL.rule(messages.UndoMerge, needs="ideas.contribute")(rules.undo_merge)

# Who does it well already
TOOL.rule(messages.AddBenchmark, needs="ideas.contribute")(rules.add_benchmark)
TOOL.rule(messages.RemoveBenchmark, needs="ideas.contribute")(rules.remove_benchmark)
TOOL.rule(messages.RestoreBenchmark, needs="ideas.contribute")(rules.restore_benchmark)
