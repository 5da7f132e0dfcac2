/** Which items can pay for more time: those still to come, what is kept for the end last of all. */

import type { Item } from '../../../wire/types'
import type { Hour } from './hour'

/** Nobody pays: the hour ends later. */
export const LATER = 'later'

const KEPT = new Set<Item['meeting_step']>(['record', 'next', 'evaluate'])

export function isKept({ meeting_step }: Pick<Item, 'meeting_step'>): boolean {
  return KEPT.has(meeting_step)
}

/** The longest first: it misses the minutes least. */
export function payers({ items, item }: Pick<Hour, 'items' | 'item'>, seconds: number): readonly Item[] {
  const able = items.filter(
    (each) =>
      each.id !== item.id &&
      each.state === 'waiting' &&
      each.seconds * 1000 - each.spent_ms >= seconds * 1000,
  )
  return able.sort((a, b) => Number(isKept(a)) - Number(isKept(b)) || b.seconds - a.seconds)
}
