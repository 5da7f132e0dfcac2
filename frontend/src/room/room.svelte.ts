/** The room as views use it: rows, people, link and commands, each waking only who reads it. */

import { getContext, setContext } from 'svelte'

import type { LinkState } from '../wire/link'
import { pageBuild } from '../wire/build'
import { tabStorage } from '../wire/memory'
import { openNetwork } from '../wire/network'
import type { Outcome, Refusal } from '../wire/pending'
import type { Predictions } from '../wire/predict'

import { compare } from '../wire/rank'
import { browserTimers } from '../wire/timers'
import type { Command, Id, Kind, Member, Presence, Rows, Tables } from '../wire/types'
import { onWake } from '../wire/wake'
import { Conversation, type Surroundings, type Topic } from './conversation'
import { mayDo } from './grants'
import { type Method, MethodShelf } from './method'
import { Signals } from './signals'

export interface Sent {
  readonly id: Id
  /** It is answered, and what has become of the room is here. */
  readonly isOver: boolean
  readonly outcome: Promise<Outcome>
}

export type SentListener = (command: Command, before: Tables, after: Tables, sent: Sent) => void

export interface Room {
  readonly id: Id
  /** The first snapshot is in. */
  readonly ready: boolean
  readonly me: Member | undefined
  readonly method: Method | undefined
  readonly link: LinkState
  /** Why the link has ended for good: a close code of the protocol. */
  readonly ended: { code: number } | null
  /** The server has another build than this page. */
  readonly isOutdated: boolean
  /** Commands the server has not answered yet. */
  readonly saving: number
  readonly here: ReadonlyMap<Id, Presence>
  readonly refusals: readonly Refusal[]
  /** Milliseconds since 1970 on the server's clock. */
  now(): number
  /** Rows with what I just did already in them, without removed ones; in the order of rank, or of their making. */
  all<K extends Kind>(kind: K): readonly Rows[K][]
  /** The same with removed ones. */
  every<K extends Kind>(kind: K): readonly Rows[K][]
  get<K extends Kind>(kind: K, id: Id): Rows[K] | undefined
  /** Who changed it last while I was here: null is somebody unnamed, undefined nobody. */
  changedBy(rowId: Id): Id | null | undefined
  may(permission: string): boolean
  send(command: Command): Sent
  /** What commands will probably do comes from the tools, a moment after the room. */
  learn(predictions: Predictions): void
  /** Hears of each command that I send, with the room before and after it. */
  watchSent(listener: SentListener): void
  refusalAbout(rowId: Id): Refusal | undefined
  /** By row, or by the refusal's own id. */
  dismiss(which: Id): void
  pending(rowId: Id): boolean
  /** `cursor` in 0…1 of the view, while I move what I am at. */
  setPlace(view: string, editing?: Id | null, cursor?: Presence['cursor']): void
  /** An unfinished text of this tab; '' where there is none. */
  draft(place: string): string
  keepDraft(place: string, text: string): void
  /** Closes the connection; the member stays in the room. */
  leave(): void
}

const KEY = Symbol('room')

export function provideRoom(room: Room): Room {
  return setContext(KEY, room)
}

export function useRoom(): Room {
  return getContext<Room>(KEY)
}

/** Everything around it is the browser's own unless a test brings another. */
export function createRoom(id: Id, around: Partial<Around> = {}): Room {
  const storage = tabStorage()
  return new LiveRoom(id, {
    open: openNetwork(id, browserTimers, storage),
    timers: browserTimers,
    random: Math.random,
    storage,
    fetch: (address) => fetch(address),
    onWake,
    build: pageBuild,
    ...around,
  })
}

interface Around extends Surroundings {
  fetch(address: string): Promise<Response>
  onWake(wake: () => void): () => void
  /** The build of this page. */
  build(): string | null
}

interface Listed<R> {
  table: ReadonlyMap<Id, R> | undefined
  every: readonly R[]
  all: readonly R[]
}

class LiveRoom implements Room {
  readonly id: Id
  #conversation: Conversation
  #shelf: MethodShelf
  #signals = new Signals<Topic | 'method'>()
  #lists = new Map<Kind, Listed<Rows[Kind]>>()
  #stopWaking: () => void
  #sentTo: SentListener | undefined
  #build: () => string | null

  constructor(id: Id, around: Around) {
    this.#build = around.build
    this.id = id
    this.#shelf = new MethodShelf(around.fetch, around.timers, () => this.#signals.changed('method'))
    this.#conversation = new Conversation(id, around, (topic) => this.#changed(topic))
    this.#stopWaking = around.onWake(() => this.#conversation.link.wake())
  }

  get ready(): boolean {
    this.#signals.read('ready')
    return this.#conversation.ready
  }

  get me(): Member | undefined {
    this.#signals.read('me')
    const { memberId } = this.#conversation
    return memberId === null ? undefined : this.get('member', memberId)
  }

  get method(): Method | undefined {
    this.#signals.read('method')
    return this.#shelf.method
  }

  get link(): LinkState {
    this.#signals.read('link')
    return this.#conversation.link.state
  }

  get ended(): { code: number } | null {
    this.#signals.read('link')
    return this.#conversation.link.ended
  }

  get isOutdated(): boolean {
    this.#signals.read('build')
    const mine = this.#build()
    return mine !== null && this.#conversation.build !== null && this.#conversation.build !== mine
  }

  get saving(): number {
    this.#signals.read('pending')
    return this.#conversation.pending.saving
  }

  get here(): ReadonlyMap<Id, Presence> {
    this.#signals.read('here')
    return this.#conversation.people.here
  }

  get refusals(): readonly Refusal[] {
    this.#signals.read('pending')
    return this.#conversation.pending.refusals
  }

  now(): number {
    return this.#conversation.clock.now()
  }

  all<K extends Kind>(kind: K): readonly Rows[K][] {
    return this.#listed(kind).all
  }

  every<K extends Kind>(kind: K): readonly Rows[K][] {
    return this.#listed(kind).every
  }

  get<K extends Kind>(kind: K, id: Id): Rows[K] | undefined {
    this.#signals.read(kind)
    return this.#conversation.view[kind]?.get(id)
  }

  changedBy(rowId: Id): Id | null | undefined {
    return this.#conversation.changedBy(rowId)
  }

  may(permission: string): boolean {
    return mayDo(permission, this.me, this.all('role'), (kind) => this.all(kind))
  }

  send(command: Command): Sent {
    const before = this.#conversation.view
    const { waiting, outcome } = this.#conversation.send(command)
    const signals = this.#signals
    const { pending } = this.#conversation
    const sent: Sent = {
      id: waiting.id,
      outcome,
      get isOver() {
        signals.read('pending')
        return !pending.waiting.includes(waiting)
      },
    }
    this.#sentTo?.(command, before, this.#conversation.view, sent)
    return sent
  }

  learn(predictions: Predictions): void {
    this.#conversation.learn(predictions)
  }

  watchSent(listener: SentListener): void {
    this.#sentTo = listener
  }

  refusalAbout(rowId: Id): Refusal | undefined {
    return this.refusals.filter(({ about }) => about === rowId).at(-1)
  }

  dismiss(which: Id): void {
    this.#conversation.dismiss(which)
  }

  pending(rowId: Id): boolean {
    this.#signals.read('pending')
    return this.#conversation.pending.waiting.some(({ state, about }) => state !== 'acked' && about === rowId)
  }

  setPlace(view: string, editing: Id | null = null, cursor: Presence['cursor'] = null): void {
    this.#conversation.people.setPlace(view, editing, cursor)
  }

  draft(place: string): string {
    return this.#conversation.draft(place)
  }

  keepDraft(place: string, text: string): void {
    this.#conversation.keepDraft(place, text)
  }

  leave(): void {
    this.#stopWaking()
    this.#shelf.stop()
    this.#conversation.stop()
  }

  #changed(topic: Topic): void {
    this.#signals.changed(topic)
    const room = topic === 'room' && this.#conversation.view.room?.get(this.id)
    if (room) this.#shelf.want(room.method, room.method_version)
  }

  /** The same list until a row of it changes, so that what is derived from it stays still too. */
  #listed<K extends Kind>(kind: K): Listed<Rows[K]> {
    this.#signals.read(kind)
    const table = this.#conversation.view[kind]
    let listed = this.#lists.get(kind)
    if (!listed || listed.table !== table) {
      const every = [...(table?.values() ?? [])].sort(inOrder)
      listed = { table, every, all: every.filter((row) => row.removed_at === null) }
      this.#lists.set(kind, listed)
    }
    return listed as Listed<Rows[K]>
  }
}

/** Every screen lists people, themes and cards alike. */
function inOrder(a: Rows[Kind], b: Rows[Kind]): number {
  const place = (row: Rows[Kind]) => ('rank' in row ? row.rank : row.created_at)
  return compare(place(a), place(b)) || compare(a.id, b.id)
}
