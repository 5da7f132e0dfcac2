/** How this person likes to see, hear and press the room, remembered on this device. */

import { screen } from './screen.svelte'

/** The first of each is what somebody finds who has chosen nothing. */
const KNOWN = {
  text: ['usual', 'large', 'larger'],
  theme: ['system', 'light', 'dark'],
  /** What is spoken: also what others do, only what concerns me now, or nothing. */
  voice: ['news', 'needed', 'off'],
  /** Whether one letter is enough to do something. */
  keys: ['on', 'off'],
} as const

type Known = typeof KNOWN
type Name = keyof Known
export type Liking<N extends Name> = Known[N][number]

class Appearance {
  #likes = $state(
    Object.fromEntries(Object.keys(KNOWN).map((name) => [name, remembered(name as Name)])) as {
      [N in Name]: Liking<N>
    },
  )

  get text(): Liking<'text'> {
    return this.#likes.text
  }
  set text(size) {
    this.#like('text', size)
  }

  get theme(): Liking<'theme'> {
    return this.#likes.theme
  }
  set theme(theme) {
    this.#like('theme', theme)
  }

  get voice(): Liking<'voice'> {
    return this.#likes.voice
  }
  set voice(voice) {
    this.#like('voice', voice)
  }

  get keys(): Liking<'keys'> {
    return this.#likes.keys
  }
  set keys(keys) {
    this.#like('keys', keys)
  }

  apply(): void {
    const { dataset } = document.documentElement
    dataset.text = this.text
    if (this.theme === 'system') delete dataset.theme
    else dataset.theme = this.theme
    screen.measure()
  }

  #like<N extends Name>(name: N, value: Liking<N>): void {
    Object.assign(this.#likes, { [name]: value })
    remember(name, value)
    this.apply()
  }
}

/** Storage may be forbidden; then the choice lasts as long as the page. */
function remembered(name: Name): string {
  try {
    const kept = localStorage.getItem(`bigroom.${name}`)
    return KNOWN[name].find((value) => value === kept) ?? KNOWN[name][0]
  } catch {
    return KNOWN[name][0]
  }
}

function remember(name: Name, value: string): void {
  try {
    localStorage.setItem(`bigroom.${name}`, value)
  } catch {
    return
  }
}

export const appearance = new Appearance()
