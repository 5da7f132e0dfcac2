/** "Bring everyone here": who is at the room's place goes along; who browses, or is writing, gets a button. */

import { announce } from '../ui/announcer.svelte'
import type { Place } from '../wire/types'
import { t } from '../wire/words'
import { NOW } from './places'
import type { Room } from './room.svelte'

export interface Surroundings {
  view(): string
  go(view: string): void
  titleOf(view: string): string
  isWriting(): boolean
}

export class Following {
  /** Where the room has gone without me. */
  offer = $state.raw<{ view: string; words: string } | null>(null)
  #last: string | undefined

  constructor(
    private readonly room: Pick<Room, 'get' | 'me'>,
    private readonly surroundings: Surroundings,
  ) {}

  /** Called with the room's place whenever it may have changed. The first is where I came in. */
  saw(place: Place | undefined): void {
    const before = this.#last
    this.#last = place?.view
    if (before !== undefined && place !== undefined && place.view !== before) this.#brought(place, before)
    this.arrived()
  }

  /** I am somewhere else now, perhaps where I was asked to come. */
  arrived(): void {
    if (this.offer?.view === this.surroundings.view()) this.offer = null
  }

  stay(): void {
    this.offer = null
  }

  #brought({ view, by }: Place, before: string): void {
    const { surroundings } = this
    if (surroundings.view() === view) return
    const isMine = by !== null && by === this.room.me?.id
    const name = by === null || isMine ? undefined : this.room.get('member', by)?.name
    const params = { name, place: surroundings.titleOf(view) }
    const words = t(name ? 'rooms.brought_you' : 'rooms.brought_us', params)
    if (surroundings.isWriting()) this.#offered(view, `${words} ${t('rooms.text_kept')}`)
    // Now, on a phone, always shows the way to where the room is.
    else if (surroundings.view() === NOW) announce(words)
    // Who brings everyone goes along.
    else if (surroundings.view() !== before && !isMine) this.#offered(view, words)
    else {
      surroundings.go(view)
      announce(words)
    }
  }

  #offered(view: string, words: string): void {
    this.offer = { view, words }
    announce(words)
  }
}

/** Whether I may bring everyone to where I am. */
export function mayBring(room: Room, view: string | null): boolean {
  return view !== null && view !== room.all('place')[0]?.view && room.may('rooms.bring')
}

export function bring(room: Room, view: string | null): void {
  if (view !== null) room.send({ type: 'rooms.bring_everyone', view })
}

/** An unsaved text is never moved away from. Focus alone holds nobody. */
export function isWriting(): boolean {
  const field = document.activeElement
  const isField = field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement
  return document.querySelector('dialog[open]') !== null || (isField && field.value.trim() !== '')
}
