"""What people see of change ideas, and the words that the ballot shares with them."""

from app.ideas.rows.benchmarks import Benchmark, BenchmarkTable, Url
from app.ideas.rows.ideas import (
    IDEA_STATES,
    Idea,
    IdeaCapture,
    IdeaCaptureTable,
    IdeaState,
    IdeaStep,
    IdeaStepTable,
    IdeaTable,
    Rating,
    advanced,
)
from app.ideas.rows.letters import Letter, free_letters, letter
from app.ideas.rows.merging import Before, Merge, MergeTable, all_in, is_from_patient

__all__ = [
    "IDEA_STATES",
    "Before",
    "Benchmark",
    "BenchmarkTable",
    "Idea",
    "IdeaCapture",
    "IdeaCaptureTable",
    "IdeaState",
    "IdeaStep",
    "IdeaStepTable",
    "IdeaTable",
    "Letter",
    "Merge",
    "MergeTable",
    "Rating",
    "Url",
    "advanced",
    "all_in",
    "free_letters",
    "is_from_patient",
    "letter",
]
