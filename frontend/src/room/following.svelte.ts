/** "Bring everyone here": who is at the room's place goes along; who browses, or is writing, gets a button. */

import { announce } from '../ui/announcer.svelte'
import { t } from '../wire/words'
import type { Place } from '../wire/types'
import type { Room } from './room.svelte'

export class Following {
  /** Where the room has gone without me. */
  offer = $state.raw<{ view: string; words: string } | null>(null)
  #last: string | undefined

  constructor(
    private readonly room: Room,
    private readonly surroundings: {
      view: () => string
      go: (view: string) => void
      titleOf: (view: string) => string
    },
  ) {}

  /** Called with the room's place whenever it may have changed. */
  saw(place: Place | undefined): void {
    const before = this.#last
    this.#last = place?.view
    const isNews = before !== undefined && place !== undefined && place.view !== before
    if (isNews && place.by !== this.room.me?.id) this.#brought(place, before)
    if (this.offer?.view === this.surroundings.view()) this.offer = null
  }

  dismiss(): void {
    this.offer = null
  }

  #brought({ view, by }: Place, before: string): void {
    const { surroundings } = this
    if (surroundings.view() === view) return
    const name = by === null ? undefined : this.room.get('member', by)?.name
    const params = { name, place: surroundings.titleOf(view) }
    const words = t(name ? 'rooms.brought_you' : 'rooms.brought_us', params)
    if (surroundings.view() === before && !isWriting()) {
      surroundings.go(view)
      announce(words)
    } else {
      this.offer = { view, words: isWriting() ? t('rooms.text_kept', params) : words }
    }
  }
}

/** An unsaved text is never moved away from. Focus alone holds nobody. */
function isWriting(): boolean {
  const field = document.activeElement
  const isField = field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement
  return document.querySelector('dialog[open]') !== null || (isField && field.value.trim() !== '')
}
