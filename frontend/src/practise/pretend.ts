/**
 * A room that is nowhere: a transport without a line, which answers by the same predictions as the screen. Made-up
 * people are in it. Nothing leaves this page, and nothing outlives it.
 */

import { newId } from '../wire/ids'
import { predicted, type Predictions } from '../wire/predict'
import { type ResumePoint, withRows } from '../wire/replica'
import type { Timers } from '../wire/timers'
import type { Listener, OpenTransport, Transport } from '../wire/transport'
import type { ClientMessage, Command, Id, Presence, RowLists, ServerMessage, Tables } from '../wire/types'

/** So long a server takes: the screen shows "saving" and "saved" as it would. */
const ANSWERS_AFTER = 60
const EPOCH = 'practice'
/** Nobody browses: what others see is where somebody writes. */
const HERE: Presence = { view: null, cursor: null, editing: null }

export class Pretend {
  #tables: Tables
  #seq = 1
  #listener: Listener | null = null
  /** What others write in silence, until it is turned over. */
  #hidden = new Set<Id>()

  constructor(
    rows: RowLists,
    private readonly me: Id,
    private readonly people: readonly Id[],
    private readonly predictions: Predictions,
    private readonly timers: Timers,
    /** Hears of everything the person at this screen has done. */
    private readonly done: (command: Command) => void,
  ) {
    this.#tables = withRows({}, rows)
  }

  readonly open: OpenTransport = (_resume: ResumePoint | null, listener: Listener): Transport => {
    this.#listener = listener
    this.#soon(() => this.#greet())
    return {
      send: (message) => this.#soon(() => this.#heard(message)),
      prove: (t) => this.#soon(() => this.#heard({ type: 'ping', t })),
      close: () => (this.#listener = null),
    }
  }

  get rows(): Tables {
    return this.#tables
  }

  /** Somebody made up does something. */
  act(who: Id, command: Command): void {
    this.#say(...this.#decide(who, command, newId()))
  }

  /** All cards of a silence are turned over at once. */
  reveals(captureId: Id): void {
    const capture = this.#tables.capture?.get(captureId)
    if (capture?.state !== 'writing') return
    const cards = [...this.#tables.card!.values()].filter(({ capture_id }) => capture_id === captureId)
    this.#hidden.clear()
    this.#say(
      this.#stored(null, {
        capture: [{ ...capture, state: 'revealed', asking: 0 }],
        card: cards.map((card) => ({ ...card, hidden: false })),
      }),
    )
  }

  /** Others see that somebody is writing, and never what. */
  writes(who: Id, editing: Id | null): void {
    this.#say({ type: 'presence', members: { [who]: { ...HERE, editing } } })
  }

  #greet(): void {
    const members = Object.fromEntries([this.me, ...this.people].map((id) => [id, HERE]))
    const rows = this.#seen(
      Object.fromEntries(
        Object.entries(this.#tables).map(([kind, table]) => [kind, [...table.values()]]),
      ) as RowLists,
    )
    this.#say(
      {
        type: 'hello',
        member_id: this.me,
        epoch: EPOCH,
        seq: this.#seq,
        now: Date.now(),
        build: '',
        tick_ms: 20,
      },
      { type: 'snapshot', epoch: EPOCH, seq: this.#seq, part: 1, of: 1, rows },
      { type: 'at', seq: this.#seq },
      { type: 'presence', members },
    )
  }

  #heard(message: ClientMessage): void {
    if (message.type === 'ping') this.#say({ type: 'pong', t: message.t, now: Date.now() })
    if (message.type !== 'do') return
    const { id, command } = message
    this.#say(...this.#decide(this.me, command, id), { type: 'ack', id, seq: this.#seq })
    this.done(command)
  }

  #decide(by: Id, command: Command, id: Id): ServerMessage[] {
    const at = new Date().toISOString()
    const put = predicted(this.predictions, this.#tables, command, { id, me: by, now: at })
    if (Object.keys(put).length === 0) return []
    if (by !== this.me) put.card?.filter(({ hidden }) => hidden).forEach(({ id }) => this.#hidden.add(id))
    return [this.#stored(by, put)]
  }

  #stored(by: Id | null, put: RowLists): ServerMessage {
    this.#tables = withRows(this.#tables, put)
    this.#seq += 1
    const at = new Date().toISOString()
    return { type: 'delta', seq: this.#seq, at, by, fact: null, put: this.#seen(put), drop: {} }
  }

  #seen(rows: RowLists): RowLists {
    return rows.card ? { ...rows, card: rows.card.filter(({ id }) => !this.#hidden.has(id)) } : rows
  }

  #say(...frame: ServerMessage[]): void {
    if (frame.length > 0) this.#listener?.heard(frame)
  }

  #soon(run: () => void): void {
    this.timers.after(ANSWERS_AFTER, run)
  }
}
