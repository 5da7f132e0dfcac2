/**
 * Single keys: one letter does something, for those who like it. They can be turned off, and never act while
 * somebody types, chooses from a menu or answers a dialog.
 */

import { appearance } from './appearance.svelte'

export interface Key {
  key: string
  /** What it does, as a code of the catalogue. */
  does: string
  press: () => void
}

class Keys {
  #known = $state.raw<readonly Key[]>([])

  /** For the help: in the order in which they came. */
  get known(): readonly Key[] {
    return this.#known
  }

  /** Gives what takes them away again: `$effect(() => keys.add(…))`. */
  add(...keys: Key[]): () => void {
    this.#known = [...this.#known, ...keys]
    return () => (this.#known = this.#known.filter((key) => !keys.includes(key)))
  }

  /** The last one that claimed a key has it. */
  heard(event: KeyboardEvent): void {
    if (appearance.keys === 'off' || event.defaultPrevented || isForSomethingElse(event)) return
    if (this.press(event.key.toLowerCase())) event.preventDefault()
  }

  /** As if it had been pressed: for a button that does the same. */
  press(key: string): boolean {
    const found = [...this.#known].reverse().find((known) => known.key === key)
    found?.press()
    return found !== undefined
  }
}

function isForSomethingElse({
  repeat,
  ctrlKey,
  metaKey,
  altKey,
  isComposing,
  target,
}: KeyboardEvent): boolean {
  if (repeat || ctrlKey || metaKey || altKey || isComposing) return true
  const at = target instanceof Element ? target : null
  return Boolean(
    at?.closest('input, textarea, select, [contenteditable], dialog, [popover]') ??
    document.querySelector('dialog[open]'),
  )
}

export const keys = new Keys()
