/** The glossary as screens read it, and which of its words stand on a screen. */

import type { Room } from '../../../room/room.svelte'
import type { Rows } from '../../../wire/types'

export type Term = Rows['term']

type Reading = Pick<Room, 'all'>

/** By the alphabet, as people look things up. */
export function glossary(room: Reading): readonly Term[] {
  return room
    .all('term')
    .filter(({ word }) => word !== null)
    .sort((a, b) => a.word!.localeCompare(b.word!, 'en-GB', { sensitivity: 'base' }))
}

/** Those of the terms that stand in a text as whole words; short ones only as they are written (IT is not "it"). */
export function termsIn(terms: readonly Term[], text: string): readonly Term[] {
  return terms.filter(({ word }) => word !== null && pattern(word).test(text))
}

const SHORT = 4

function pattern(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, word.length <= SHORT ? 'u' : 'iu')
}

/** A run of text, and the term it is, where it is one. */
export interface Piece {
  text: string
  term?: Term
}

/** A text cut where words of the glossary stand in it. */
export function pieces(terms: readonly Term[], text: string): readonly Piece[] {
  let left: readonly Piece[] = [{ text }]
  // Longer words first: "red sepsis" is one, though "sepsis" is another.
  for (const term of [...terms].sort((a, b) => b.word!.length - a.word!.length)) {
    left = left.flatMap((piece) => (piece.term ? [piece] : cut(piece.text, term)))
  }
  return left
}

function cut(text: string, term: Term): readonly Piece[] {
  const { source, flags } = pattern(term.word!)
  const found: Piece[] = []
  let from = 0
  for (const match of text.matchAll(new RegExp(source, `${flags}g`))) {
    if (match.index > from) found.push({ text: text.slice(from, match.index) })
    found.push({ text: match[0], term })
    from = match.index + match[0].length
  }
  if (from < text.length) found.push({ text: text.slice(from) })
  return found
}
