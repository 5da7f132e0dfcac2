"""Holding what somebody posts, and a private word with the coaches."""

from datetime import timedelta

from app.rooms.hush import (
    HEAR,
    WORD_LASTS,
    AnswerWord,
    ForgetWord,
    Hold,
    HoldMember,
    MemberHeld,
    MemberReleased,
    ReadWord,
    ReleaseMember,
    SayWord,
    Word,
    WordRead,
    WordSaid,
    WordsForgotten,
)
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rows import active_member

MOST_WORDS = 20
WITHIN = timedelta(hours=1)
"""No more than so many private words of one person: it is a way to be heard, not a chat."""


def hold_member(room: Room, command: HoldMember, ask: Ask) -> Change:
    member = active_member(room, command.member_id)
    if member.part in ("coach", "wall"):
        raise Refusal("not_possible")
    standing = room.find(Hold, member.id)
    if standing is not None:
        return Change(MemberHeld(member_id=member.id), puts=standing.but(removed_at=None).unless(standing))
    hold = ask.new(Hold, id=member.id, owner_id=member.id, member_id=member.id)
    return Change(MemberHeld(member_id=member.id), puts=(hold,))


def release_member(room: Room, command: ReleaseMember, ask: Ask) -> Change:
    held = room.get(Hold, command.member_id, removed=True)
    released = held.but(removed_at=held.removed_at or ask.at)
    return Change(MemberReleased(member_id=held.member_id), puts=released.unless(held))


def say_word(room: Room, command: SayWord, ask: Ask) -> Change:
    me = active_member(room, str(ask.who.member_id))
    _refuse_too_many(room, ask)
    word = ask.new(
        Word,
        id=room.free(Word, command.word_id),
        member_id=me.id,
        by=me.id,
        said_to="coaches",
        text=command.text,
        forgotten_at=ask.at + WORD_LASTS,
    )
    return Change(WordSaid(word_id=word.id), puts=(word,))


def answer_word(room: Room, command: AnswerWord, ask: Ask) -> Change:
    member = active_member(room, command.member_id)
    if member.part == "wall":
        raise Refusal("not_possible")
    _refuse_too_many(room, ask)
    word = ask.new(
        Word,
        id=room.free(Word, command.word_id),
        owner_id=member.id,
        member_id=member.id,
        by=ask.who.member_id,
        said_to="member",
        text=command.text,
        forgotten_at=ask.at + WORD_LASTS,
    )
    asked = (
        said for said in room.where(Word, member_id=member.id) if said.said_to == "coaches" and said.read_at is None
    )
    return Change(WordSaid(word_id=word.id), puts=(word, *(said.but(read_at=ask.at) for said in asked)))


def read_word(room: Room, command: ReadWord, ask: Ask) -> Change:
    word = room.get(Word, command.word_id)
    is_mine_to_read = ask.who.may(HEAR) if word.said_to == "coaches" else ask.who.owns(word)
    read = word.but(read_at=word.read_at or ask.at) if is_mine_to_read and not word.is_words_of(ask.who) else word
    return Change(WordRead(word_id=word.id), puts=read.unless(word))


def forget_word(room: Room, command: ForgetWord, ask: Ask) -> Change:
    """All that are due at once: each erasing begins a new epoch, and everybody gets a snapshot."""
    due = tuple(word for word in room.where(Word) if word.forgotten_at <= ask.at)
    return Change(WordsForgotten(), drops=tuple((Word, word.id) for word in due), erases=due)


def _refuse_too_many(room: Room, ask: Ask) -> None:
    mine = (word for word in room.where(Word) if word.by == ask.who.member_id and word.created_at > ask.at - WITHIN)
    if sum(1 for _ in mine) >= MOST_WORDS:
        raise Refusal("too_many_words")
