/** The rota in words: whose turn it would be and why, who has claimed what, and what I was asked. */

import type { Room } from '../../../room/room.svelte'
import type { Id, RoleName, Rows } from '../../../wire/types'
import { t } from '../../../wire/words'
import { nameOf, roleOf } from './floor'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** "Leroy has not been timekeeper yet." */
export function why(room: Room, { why, role, member_id, times, last_day }: Rows['suggestion']): string {
  return t(`meetings.rota.why_${why}`, {
    name: nameOf(room, member_id),
    role: t(`meetings.rota.the_${role}`),
    count: times,
    day: last_day ? day.format(new Date(last_day)) : '',
  })
}

/** For the next meeting; a claim for that very one goes before one for "next time". */
export function claimOf(room: Room, role: RoleName): Rows['claim'] | undefined {
  const next = nextMeeting(room)?.id
  const claims = room.all('claim').filter((claim) => claim.role === role)
  return (
    claims.find(({ meeting_id }) => meeting_id !== null && meeting_id === next) ??
    claims.find(({ meeting_id }) => meeting_id === null)
  )
}

export function nextMeeting(room: Room): Rows['meeting'] | undefined {
  const planned = room.all('meeting').filter(({ state }) => state === 'planned')
  return planned.sort((a, b) => a.starts_at.localeCompare(b.starts_at))[0]
}

/** What I was asked and have not answered. */
export function offersToMe(room: Room): Rows['offer'][] {
  const me = room.me?.id
  const declined: readonly Id[] = (me && room.get('declined', me)?.offer_ids) || []
  return room.all('offer').filter(({ id, member_id }) => member_id === me && !declined.includes(id))
}

/** Whether the role can be taken now; else it is claimed for next time. */
export function isOpenNow(room: Room, role: RoleName): boolean {
  const isOn = room.all('meeting').some(({ state }) => state === 'live')
  return isOn && roleOf(room, role)?.member_id === null
}

export function typesLittle(room: Room): boolean {
  return room.all('preference').some(({ types_little }) => types_little)
}
