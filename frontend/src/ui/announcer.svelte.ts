/** What screen readers are told: one polite voice, one sentence after the other. */

const BEFORE = 100
const BETWEEN = 1_000

class Voice {
  said = $state('')
  #queue: string[] = []
  #speaking = false

  announce(text: string): void {
    this.#queue.push(text)
    if (!this.#speaking) this.#next()
  }

  /** The region is emptied first: the same sentence twice would not be read twice. */
  #next(): void {
    const text = this.#queue.shift()
    this.said = ''
    this.#speaking = text !== undefined
    if (text === undefined) return
    setTimeout(() => {
      this.said = text
      setTimeout(() => this.#next(), BETWEEN)
    }, BEFORE)
  }
}

export const voice = new Voice()

export function announce(text: string): void {
  voice.announce(text)
}
