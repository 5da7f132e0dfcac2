/** What others have done since somebody last listened, as few sentences: counts, never one by one. */

import { listed } from '../ui/listed'
import type { Cancel, Timers } from '../wire/timers'
import type { Id, Kind, Rows } from '../wire/types'
import { t } from '../wire/words'
import type { Room } from './room.svelte'

/** Three a minute leave room for one that is needed at once: together at most four. */
const APART = 20_000
/** Who writes one card often writes the next. */
const GATHER = 4_000

/** One thing that somebody else did: a code of the catalogue, and where it happened. */
export interface Happening {
  code: string
  list: string
}

export class News {
  #counts = new Map<string, Happening & { count: number }>()
  #next: Cancel | null = null
  #lastSaid = -APART

  constructor(
    private readonly timers: Timers,
    /** True when it was said: then it is no news any more. */
    private readonly say: (words: string) => boolean,
  ) {}

  happened(all: readonly Happening[]): void {
    for (const { code, list } of all) {
      const key = `${code} ${list}`
      this.#counts.set(key, { code, list, count: (this.#counts.get(key)?.count ?? 0) + 1 })
    }
    if (this.#counts.size > 0) this.#plan()
  }

  /** On request: everything since the last time, whether or not somebody wants it by itself. */
  told(): string {
    const words = this.#words()
    this.#forget()
    return words ? t('rooms.news_since', { news: words }) : t('rooms.news_none')
  }

  stop(): void {
    this.#next?.()
    this.#next = null
  }

  #plan(): void {
    const wait = Math.max(GATHER, this.#lastSaid + APART - this.timers.now())
    this.#next ??= this.timers.after(wait, () => {
      this.#next = null
      if (this.say(this.#words())) this.#forget()
    })
  }

  #words(): string {
    return listed([...this.#counts.values()].map(({ code, list, count }) => t(code, { list, count })))
  }

  #forget(): void {
    this.stop()
    this.#counts.clear()
    this.#lastSaid = this.timers.now()
  }
}

type Watched = Extract<Kind, 'card' | 'theme' | 'idea' | 'aim' | 'step' | 'action' | 'decision'>
type Seen = { [K in Watched]: ReadonlyMap<Id, Rows[K]> }

const WATCHED: readonly Watched[] = ['card', 'theme', 'idea', 'aim', 'step', 'action', 'decision']

/** Compares what the room shows with what it showed before. For use inside `$effect`: it wakes with the rows. */
export class Lookout {
  #before: Seen | null = null

  constructor(private readonly room: Room) {}

  look(): Happening[] {
    const before = this.#before
    const now = Object.fromEntries(
      WATCHED.map((kind) => [kind, new Map(this.room.all(kind).map((row) => [row.id, row]))]),
    ) as unknown as Seen
    this.#before = now
    if (!before) return []
    return [
      ...this.#cards(before, now),
      ...this.#others('theme', before, now, 'rooms.news_themes'),
      ...this.#others('idea', before, now, 'ideas.news'),
      ...this.#others('aim', before, now, 'rooms.news_aims'),
      ...this.#others('step', before, now, 'rooms.news_steps'),
      ...this.#others('action', before, now, 'meetings.close.news_actions'),
      ...this.#others('decision', before, now, 'meetings.close.news_decisions'),
    ]
  }

  #cards(before: Seen, now: Seen): Happening[] {
    return [...now.card.values()].flatMap((card) => {
      const was = before.card.get(card.id)
      if (was === card || !this.#isByOthers(card.id)) return []
      const list = this.#columnOf(card)
      // What was written in silence is told of when it is turned over, all at once.
      if (!was) return card.capture_id ? [] : [{ code: 'rooms.news_cards', list }]
      if (was.column !== card.column) return [{ code: 'rooms.news_moved', list }]
      return was.text === card.text ? [] : [{ code: 'rooms.news_changed', list }]
    })
  }

  #others(kind: Watched, before: Seen, now: Seen, code: string): Happening[] {
    return (
      [...now[kind].values()]
        .filter((row) => before[kind].get(row.id) !== row && this.#isByOthers(row.id))
        // Ideas of a silence are told of when they are shown, all at once.
        .filter((row) => before[kind].has(row.id) || !('capture_id' in row && row.capture_id))
        .map(() => ({ code, list: '' }))
    )
  }

  /** Undefined: it came with a snapshot, or only my own prediction shows it. */
  #isByOthers(id: Id): boolean {
    const by = this.room.changedBy(id)
    return by !== undefined && by !== this.room.me?.id
  }

  #columnOf({ board_id, column }: Rows['card']): string {
    const board = this.room.get('board', board_id)
    return board?.columns.find(({ key }) => key === column)?.title ?? ''
  }
}
