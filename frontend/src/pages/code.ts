/** Short codes as people type and paste them: eight letters and numbers, shown as two groups of four. */

import { BACK, JOIN } from './routes'
import { arrivedAt, type Brought } from './token'

const GROUP = 4
const LETTERS = 8

/** Capitals, blanks and hyphens are nobody's business. */
export function lettersOf(typed: string): string {
  return typed.toUpperCase().replace(/%20|[^A-Z0-9]/g, '')
}

/** "KTMP4Q" as "KTMP 4Q". */
export function grouped(typed: string): string {
  const letters = lettersOf(typed)
  return letters.length > GROUP ? `${letters.slice(0, GROUP)} ${letters.slice(GROUP)}` : letters
}

export function isWhole(typed: string): boolean {
  return lettersOf(typed).length === LETTERS
}

/** Where a link or a whole message leads that somebody has pasted in place of a code; null for anything else. */
export function linkIn(pasted: string): { path: string; brought: Brought } | null {
  const { path, brought } = arrivedAt(pasted)
  if (!brought) return null
  return { path: path.endsWith(BACK) ? BACK : JOIN, brought }
}
