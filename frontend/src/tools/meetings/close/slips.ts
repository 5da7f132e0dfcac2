/** Promises, decisions and parked thoughts as a wall shows them: large, and each with one line about it. */

import type { Room } from '../../../room/room.svelte'
import type { Action, Decision, Parked } from '../../../wire/types'
import { t } from '../../../wire/words'
import { dayWord, dueWords, nameOf, parkedWords } from './promises'
import type { Slip } from './WallSlips.svelte'

export function ofAction(room: Room, action: Action, saysWhen = true): Slip {
  const isDone = action.state === 'done'
  const carried = action.carried ? t('meetings.close.carried', { count: action.carried }) : ''
  const about = [
    nameOf(room, action.member_id),
    ...(isDone ? [t('meetings.close.done')] : [saysWhen ? dueWords(room, action) : '', carried]),
  ]
  return {
    id: action.id,
    text: action.text ?? t('board.taken_out'),
    about: about.filter(Boolean).join(' · '),
    mark: isDone ? '✓' : '○',
    isDone,
  }
}

export function ofDecision(room: Room, { id, text, method, dissent, review_on }: Decision): Slip {
  const about = [
    t(`meetings.close.by_${method}`),
    dissent ? `${t('meetings.close.not_agreed')} ${dissent}` : '',
    review_on ? t('meetings.close.look_again', { day: dayWord(room, review_on) }) : '',
  ]
  return { id, text: text ?? t('board.taken_out'), about: about.filter(Boolean).join(' · ') }
}

export function ofParked(room: Room, parked: Parked): Slip {
  return { id: parked.id, text: parkedWords(room, parked) ?? t('board.taken_out'), about: '' }
}
