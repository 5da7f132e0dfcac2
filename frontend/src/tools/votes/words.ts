/** What a ballot asks of people, in words: one sentence, however it was set. */

import { listed } from '../../ui/listed'
import { t } from '../../wire/words'
import type { Ballot } from './ballot'

type Ways = Pick<
  Ballot,
  'of' | 'mode' | 'votes_each' | 'per_item' | 'must_use_all' | 'weights' | 'seconds' | 'apart'
>

/** "14 ideas: 4 votes each, one per idea, 90 seconds, secret" */
export function sentenceOf(ballot: Ways, count: number): string {
  const how = [...waysOf(ballot), timeOf(ballot), t(`votes.is_${ballot.mode}`)].filter(Boolean)
  return t('votes.sentence', { what: t(`votes.${ballot.of}`, { count }), how: how.join(', ') })
}

/** "4 votes each, one per idea" */
export function waysOf({ of, votes_each, per_item, must_use_all, weights }: Ways): string[] {
  if (weights.length) return [t('votes.each_weighted', { points: listed(weights.map(String)) })]
  return [
    t('votes.each', { count: votes_each }),
    ...(votes_each > 1 ? [t(`votes.per_${of}`, { count: per_item })] : []),
    ...(must_use_all ? [t('votes.all_used')] : []),
  ]
}

/** What the hand holds in all: "of 4, one per idea". */
export function handWords(ballot: Ways): string {
  const [each, ...more] = waysOf(ballot)
  if (ballot.weights.length) return each!
  return [t('votes.of_all', { count: ballot.votes_each }), ...more].join(', ')
}

function timeOf({ seconds, apart }: Ways): string {
  if (apart) return ''
  return seconds === null ? t('votes.no_limit') : lasting(seconds)
}

/** "90 seconds", "3 minutes" */
export function lasting(seconds: number): string {
  const isMinutes = seconds >= 120 && seconds % 60 === 0
  return isMinutes ? t('votes.minutes', { count: seconds / 60 }) : t('votes.seconds', { count: seconds })
}

/** "MP" of Maya Patel; of one name alone its beginning, for there are Maya and Mei. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  if (words.length === 1) return [...name.trim()].slice(0, 2).join('')
  return words
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()
}

/** Why one more cannot be placed: "That would be a fifth vote. You have placed all 4. …" */
export function oneTooMany({ votes_each: count }: Ways, letter: string): string {
  const nth = t('votes.nth').split(' | ')[count - 1]
  return nth ? t('votes.too_many', { nth, count, letter }) : t('votes.too_many_more', { all: count, letter })
}
