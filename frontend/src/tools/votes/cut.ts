/** Where a list is cut after the votes are counted. Who ties across the line stays. */

import type { Id } from '../../wire/types'
import type { Ballot, Line } from './ballot'

export type Cut = { by: 'top'; count: number } | { by: 'votes'; votes: number }

/** Best first; of equals the one with the earlier letter. */
export function inOrder(lines: readonly Line[]): Line[] {
  return [...lines].sort((a, b) => a.place - b.place || byLetter(a.letter, b.letter))
}

/** A to Z, then AA. */
export function byLetter(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b))
}

/** What stays. Nobody keeps what nobody voted for. */
export function keptBy(lines: readonly Line[], cut: Cut): Id[] {
  const ordered = inOrder(lines).filter(hasVotes)
  const last = cut.by === 'top' ? ordered[Math.min(cut.count, ordered.length) - 1]?.place : undefined
  return ordered
    .filter(({ place, points }) =>
      cut.by === 'top' ? last !== undefined && place <= last : (points ?? 0) >= cut.votes,
    )
    .map(({ option_id }) => option_id)
}

/** Those that share a place on both sides of the planned line. */
export function tiedAcross(lines: readonly Line[], count: number): Line[] {
  const ordered = inOrder(lines).filter(hasVotes)
  const [above, below] = [ordered[count - 1], ordered[count]]
  if (!above || !below || above.place !== below.place) return []
  return ordered.filter(({ place }) => place === above.place)
}

/** After so many the line was to be; undefined where nobody has said, 0 where it was not after the top few. */
export function plannedOf({ state, line }: Pick<Ballot, 'state' | 'line'>): number | undefined {
  if (state !== 'decided' || !line) return undefined
  return line.by === 'top' ? (line.at ?? 0) : 0
}

function hasVotes({ points }: Line): boolean {
  return points !== 0
}

/** Those kept last, where they share a place: the line would have gone between them. */
export function tiedAtCut(ordered: readonly Line[], kept: ReadonlySet<Id>): Line[] {
  const last = ordered.filter(({ option_id }) => kept.has(option_id)).at(-1)
  const alike = last ? ordered.filter(({ place }) => place === last.place) : []
  return alike.length > 1 && alike.every(({ option_id }) => kept.has(option_id)) ? alike : []
}

/** Those that tie where the list was cut: across the planned line, or where nobody has said, at the last one kept. */
export function tiedBy(
  { lines }: { lines: readonly Line[] },
  kept: ReadonlySet<Id>,
  planned: number | undefined,
): Line[] {
  return planned === undefined ? tiedAtCut(inOrder(lines), kept) : tiedAcross(lines, planned)
}

/** Whether something is left out that stands as high as something kept: that asks for a reason. */
export function splitsTie(lines: readonly Line[], kept: ReadonlySet<Id>): boolean {
  const lowest = Math.max(
    0,
    ...lines.filter(({ option_id }) => kept.has(option_id)).map(({ place }) => place),
  )
  return lines.some(({ option_id, place }) => place <= lowest && !kept.has(option_id))
}
