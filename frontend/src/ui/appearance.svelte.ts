/** How this person likes to see the room: text size and theme, remembered on this device. */

import { screen } from './screen.svelte'

export type TextSize = 'usual' | 'large' | 'larger'
export type Theme = 'system' | 'light' | 'dark'

const SIZES: readonly TextSize[] = ['usual', 'large', 'larger']
const THEMES: readonly Theme[] = ['system', 'light', 'dark']

class Appearance {
  #text = $state<TextSize>(remembered('bigroom.text', SIZES))
  #theme = $state<Theme>(remembered('bigroom.theme', THEMES))

  get text(): TextSize {
    return this.#text
  }
  set text(size: TextSize) {
    this.#text = size
    remember('bigroom.text', size)
    this.apply()
  }

  get theme(): Theme {
    return this.#theme
  }
  set theme(theme: Theme) {
    this.#theme = theme
    remember('bigroom.theme', theme)
    this.apply()
  }

  apply(): void {
    const { dataset } = document.documentElement
    dataset.text = this.#text
    if (this.#theme === 'system') delete dataset.theme
    else dataset.theme = this.#theme
    screen.measure()
  }
}

/** Storage may be forbidden; then the choice lasts as long as the page. */
function remembered<T extends string>(key: string, known: readonly T[]): T {
  try {
    const kept = localStorage.getItem(key)
    return known.find((value) => value === kept) ?? known[0]!
  } catch {
    return known[0]!
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    return
  }
}

export const appearance = new Appearance()
