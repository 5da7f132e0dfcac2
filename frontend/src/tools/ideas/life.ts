/** An idea's life on one line: where it comes from, what it became, round by round, and why. */

import type { Room } from '../../room/room.svelte'
import type { Id, Idea, IdeaStep } from '../../wire/types'
import { t } from '../../wire/words'
import { shortened } from '../board/cards'
import { day } from '../when'
import { stepsOf } from './ideas'

export interface Moment {
  id: Id
  /** "On the ballot", "Round 1: 12 points, 1st" */
  what: string
  when: string | undefined
  why: string | undefined
  href: string | undefined
  /** What it is now. */
  isNow: boolean
}

export function lifeOf(room: Room, idea: Idea): Moment[] {
  const steps = stepsOf(room, idea.id)
  const origins = originsOf(room, idea)
  const written = moment('written', t('ideas.was_written'), day(idea.created_at, room.now()))
  const later = steps.map((step, at) => ofStep(room, step, at === steps.length - 1))
  const merged = idea.merged_into ? room.get('idea', idea.merged_into) : undefined
  const into = merged ? [moment('into', named(merged), undefined, `#ideas/${merged.id}`)] : []
  return [...origins, written, ...later, ...into]
}

function originsOf(room: Room, idea: Idea): Moment[] {
  const card = idea.card_id ? room.get('card', idea.card_id) : undefined
  const theme = idea.theme_id ? room.get('theme', idea.theme_id) : undefined
  const aim = idea.aim_id ? room.get('aim', idea.aim_id) : undefined
  return [
    ...(card ? [moment('card', t('ideas.from_card', { text: quoted(card.text) }), undefined, '#board')] : []),
    ...(theme
      ? [moment('theme', t('ideas.from_theme', { text: quoted(theme.title) }), undefined, '#themes')]
      : []),
    ...(aim ? [moment('aim', t(`roadmap.aim.${aim.kind}`), undefined, `#aim/${aim.kind}`)] : []),
  ]
}

function ofStep(room: Room, step: IdeaStep, isLast: boolean): Moment {
  const href = step.ballot_id ? `#ballot/${step.ballot_id}` : undefined
  return {
    ...moment(step.id, says(step), day(step.created_at, room.now()), href),
    why: step.reason ?? undefined,
    isNow: isLast,
  }
}

function says({ state, round, points, place }: IdeaStep): string {
  const what = state === 'raw' ? t('ideas.unclear_again') : t(`ideas.state_${state}`)
  if (round === null) return what
  const tally =
    points === null ? t('ideas.round', { round }) : t('ideas.round_points', { round, count: points })
  const rank = place === null ? '' : t('ideas.place', { n: place })
  return [what, [tally, rank].filter(Boolean).join(', ')].join(': ')
}

function moment(id: string, what: string, when?: string, href?: string): Moment {
  return { id, what, when, why: undefined, href, isNow: false }
}

function quoted(text: string | null | undefined): string {
  return text ? shortened(text, 36) : t('board.taken_out')
}

function named(idea: Idea): string {
  const text = quoted(idea.text)
  return idea.letter ? `${idea.letter}: ${text}` : text
}
