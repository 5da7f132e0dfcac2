/** Words of a row while somebody writes them anew: not lost with the page, and never over newer words unseen. */

import { untrack } from 'svelte'

import type { Room } from '../room/room.svelte'

interface Worded {
  text: string | null
  rev: number
}

interface Draft {
  room: Pick<Room, 'draft' | 'keepDraft'>
  place: string
}

/** Made while a component is: what others write shows at once, but never over what is being written. */
export class Rewriting {
  /** What stands in the field. */
  text = $state('')
  /** The words as they were when writing began. */
  #seen = $state.raw({ text: '', rev: 0 })

  readonly isChanged = $derived.by(() => this.said !== this.#seen.text)
  /** Somebody else has written meanwhile, and something else. */
  readonly isOvertaken = $derived.by(() => this.isChanged && this.#isNewer && !this.#isKnown)

  constructor(
    private readonly row: () => Worded,
    private readonly draft?: Draft,
  ) {
    this.text = untrack(() => draft?.room.draft(draft.place) || this.#now.text)
    untrack(() => this.look())
    $effect(() => {
      const { text, rev } = this.#now
      untrack(() => (rev !== this.#seen.rev || text !== this.#seen.text) && this.#meet())
    })
    $effect(() => this.#keep(this.isChanged ? this.text : ''))
  }

  /** What will be sent. */
  get said(): string {
    return this.text.trim()
  }

  /** Of the words that these are to take the place of. */
  get rev(): number {
    return this.#seen.rev
  }

  /** What stands there is in the field again. */
  follow(): void {
    this.text = this.#now.text
    this.look()
    this.#keep('')
  }

  /** Who has looked at what stands there writes over it knowingly. */
  look(): void {
    this.#seen = this.#now
  }

  /** It is on its way. Before predictions have come the row still says what stood there. */
  sent(): void {
    this.#seen = { text: this.said, rev: Math.max(this.#now.rev, this.#seen.rev + 1) }
    this.#keep('')
  }

  #meet(): void {
    if (!this.isChanged) this.follow()
    else if (this.#isKnown) this.look()
  }

  #keep(text: string): void {
    this.draft?.room.keepDraft(this.draft.place, text)
  }

  get #now(): { text: string; rev: number } {
    const { text, rev } = this.row()
    return { text: text ?? '', rev }
  }

  get #isNewer(): boolean {
    return this.#now.rev > this.#seen.rev
  }

  /** Whether there is nothing to look at: it says what it said, or the very words that are in the field. */
  get #isKnown(): boolean {
    const { text } = this.#now
    return text === this.#seen.text || text === this.said
  }
}
