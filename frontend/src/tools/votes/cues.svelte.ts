/** What is said while a ballot is open: it closes soon and votes are left; it has closed; the result is there. */

import { untrack } from 'svelte'

import { announce } from '../../ui/announcer.svelte'
import { t } from '../../wire/words'
import type { Ballot } from './ballot'

/** So long before the end whoever has votes left is told for the last time. */
const SOON = 20_000

interface Seen {
  id: string
  state: Ballot['state']
  left: number
}

export class Cues {
  #before: Seen | undefined

  constructor(private readonly says: (words: string) => void = announce) {}

  /** With each beat and each change. `votesLeft`: of mine; undefined where I do not vote. */
  look(ballot: Ballot | undefined, votesLeft: number | undefined, now: number): void {
    untrack(() => this.#look(ballot, votesLeft, now))
  }

  #look(ballot: Ballot | undefined, votesLeft: number | undefined, now: number): void {
    const before = this.#before
    const left = ballot?.ends_at ? Date.parse(ballot.ends_at) - now : Infinity
    this.#before = ballot && { id: ballot.id, state: ballot.state, left }
    if (!ballot || before?.id !== ballot.id) return
    if (before.state !== ballot.state) this.#turned(before.state, ballot.state)
    else if (ballot.state === 'open' && votesLeft) this.#reminds(before.left, left, votesLeft, ballot)
  }

  #turned(before: Ballot['state'], state: Ballot['state']): void {
    if (state === 'closed') this.says(t('votes.has_closed'))
    if (state === 'clarify' && before === 'open') this.says(t('votes.has_paused'))
    if (state === 'open' && before !== 'draft') this.says(t('votes.has_opened_again'))
    if (state === 'void') this.says(t('votes.has_been_voided'))
  }

  #reminds(before: number, left: number, count: number, { seconds }: Ballot): void {
    const passed = (mark: number) => before > mark && left <= mark
    if (passed(SOON)) this.says(t('votes.soon_over', { count }))
    else if (seconds !== null && seconds > 60 && passed(seconds * 500))
      this.says(t('votes.half_over', { count }))
  }
}
