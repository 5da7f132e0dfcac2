/** Who is in the practice room, and what stands there when somebody comes in. */

import type { Method } from '../room/method'
import type { Board, Member, RoomInfo, RowLists } from '../wire/types'
import { t } from '../wire/words'

export const ROOM = 'practice'
export const BOARD = 'practice-board'
export const ME = 'me'

/** Each with where they speak from: patients write as everybody does. */
const VOICES = { maya: 'patient', tom: 'nurse', grace: 'doctor', amir: 'pharmacist' } as const
export type Somebody = keyof typeof VOICES
export const PEOPLE = Object.keys(VOICES) as Somebody[]

const BORN = {
  created_at: '2026-01-01T09:00:00.000Z',
  removed_at: null,
  redacted_at: null,
  locked_by: null,
}

export function beginning(method: Method): RowLists {
  const room: RoomInfo = {
    ...BORN,
    id: ROOM,
    name: t('practise.room'),
    method: method.key,
    method_version: method.version,
    language: 'en',
    timezone: 'Europe/London',
    pathway: [],
    door: 'open',
  }
  const board: Board = {
    ...BORN,
    id: BOARD,
    title: method.board_title,
    step_key: null,
    audience: 'all',
    columns: method.lenses.map(({ key, title, question }) => ({ key, title, question })),
  }
  return {
    room: [room],
    board: [board],
    member: [
      member(ME, t('practise.you'), null),
      ...PEOPLE.map((key) => member(key, t(`practise.${key}`), VOICES[key])),
    ],
  }
}

function member(id: string, name: string, voice: string | null): Member {
  return {
    ...BORN,
    id,
    name,
    voice,
    microsystem: null,
    part: 'member',
    state: 'active',
    without_device: false,
  }
}
