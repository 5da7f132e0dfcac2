/** What a version saves against the map it is compared with, and what the next one is called. */

import type { Room } from '../../room/room.svelte'
import type { Id, MapChange, ProcessMap } from '../../wire/types'
import { t } from '../../wire/words'
import { shortened } from '../board/cards'
import { titleOf } from './map'
import { percent, type Unit, wordsIn } from './times'

/** The whole way, and the waiting on it; '' where there is nothing to say of it. */
export interface Saving {
  way: string
  waiting: string
}

export function savingOf({ saved, saved_wait, saved_percent, apart }: MapChange, unit: Unit): Saving {
  if (saved === null) return { way: t('process_map.compare_unknown'), waiting: '' }
  if (saved === 0) return { way: t('process_map.saves_nothing'), waiting: '' }
  const said = { time: wordsIn(Math.abs(saved), unit), percent: percent(Math.abs(saved_percent ?? 0)) }
  const code = saved < 0 ? 'process_map.costs' : apart ? 'process_map.is_shorter' : 'process_map.saves'
  const less = saved_wait ?? 0
  const time = wordsIn(Math.abs(less), unit)
  const waiting = less && t(less > 0 ? 'process_map.waits_less' : 'process_map.waits_more', { time })
  return { way: t(code, said), waiting: waiting || '' }
}

/** For paper and the wall: "It saves 60 min, that is 47 %. The patient waits 60 min less." with what it is beside. */
export function saidAgainst(room: Pick<Room, 'get'>, map: ProcessMap): string | undefined {
  const change = room.get('map_change', map.id)
  const was = change && room.get('process_map', change.was_id)
  if (!change?.saved || !was || was.removed_at !== null) return undefined
  const { way, waiting } = savingOf(change, map.unit)
  const partial = change.partial && t('process_map.compare_partial')
  return [t('process_map.beside_map', { map: titleOf(was) }), way, waiting, partial].filter(Boolean).join(' ')
}

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
