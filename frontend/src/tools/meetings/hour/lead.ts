/** Who leads an item, in words. */

import type { Room } from '../../../room/room.svelte'
import type { Item } from '../../../wire/types'
import { t } from '../../../wire/words'

export function leadOf(room: Pick<Room, 'all' | 'get'>, { lead, lead_id }: Item): string | undefined {
  if (lead === null) return undefined
  if (lead === 'member') return lead_id ? room.get('member', lead_id)?.name : undefined
  const holder = room.all('role').find(({ role }) => role === lead)?.member_id
  const name = holder ? room.get('member', holder)?.name : undefined
  return name ?? t(`meetings.hour.lead_${lead}`)
}
