/** Cards of a board: which are shown where, and what can be said about them. */

import type { Card, CardText, Id, Member, Theme } from '../../wire/types'
import { t } from '../../wire/words'

/** Cards of one theme, cards without a theme, or all. */
export type Filter = Id | 'none' | null

export function cardsOf(cards: readonly Card[], boardId: Id): Card[] {
  return cards.filter(({ board_id }) => board_id === boardId)
}

export function inColumn(cards: readonly Card[], key: string, filter: Filter = null): Card[] {
  return cards.filter((card) => card.column === key && passes(card, filter))
}

export function inTheme(cards: readonly Card[], themeId: Id | null): Card[] {
  return cards.filter(({ theme_id }) => theme_id === themeId)
}

export function passes({ theme_id }: Card, filter: Filter): boolean {
  return filter === null || theme_id === (filter === 'none' ? null : filter)
}

/** Whose words it is: who it speaks for, else who typed it. */
export function speaker({ proxy_for, author_id }: Pick<Card, 'proxy_for' | 'author_id'>): Id | null {
  return proxy_for ?? author_id
}

export function speakers(cards: readonly Card[]): number {
  return new Set(cards.map(speaker).filter((id) => id !== null)).size
}

/** Only its author, the person it speaks for, and who keeps the record change the words. */
export function isWordsOf(
  { author_id, proxy_for }: Pick<Card, 'proxy_for' | 'author_id'>,
  me: Member | undefined,
): boolean {
  return me !== undefined && (author_id === me.id || proxy_for === me.id)
}

export function keptTexts(texts: readonly CardText[], cardId: Id): CardText[] {
  return texts.filter(({ card_id }) => card_id === cardId)
}

export function chosenTheme(themes: readonly Theme[]): Theme | undefined {
  return themes.find(({ chosen_at }) => chosen_at !== null)
}

/** As much of a text as fits into the name of a button or a line of a list. */
export function shortened(text: string, most = 48): string {
  const letters = [...text.replace(/\s+/g, ' ')]
  if (letters.length <= most) return letters.join('')
  const cut = letters.slice(0, most).join('')
  const atWord = cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2))
  return `${atWord}…`
}

/** Kinds are keys in the method's data; their names are words like all others. */
export function kindTitle(kind: string): string {
  const code = `board.kind.${kind}`
  const title = t(code)
  return title === code ? kind.replaceAll('_', ' ') : title
}
