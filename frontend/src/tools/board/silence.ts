/** Writing in silence: what is captured where, and what of it is mine. */

import type { Capture, Card, Id, RowLists, Tables } from '../../wire/types'

/** The capture that a card in this column is written in. */
export function captureOver(tables: Tables, boardId: Id, column: string): Capture | undefined {
  return over(openOn(tables, boardId), column)
}

/** Of those that are open on one board. */
export function over(open: readonly Capture[], column: string): Capture | undefined {
  return open.find((capture) => capture.column === null || capture.column === column)
}

export function openOn(tables: Tables, boardId: Id): Capture[] {
  return openOf([...(tables.capture?.values() ?? [])], boardId)
}

export function openOf(captures: readonly Capture[], boardId: Id): Capture[] {
  return captures.filter(({ board_id, state }) => board_id === boardId && state === 'writing')
}

/** Hidden, and not to be anybody's when it is shown. */
export function isNameless(card: Card): boolean {
  return card.hidden && card.author_id === null
}

/** What a new card in this capture leaves out of who wrote it. */
export function withoutName(capture: Capture | undefined, card: Card, fromPatient: boolean): Card {
  if (!capture) return card
  const hidden = { ...card, hidden: true, capture_id: capture.id }
  if (capture.mode === 'named') return hidden
  const voice = capture.mode === 'voice' ? card.voice : null
  return { ...hidden, author_id: null, proxy_for: null, voice, from_patient: fromPatient }
}

/** Its capture with the count as it will be once this card is written, taken back or put back. */
export function counted(tables: Tables, card: Card): RowLists {
  const capture = card.hidden && card.capture_id ? tables.capture?.get(card.capture_id) : undefined
  if (!capture) return {}
  const before = tables.card?.get(card.id)
  const change = Number(isThere(card)) - Number(before !== undefined && isThere(before))
  return change ? { capture: [{ ...capture, written: Math.max(0, capture.written + change) }] } : {}
}

/** Cards of a capture that I have written and not taken back. */
export function mineIn(cards: readonly Card[], capture: Capture): Card[] {
  return cards.filter((card) => card.hidden && card.capture_id === capture.id && isThere(card))
}

function isThere(card: Card): boolean {
  return !card.removed_at && !card.redacted_at
}
