/** Change ideas: where each is in its life, and whose it is. */

import type { Room } from '../../room/room.svelte'
import { listed } from '../../ui/listed'
import type { Id, Idea, IdeaCapture, IdeaState, IdeaStep, Merge } from '../../wire/types'
import { t } from '../../wire/words'
import { byline, nameOf } from '../board/byline'

export type Shelf = 'list' | 'chosen' | 'tested' | 'later'

const SHELF_OF: Partial<Record<IdeaState, Shelf>> = {
  raw: 'list',
  clarified: 'list',
  on_ballot: 'list',
  selected: 'chosen',
  testing: 'tested',
  adapted: 'tested',
  adopted: 'tested',
  not_now: 'later',
  abandoned: 'later',
}

/** What became one with another idea is told of there. */
export function shelfOf({ state }: Idea): Shelf | undefined {
  return SHELF_OF[state]
}

export function onShelf(ideas: readonly Idea[], shelf: Shelf): Idea[] {
  return ideas.filter((idea) => shelfOf(idea) === shelf)
}

/** Only its author, the person it speaks for, and who keeps the record change the words. */
export { isWordsOf } from '../board/cards'

/** Whose idea it is: of the person it speaks for, before who typed it. */
export { speaker as proposerOf } from '../board/cards'

export function openCapture(captures: Iterable<IdeaCapture>): IdeaCapture | undefined {
  return [...captures].find(({ state, removed_at }) => state === 'writing' && !removed_at)
}

/** Whether the time that was said for it is over. */
export function isPast({ until }: IdeaCapture, now: number): boolean {
  return until !== null && Date.parse(until) <= now
}

/** Hidden, and not to be anybody's when it is shown. */
export function isNameless(idea: Idea): boolean {
  return idea.hidden && idea.author_id === null
}

/** Whether everybody sees it. */
export function isShown({ hidden, held, removed_at }: Idea): boolean {
  return !hidden && !held && removed_at === null
}

/** "Maya, patient · with Tom and Rosa", "Joe, carer or family, written by Tom". */
export function whose(room: Room, idea: Idea): string {
  const people = (id: Id) => room.get('member', id)
  const { name, voice, aside } = byline(idea, people, room.method)
  const who = idea.author_id === null ? t('ideas.no_name') : name
  const said = [who, voice, aside].filter(Boolean).join(', ')
  const others = idea.credited.map((id) => nameOf(id, people))
  return others.length ? `${said} · ${t('ideas.together_with', { names: listed(others) })}` : said
}

/** Who is at work on this row just now, others than me. */
export function writersOf(room: Pick<Room, 'here' | 'me' | 'get'>, id: Id): string[] {
  return [...room.here]
    .filter(([member, { editing }]) => editing === id && member !== room.me?.id)
    .map(([member]) => nameOf(member, (id) => room.get('member', id)))
}

export function stepsOf(room: Pick<Room, 'all'>, ideaId: Id): IdeaStep[] {
  return room.all('idea_step').filter(({ idea_id }) => idea_id === ideaId)
}

/** What somebody still has to answer, with ideas that are all still there. */
export function openAsks(room: Pick<Room, 'all' | 'get'>): Merge[] {
  return room
    .all('merge')
    .filter(
      ({ state, into_id, idea_ids }) =>
        state === 'asked' && [into_id, ...idea_ids].every((id) => room.get('idea', id)?.removed_at === null),
    )
}

export function asksOfMe(room: Pick<Room, 'all' | 'get' | 'me'>): Merge[] {
  return openAsks(room).filter(({ waiting }) => room.me !== undefined && waiting.includes(room.me.id))
}

const FOUND = /[\p{L}\p{N}]+/gu

/** Ideas in whose words, notes or reasons every word of the search begins one of theirs. */
export function search(ideas: readonly Idea[], steps: readonly IdeaStep[], wanted: string): Idea[] {
  const needles = wordsOf(wanted)
  if (needles.length === 0) return [...ideas]
  return ideas.filter(({ id, text, note }) => {
    const reasons = steps.filter(({ idea_id }) => idea_id === id).map(({ reason }) => reason)
    const words = wordsOf([text, note, ...reasons].join(' '))
    return needles.every((needle) => words.some((word) => word.startsWith(needle)))
  })
}

function wordsOf(text: string): string[] {
  return text.toLocaleLowerCase('en-GB').match(FOUND) ?? []
}
