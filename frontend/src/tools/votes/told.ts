/** What came out, in sentences: who voted, what stays, who ties. */

import { listed } from '../../ui/listed'
import type { Id } from '../../wire/types'
import { t } from '../../wire/words'
import type { Ballot, Line, Tally } from './ballot'
import { inOrder, plannedOf, tiedBy } from './cut'

/** "14 of 15 voted, 1 abstained, 1 by proxy, 2 with votes left. 14 votes in all." */
export function turnoutWords({
  electorate,
  ballots,
  abstained,
  by_proxy,
  under_spent,
  spent,
}: Tally): string {
  const parts = [
    t('votes.voted_of', { ballots, electorate }),
    ...(abstained ? [t('votes.abstained', { count: abstained })] : []),
    ...(by_proxy ? [t('votes.by_proxy', { count: by_proxy })] : []),
    ...(under_spent ? [t('votes.under_spent', { count: under_spent })] : []),
  ]
  return `${parts.join(', ')}. ${t('votes.votes_in_all', { count: spent })}`
}

/** "5 ideas go on. D and E tie, so both stay." */
export function keptWords(
  { of, sure, ...ballot }: Pick<Ballot, 'of' | 'sure' | 'state' | 'line'>,
  tally: Tally,
  kept: ReadonlySet<Id>,
  tied: readonly Line[] = tiedBy(tally, kept, plannedOf(ballot)),
): string {
  const points = tied[0]?.points ?? null
  const letters = listed(tied.map(({ letter }) => letter))
  const stay = t(tied.length === 2 ? 'votes.stay_both' : 'votes.stay_all')
  const tie =
    points === null
      ? t('votes.tie_without', { letters, stay })
      : t('votes.tie_says', { letters, stay, points: t('votes.n_votes', { count: points }) })
  return [t(`votes.go_on_${of}`, { count: kept.size + sure.length }), ...(tied.length ? [tie] : [])].join(' ')
}

/** Where the coach drew it: "The line was to be after the top 4." */
export function lineWords({ by, at }: NonNullable<Ballot['line']>): string {
  return by === 'hand' ? t('votes.line_hand') : t(`votes.line_${by}`, { count: at ?? 0 })
}

/** For who listens: "The result: A 12, B 9, C 9, …" */
export function spokenResult(tally: Tally): string {
  const lines = inOrder(tally.lines)
  const said = lines.slice(0, MOST_SAID).map(({ letter, points, place }) => `${letter} ${points ?? place}`)
  return t(tally.withheld ? 'votes.result_places' : 'votes.result_is', { lines: said.join(', ') })
}

const MOST_SAID = 6
