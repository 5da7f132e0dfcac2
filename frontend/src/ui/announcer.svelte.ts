/** What screen readers are told: the page's one voice, polite, one sentence after the other. */

import { appearance } from './appearance.svelte'

/** Needed: it happens to this person now. News: others did it. Asked: this person wants to hear it. */
export type Why = 'needed' | 'news' | 'asked'

const BEFORE = 100
const BETWEEN = 1_000

class Voice {
  /** Stays until something else is said: who comes to it late still finds it. */
  said = $state('')
  #waiting: { text: string; why: Why }[] = []
  #isSpeaking = false

  /** News wait behind everything else, and what waits already is not said twice. */
  say(text: string, why: Why): void {
    if (isUnwanted(why) || this.#waiting.some((other) => other.text === text)) return
    const behind = this.#waiting.findIndex((other) => other.why === 'news')
    if (why === 'news' || behind < 0) this.#waiting.push({ text, why })
    else this.#waiting.splice(behind, 0, { text, why })
    if (!this.#isSpeaking) this.#next()
  }

  /** The region is emptied first: the same sentence twice would not be read twice. */
  #next(): void {
    const next = this.#waiting.shift()
    this.#isSpeaking = next !== undefined
    if (next === undefined) return
    this.said = ''
    setTimeout(() => {
      this.said = next.text
      setTimeout(() => this.#next(), BETWEEN)
    }, BEFORE)
  }
}

function isUnwanted(why: Why): boolean {
  const { voice } = appearance
  return (why === 'needed' && voice === 'off') || (why === 'news' && voice !== 'news')
}

export const voice = new Voice()

/** Passes at once: what this person needs to know now. */
export function announce(text: string): void {
  voice.say(text, 'needed')
}
