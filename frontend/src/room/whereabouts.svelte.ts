/** Where in the room this person is: the fragment of the address, or where one comes in. */

import { screen } from '../ui/screen.svelte'
import { NOW, PEOPLE, type Place, placeAt, ROADMAP } from './places'

const FRONT: Place = { view: ROADMAP, name: ROADMAP, at: '' }
const ASIDE = [NOW, PEOPLE]

export class Whereabouts {
  #fragment = $state('')
  #entrance = $state(FRONT)

  readonly place = $derived.by((): Place => {
    const asked = placeAt(this.#fragment)
    const isNarrow = screen.width !== 'wide'
    // What a narrow screen shows as a tab, a wide one shows beside the wall.
    if (asked && (isNarrow || !ASIDE.includes(asked.name))) return asked
    return isNarrow ? { view: NOW, name: NOW, at: '' } : this.#entrance
  })
  /** My view, where I am on the wall at all. */
  readonly onWall = $derived(ASIDE.includes(this.place.name) ? null : this.place.view)

  constructor(fragment: string) {
    this.#fragment = fragment
  }

  /** Once the room shows: it begins where the room is, and stays there though the room moves on. */
  comeIn(view: string | undefined): void {
    this.#entrance = placeAt(view ?? '') ?? FRONT
  }

  moved(fragment: string): void {
    this.#fragment = fragment
  }
}
