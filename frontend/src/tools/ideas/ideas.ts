/** Change ideas: where each is in its life, and whose it is. */

import type { Idea, IdeaCapture, IdeaState, Member } from '../../wire/types'

/** Lists of the page, in the order of an idea's life. */
export const SHELVES = ['list', 'chosen', 'tested', 'later'] as const
export type Shelf = (typeof SHELVES)[number]

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
export function isWordsOf({ author_id, proxy_for }: Idea, me: Member | undefined): boolean {
  return me !== undefined && (author_id === me.id || proxy_for === me.id)
}

export function openCapture(captures: Iterable<IdeaCapture>): IdeaCapture | undefined {
  return [...captures].find(({ state, removed_at }) => state === 'writing' && !removed_at)
}

/** Hidden, and not to be anybody's when it is shown. */
export function isNameless(idea: Idea): boolean {
  return idea.hidden && idea.author_id === null
}
