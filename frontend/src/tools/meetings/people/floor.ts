/** Who speaks, who would like to, and which roles are whose: as every screen of the room reads it. */

import type { Room } from '../../../room/room.svelte'
import { listed } from '../../../ui/listed'
import type { Id, Member, RoleName, Rows } from '../../../wire/types'
import { t } from '../../../wire/words'

export const ROLES: readonly RoleName[] = ['leader', 'recorder', 'timekeeper', 'facilitator']

/** So many are named; of more there is a count. */
const MOST_NAMES = 3

export function nameOf(room: Room, id: Id | null | undefined): string {
  return (id && room.get('member', id)?.name) || t('rooms.somebody')
}

export function roleOf(room: Room, role: RoleName): Rows['role'] | undefined {
  return room.all('role').find((row) => row.role === role)
}

export function mine(room: Room): RoleName[] {
  const id = room.me?.id
  return ROLES.filter((role) => id !== undefined && roleOf(room, role)?.member_id === id)
}

/** In the order of raising, each person once. */
export function hands(room: Room): Id[] {
  return [...new Set(room.all('hand').map(({ member_id }) => member_id))]
}

export function floorOf(room: Room): Rows['floor'] | undefined {
  return room.all('floor')[0]
}

/** Of those who lead turns: all who are still to come. Of everybody else: at most themselves. */
export function toCome(room: Room): Rows['turn'][] {
  return [...room.all('turn')].sort((a, b) => a.number - b.number)
}

/** "Leroy would like to speak", "Leroy, Sam and 2 others would like to speak". */
export function whoWouldSpeak(room: Room): string {
  const ids = hands(room)
  const names = ids.map((id) => nameOf(room, id))
  const some =
    names.length <= MOST_NAMES
      ? names
      : [...names.slice(0, MOST_NAMES - 1), t('rooms.others', { count: names.length - MOST_NAMES + 1 })]
  return t('meetings.turns.would_speak', { names: listed(some) })
}

/** "Leroy speaks. 5 are still to come." */
export function whoSpeaks(room: Room): string | null {
  const floor = floorOf(room)
  if (!floor?.member_id) return null
  const speaks = t('meetings.turns.speaks', { name: nameOf(room, floor.member_id) })
  if (!floor.is_round) return speaks
  const left = floor.to_come
  return `${speaks} ${left ? t('meetings.turns.to_come', { count: left }) : t('meetings.turns.last_one')}`
}

/** Who can hold a role or be asked in a round, by name; walls and those who only look on are neither. */
export function candidates(room: Room): Member[] {
  return room
    .all('member')
    .filter(({ state, part }) => state === 'active' && part !== 'wall' && part !== 'observer')
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

/** A round asks those who are here and those without a device, and not the coaches: they coach. */
export function askedInARound(room: Room): Id[] {
  return candidates(room)
    .filter(({ id, part, without_device }) => part !== 'coach' && (without_device || room.here.has(id)))
    .map(({ id }) => id)
}

/** The item that is on now, where a meeting is. */
export function itemNow(room: Room): Rows['item'] | undefined {
  const meeting = room.all('meeting').find(({ state }) => state === 'live')
  return meeting?.item_id ? room.get('item', meeting.item_id) : undefined
}

export function isReady(room: Room): boolean {
  const item = itemNow(room)
  const me = room.me?.id
  return item !== undefined && me !== undefined && room.get('ready', me)?.item_id === item.id
}

/** "9 of 15 are ready", never who; nothing while nobody is. */
export function howManyReady(room: Room): string | null {
  const item = itemNow(room)
  const count = room.all('ready_count').find(({ item_id }) => item_id === item?.id)?.count ?? 0
  const here = [...room.here.keys()].filter((id) => {
    const part = room.get('member', id)?.part
    return part !== undefined && part !== 'wall' && part !== 'observer'
  }).length
  return count > 0 ? t('meetings.turns.ready_count', { count, all: Math.max(count, here) }) : null
}
