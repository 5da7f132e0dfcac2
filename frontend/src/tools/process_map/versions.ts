/** What the next version of a map is called: as the first one, with a number that is free. */

import type { Room } from '../../room/room.svelte'
import type { Id, ProcessMap } from '../../wire/types'
import { t } from '../../wire/words'
import { shortened } from '../board/cards'
import { titleOf } from './map'

const TITLE = 90

type Reads = Pick<Room, 'every' | 'get'>

/** What was taken away keeps its number. */
export function titleOfNext(room: Reads, map: ProcessMap, state: 'current' | 'ideal'): string {
  const name = shortened(titleOf(firstOf(room, map)), TITLE)
  const titles = new Set(room.every('process_map').map(({ title }) => title))
  const free = (code: string, n = 2): string => {
    const title = t(code, { map: name, n })
    return titles.has(title) ? free(code, n + 1) : title
  }
  if (state === 'current') return free('process_map.title_version')
  const plain = t('process_map.title_ideal', { map: name })
  return titles.has(plain) ? free('process_map.title_ideal_again') : plain
}

/** The one that all these versions began with; a map that was drawn apart is none of them. */
function firstOf(room: Reads, map: ProcessMap, seen: readonly Id[] = []): ProcessMap {
  const change = room.get('map_change', map.id)
  const before = change && !change.apart ? room.get('process_map', change.was_id) : undefined
  return before && !seen.includes(before.id) ? firstOf(room, before, [...seen, map.id]) : map
}
