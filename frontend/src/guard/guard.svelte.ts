/** Asks once before words that may tell who a patient is are sent. It never blocks. */

import type { Room } from '../room/room.svelte'
import { announce } from '../ui/announcer.svelte'
import { t } from '../wire/words'
import { countryOf, type Finding, findPrivate, yearAt } from './privacy'

export class Guard {
  found = $state.raw<readonly Finding[]>([])
  #allowed: readonly string[] = []

  constructor(private readonly room: Room) {}

  /** Whether to wait before these words are sent: the note at their field says why. */
  holds(...texts: string[]): boolean {
    const country = countryOf(this.room.get('room', this.room.id))
    this.found = texts
      .flatMap((text) => findPrivate(text, country, yearAt(this.room.now())))
      .filter(({ text }) => !this.#allowed.includes(text))
    if (this.found.length === 0) return false
    announce(`${t('rooms.guard_asks')} ${this.found.map(told).join(' ')} ${t('rooms.guard_choose')}`)
    return true
  }

  /** Somebody has looked: these words may go as they are. */
  allow(): void {
    this.#allowed = [...this.#allowed, ...this.found.map(({ text }) => text)]
    this.found = []
  }
}

export function told({ kind, text }: Finding): string {
  return t('rooms.guard_found', { words: text, what: t(`rooms.guard_${kind}`) })
}
