/** One member's conversation with a room: what was heard, what was said and not answered, and the view of both. */

import { newId } from '../wire/ids'
import { Link, type LinkOwner } from '../wire/link'
import { Memory } from '../wire/memory'
import { type Kept, type Outcome, Pending, type Refusal, type Waiting } from '../wire/pending'
import { predicted, type Predictions } from '../wire/predict'
import { changedKinds, Replica, type ResumePoint, withRows } from '../wire/replica'
import type { Cancel, Timers } from '../wire/timers'
import type { OpenTransport } from '../wire/transport'
import type {
  At,
  Command,
  Delta,
  Do,
  Hello,
  Id,
  Kind,
  Refused,
  RowLists,
  ServerMessage,
  Snapshot,
  Tables,
} from '../wire/types'
import { Clock } from './clock'
import { People } from './presence'

export interface Surroundings {
  open: OpenTransport
  timers: Timers
  random: () => number
  storage: Storage | null
}

/** What a listener may care about: rows of one kind, or one of the quieter things. */
export type Topic = Kind | 'ready' | 'me' | 'link' | 'pending' | 'here' | 'build'

/** Every few seconds: for the clock, and to notice a network that died in silence. */
const PING_EVERY = 5_000
/** The server closes on a frame above 64 KiB, and would again after every reload. */
const LARGEST = 60 * 1024
const TOO_LARGE: Omit<Refused, 'id'> = {
  type: 'refused',
  code: 'bad_command',
  params: { field: 'command', reason: 'too_large' },
  text: 'That is too long to send.',
}

export class Conversation implements LinkOwner {
  readonly clock: Clock
  readonly people: People
  readonly pending: Pending
  readonly link: Link
  /** Confirmed rows with my predictions over them. */
  view: Tables = {}
  memberId: Id | null = null
  /** Of the pages that the server gives out now. */
  build: string | null = null

  #predictions: Predictions = {}
  #replica = new Replica()
  #memory: Memory | null = null
  #seen: { tables: Tables; waiting: readonly Waiting[]; refusals: readonly Refusal[] }
  #nextPing: Cancel = () => {}
  /** This connection has said hello, and not yet that everything was sent. */
  #isNewHere = false

  constructor(
    private readonly roomId: Id,
    private readonly around: Surroundings,
    private readonly changed: (topic: Topic) => void,
  ) {
    const { timers } = around
    this.clock = new Clock(() => timers.now())
    this.pending = new Pending(timers)
    this.people = new People(timers, (mine) => this.link.send({ type: 'presence', ...mine }))
    this.#seen = this.#now()
    this.link = new Link(around.open, this, timers, around.random)
    this.link.connect()
    this.#pingNowAndThen()
  }

  get ready(): boolean {
    return this.#replica.resume !== null
  }

  changedBy(rowId: Id): Id | null | undefined {
    return this.#replica.changedBy.get(rowId)
  }

  /** Shown at once, kept and sent again until it is answered. */
  send(command: Command): { waiting: Waiting; outcome: Promise<Outcome> } {
    const at = new Date(this.clock.now()).toISOString()
    const kept: Kept = { id: newId(), command, at, about: null }
    kept.about = subject(this.#predict(this.view, kept), command)
    let answered: (outcome: Outcome) => void
    const outcome = new Promise<Outcome>((resolve) => (answered = resolve))
    const waiting = this.pending.add(kept, answered!)
    this.#refresh()
    return { waiting, outcome }
  }

  /** From now on these show what a command of mine will probably do. */
  learn(predictions: Predictions): void {
    this.#predictions = predictions
    this.#lookAgain()
  }

  dismiss(which: Id): void {
    this.pending.dismiss(which)
    this.#refresh()
  }

  draft(place: string): string {
    return this.#memory?.draft(place) ?? ''
  }

  keepDraft(place: string, text: string): void {
    this.#memory?.keepDraft(place, text)
  }

  stop(): void {
    this.link.stop()
    this.people.stop()
    this.pending.disconnected()
    this.#nextPing()
  }

  get resume(): ResumePoint | null {
    return this.#replica.resume
  }

  begin(): void {
    this.pending.disconnected()
    this.#replica.forgetParts()
  }

  heard(frame: ServerMessage[]): void {
    frame.forEach((message) => this.#take(message))
    this.#refresh()
  }

  stateChanged(): void {
    this.changed('link')
  }

  /** Types this build does not know fall through: a newer server may say more. */
  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'hello':
        return this.#welcome(message)
      case 'snapshot':
      case 'delta':
      case 'at':
        return this.#rows(message)
      case 'ack':
      case 'refused':
      case 'failed':
        return this.pending.answer(message)
      case 'pong':
        return this.clock.ponged(message.t, message.now)
      case 'presence':
        this.people.heard(message)
        this.changed('here')
    }
  }

  #rows(message: Snapshot | Delta | At): void {
    const wasReady = this.ready
    this.#replica.receive(message)
    if (this.ready !== wasReady) this.changed('ready')
    if (message.type === 'at' && this.#isNewHere) this.#caughtUp()
  }

  #caughtUp(): void {
    this.#isNewHere = false
    this.people.live()
    this.#ping()
  }

  #welcome({ member_id, now, build }: Hello): void {
    if (this.memberId !== null && this.memberId !== member_id) return this.#becomeAnother()
    this.build = build
    this.changed('build')
    this.#isNewHere = true
    this.clock.greeted(now)
    this.people.connected()
    if (this.memberId === null) this.#recall(member_id)
    this.pending.connected((message) => this.#deliver(message))
  }

  #recall(memberId: Id): void {
    this.memberId = memberId
    this.#memory = new Memory(this.around.storage, this.roomId, memberId)
    const { waiting, refusals } = this.#memory.remembered()
    this.pending.restore(waiting, refusals)
    this.changed('me')
  }

  /** In another tab this browser came in as somebody else: what the first one typed waits for them in memory. */
  #becomeAnother(): void {
    this.memberId = null
    this.#memory = null
    this.pending.clear()
    this.#replica.clear()
    this.link.restart()
  }

  #deliver(message: Do): void {
    const size = new TextEncoder().encode(JSON.stringify(message)).length
    if (size <= LARGEST) this.link.send(message)
    else this.pending.answer({ ...TOO_LARGE, id: message.id })
  }

  #refresh(): void {
    const before = this.#seen
    if (this.#replica.resume) this.pending.reached(this.#replica.resume.seq)
    this.#seen = this.#now()
    const { tables, waiting, refusals } = this.#seen
    if (before.tables !== tables || before.waiting !== waiting) this.#lookAgain()
    if (before.waiting === waiting && before.refusals === refusals) return
    this.#memory?.remember({
      waiting: waiting.filter(({ state }) => state !== 'acked').map(toKeep),
      refusals,
    })
    this.changed('pending')
  }

  #lookAgain(): void {
    const view = this.pending.waiting.reduce(
      (tables, each) => withRows(tables, this.#predict(tables, each)),
      this.#replica.tables,
    )
    const kinds = changedKinds(this.view, view)
    this.view = view
    kinds.forEach(this.changed)
  }

  #predict(tables: Tables, { id, command, at }: Kept): RowLists {
    if (this.memberId === null) return {}
    return predicted(this.#predictions, tables, command, { id, me: this.memberId, now: at })
  }

  #now() {
    return {
      tables: this.#replica.tables,
      waiting: this.pending.waiting,
      refusals: this.pending.refusals,
    }
  }

  #pingNowAndThen(): void {
    this.#nextPing = this.around.timers.after(PING_EVERY, () => {
      if (this.link.state === 'live') this.#ping()
      this.#pingNowAndThen()
    })
  }

  #ping(): void {
    this.link.send({ type: 'ping', t: Math.round(this.around.timers.now()) })
  }
}

/** The row a command is about: the first it changes, or else the first it names. */
function subject(rows: RowLists, command: Command): Id | null {
  const changed = Object.values(rows)[0]?.[0]
  if (changed) return changed.id
  const named = Object.entries(command).find(([field, value]) => field.endsWith('_id') && value !== null)
  return named ? (named[1] as Id) : null
}

function toKeep({ id, command, at, about }: Waiting): Kept {
  return { id, command, at, about }
}
