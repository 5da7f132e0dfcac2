/** Private words between one member and the coaches: who is waiting for an answer, and what was said. */

import type { Id, Rows } from '../wire/types'
import type { Room } from './room.svelte'

export type Word = Rows['word']

/** For use inside `$derived`: what this person has not read yet, the oldest first. */
export function unreadOf(room: Room): Word[] {
  const mine = room.may('rooms.hear') ? 'coaches' : 'member'
  return room
    .all('word')
    .filter(({ said_to, read_at, by }) => said_to === mine && read_at === null && by !== room.me?.id)
}

/** By member, whoever said something last first. */
export function conversations(words: readonly Word[]): { memberId: Id; words: Word[] }[] {
  const found = new Map<Id, Word[]>()
  for (const word of words) found.set(word.member_id, [...(found.get(word.member_id) ?? []), word])
  return [...found]
    .map(([memberId, words]) => ({ memberId, words }))
    .sort((a, b) => b.words.at(-1)!.created_at.localeCompare(a.words.at(-1)!.created_at))
}
