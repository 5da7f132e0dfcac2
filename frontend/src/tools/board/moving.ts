/** Places on a board: a card stands in a list, first or behind another one. Never a number: lists change under the hand. */

import type { Card, Command, Id } from '../../wire/types'

/** A column of the board, or a theme (null: in none yet). */
export type List = { column: string } | { theme: Id | null }

export interface Spot {
  list: List
  /** Behind this card; null = first. */
  after: Id | null
}

export function sameList(a: List, b: List): boolean {
  return 'column' in a ? 'column' in b && a.column === b.column : 'theme' in b && a.theme === b.theme
}

export function isIn(card: Card, list: List): boolean {
  return 'column' in list ? card.column === list.column : card.theme_id === list.theme
}

/** Counted from 1, as it is said. */
export function placeOf(ids: readonly Id[], id: Id): { at: number; count: number } {
  return { at: ids.indexOf(id) + 1, count: ids.length }
}

/** Behind whom a card goes that is dropped on the upper or lower edge of another; on no card: last. */
export function afterDrop(
  ids: readonly Id[],
  moved: Id,
  target: Id | null,
  edge: 'top' | 'bottom',
): Id | null {
  const others = ids.filter((id) => id !== moved)
  if (target === moved) return ids[ids.indexOf(moved) - 1] ?? null
  const at = target === null ? -1 : others.indexOf(target)
  if (at < 0) return others.at(-1) ?? null
  return edge === 'bottom' ? others[at]! : (others[at - 1] ?? null)
}

/** Behind whom a card goes that moves up (-1) or down (1) in its list; undefined where it cannot. */
export function afterStep(ids: readonly Id[], id: Id, by: -1 | 1): Id | null | undefined {
  const at = ids.indexOf(id)
  if (at < 0 || at + by < 0 || at + by >= ids.length) return undefined
  return by === 1 ? ids[at + 1]! : (ids[at - 2] ?? null)
}

/** Where it stands now: what "Undo" goes back to. */
export function spotOf(ids: readonly Id[], id: Id, list: List): Spot {
  return { list, after: ids[ids.indexOf(id) - 1] ?? null }
}

export function moveCommand(cardId: Id, { list, after }: Spot): Command {
  const place = 'column' in list ? { column: list.column } : { theme_id: list.theme }
  return { type: 'board.move_card', card_id: cardId, ...place, after }
}
