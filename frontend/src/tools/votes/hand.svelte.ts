/** Where votes are placed: on my own paper, or on that of somebody at this screen, whose votes nobody keeps here. */

import { SvelteMap } from 'svelte/reactivity'

import type { Room, Sent } from '../../room/room.svelte'
import { Said } from '../../room/said.svelte'
import type { Id } from '../../wire/types'
import { myChoice } from './ballot'

export interface Hand {
  /** Whose it is, when it is not mine. */
  readonly forMember: Id | null
  votesFor(optionId: Id): number
  readonly votes: Readonly<Record<Id, number>>
  readonly abstaining: boolean
  readonly finished: boolean
  readonly refunded: readonly Id[]
  set(optionId: Id, votes: number): void
  abstain(abstaining: boolean): void
  finish(finished: boolean): void
}

type Uses = Pick<Room, 'all' | 'get' | 'me' | 'send'>

/** Saved with every tap. What the server has is what shows. */
export class MyHand implements Hand {
  readonly forMember = null

  constructor(
    private readonly room: Uses,
    private readonly ballotId: Id,
  ) {}

  /** Two taps in a second are two votes. */
  readonly #said = new Said<Record<Id, number>>()

  get #choice() {
    const ballot = this.room.get('ballot', this.ballotId)
    return ballot ? myChoice(this.room, ballot) : undefined
  }
  get votes() {
    return this.#said.or(this.#choice?.votes ?? {})
  }
  get abstaining() {
    return this.#choice?.abstaining ?? false
  }
  get finished() {
    return this.#choice?.finished ?? false
  }
  get refunded() {
    return this.#choice?.refunded ?? []
  }

  votesFor(optionId: Id): number {
    return this.votes[optionId] ?? 0
  }

  set(option_id: Id, votes: number): void {
    const now = { ...this.votes, [option_id]: votes }
    this.#said.is(
      now,
      this.room.send({ type: 'votes.set_votes', ballot_id: this.ballotId, option_id, votes }),
    )
  }
  abstain(abstaining: boolean): void {
    const sent = this.room.send({ type: 'votes.abstain', ballot_id: this.ballotId, abstaining })
    if (abstaining) this.#said.is({}, sent)
  }
  finish(finished: boolean): void {
    this.room.send({ type: 'votes.finish', ballot_id: this.ballotId, finished })
  }
}

/**
 * Somebody votes on another's device. Their paper is theirs: it never comes to this browser, so what they have tapped
 * is remembered here until they have finished, and then forgotten.
 */
export class TheirHand implements Hand {
  #votes = new SvelteMap<Id, number>()
  #abstaining = $state(false)
  #finished = $state(false)
  readonly refunded = []

  constructor(
    private readonly room: Uses,
    private readonly ballotId: Id,
    readonly forMember: Id,
    /** They press themselves: then it is not by proxy. */
    private readonly handed: boolean,
  ) {}

  get votes() {
    return Object.fromEntries(this.#votes)
  }
  get abstaining() {
    return this.#abstaining
  }
  get finished() {
    return this.#finished
  }

  votesFor(optionId: Id): number {
    return this.#votes.get(optionId) ?? 0
  }

  set(option_id: Id, votes: number): void {
    const before = this.votesFor(option_id)
    this.#votes.set(option_id, votes)
    this.#abstaining = false
    const { ballotId: ballot_id, forMember: for_member, handed } = this
    this.#unless(
      this.room.send({ type: 'votes.set_votes', ballot_id, option_id, votes, for_member, handed }),
      () => this.#votes.set(option_id, before),
    )
  }
  abstain(abstaining: boolean): void {
    if (abstaining) this.#votes.clear()
    this.#abstaining = abstaining
    const { ballotId: ballot_id, forMember: for_member, handed } = this
    this.#unless(this.room.send({ type: 'votes.abstain', ballot_id, abstaining, for_member, handed }), () => {
      this.#abstaining = !abstaining
    })
  }
  finish(finished: boolean): void {
    this.#finished = finished
    const { ballotId: ballot_id, forMember: for_member, handed } = this
    this.#unless(this.room.send({ type: 'votes.finish', ballot_id, finished, for_member, handed }), () => {
      this.#finished = !finished
    })
  }

  /** What they had put before, at another screen or by telephone, comes back to them. */
  beginAgain(): void {
    this.abstain(true)
    this.abstain(false)
  }

  #unless({ outcome }: Sent, back: () => void): void {
    void outcome.then(({ ok }) => {
      if (!ok) back()
    })
  }
}
