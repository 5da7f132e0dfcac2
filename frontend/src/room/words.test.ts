import { expect, test } from 'vitest'

import type { Room } from './room.svelte'
import { conversations, unreadOf, type Word } from './words'

function word(id: string, member_id: string, at: number, more: Partial<Word> = {}): Word {
  const created_at = new Date(at).toISOString()
  return {
    id,
    member_id,
    by: member_id,
    said_to: 'coaches',
    text: id,
    read_at: null,
    created_at,
    ...more,
  } as Word
}

function seenBy(me: string, isCoach: boolean, words: Word[]): Room {
  return { may: () => isCoach, me: { id: me }, all: () => words } as unknown as Room
}

test('a coach has not read what members said; a member has not read what a coach answered', () => {
  const said = word('a break', 'maya', 1)
  const answer = word('of course', 'maya', 2, { by: 'anne', said_to: 'member' })
  expect(unreadOf(seenBy('anne', true, [said, answer]))).toEqual([said])
  expect(unreadOf(seenBy('maya', false, [said, answer]))).toEqual([answer])
})

test('what was read is over', () => {
  const said = word('a break', 'maya', 1, { read_at: '2026-11-25T12:00:00.000Z' })
  expect(unreadOf(seenBy('anne', true, [said]))).toEqual([])
})

test('whoever spoke last stands first', () => {
  const words = [word('1', 'maya', 1), word('2', 'joe', 2), word('3', 'maya', 3)]
  expect(conversations(words).map(({ memberId, words }) => [memberId, words.length])).toEqual([
    ['maya', 2],
    ['joe', 1],
  ])
})
