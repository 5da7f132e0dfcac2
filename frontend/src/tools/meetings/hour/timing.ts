/** How the time of items and of the hour is counted: the same words as the server's, in milliseconds. */

import type { Item, Meeting } from '../../../wire/types'

const MINUTE = 60_000
/** So long before its time a meeting may begin and still end when the series says. */
export const EARLY = 15 * MINUTE
/** So long a team waits for its coaches. */
export const GRACE = 2 * MINUTE

type Timed = Pick<Item, 'seconds' | 'spent_ms' | 'began_at' | 'ends_at'>

/** What it still has; less than nothing once it is over time. Never more than it was given. */
export function left(item: Timed, now: number): number {
  const whole = item.seconds * 1000 - item.spent_ms
  return item.ends_at === null ? whole : Math.min(Date.parse(item.ends_at) - now, whole)
}

/** What it has taken in all, without pauses. */
export function spent(item: Timed, now: number): number {
  return item.spent_ms + (item.began_at === null ? 0 : Math.max(now - Date.parse(item.began_at), 0))
}

/** Beginning late does not move it. Who begins at another time altogether has the whole length. */
export function hourEnds({ starts_at, minutes, started_at }: Meeting): number {
  const planned = Date.parse(starts_at)
  const length = minutes * MINUTE
  const begun = started_at === null ? planned : Date.parse(started_at)
  return planned - EARLY <= begun && begun < planned + length ? planned + length : begun + length
}

/** When it would end if everything that is still to come took as long as it has. */
export function wouldEnd(items: readonly (Timed & Pick<Item, 'state'>)[], now: number): number {
  const toCome = items.filter(({ state }) => state === 'now' || state === 'waiting')
  return toCome.reduce((end, item) => end + Math.max(left(item, now), 0), now)
}

export interface Clock {
  /** "03:08", and "+1:20" once it is over time. */
  text: string
  state: 'running' | 'last' | 'over'
}

/** Whole seconds, as everybody's screen shows them. */
export function clock(left: number): Clock {
  if (left <= 0) {
    const over = Math.floor(-left / 1000)
    return { text: `+${Math.floor(over / 60)}:${two(over % 60)}`, state: 'over' }
  }
  const seconds = Math.ceil(left / 1000)
  return {
    text: `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`,
    state: seconds <= 60 ? 'last' : 'running',
  }
}

function two(count: number): string {
  return String(count).padStart(2, '0')
}

export type Cue = 'half' | 'minute' | 'up'

/** What has just come: the latest, where several came while nobody looked. */
export function cue({ seconds }: Pick<Item, 'seconds'>, before: number, now: number): Cue | null {
  const passed = (mark: number) => before > mark && now <= mark
  if (passed(0)) return 'up'
  if (seconds > 60 && passed(MINUTE)) return 'minute'
  return seconds > 120 && passed(seconds * 500) ? 'half' : null
}
