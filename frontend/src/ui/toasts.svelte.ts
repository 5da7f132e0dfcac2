/** What was just done, and the way to undo it where there is one. A new one takes the place of the last. */

import { announce } from './announcer.svelte'

export interface Toast {
  text: string
  undo?: () => void
}

const STAYS = 12_000

class Tray {
  current = $state<Toast | null>(null)
  #clearing: ReturnType<typeof setTimeout> | undefined

  show(toast: Toast): void {
    this.current = toast
    announce(toast.text)
    this.resume()
  }

  /** Nobody is hurried while their pointer or focus is on it. */
  hold(): void {
    clearTimeout(this.#clearing)
  }

  resume(): void {
    this.hold()
    this.#clearing = setTimeout(() => this.clear(), STAYS)
  }

  clear(): void {
    this.hold()
    this.current = null
  }
}

export const tray = new Tray()

export function offerUndo(text: string, undo: () => void): void {
  tray.show({ text, undo })
}
