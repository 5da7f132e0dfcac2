/** How much fits beside each other, in this person's letters rather than in pixels. */

export type Width = 'wide' | 'narrow' | 'phone'

const NARROW = 60
const PHONE = 32

class Screen {
  width = $state<Width>('wide')

  measure(): void {
    const letter = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const letters = innerWidth / letter
    this.width = letters <= PHONE ? 'phone' : letters <= NARROW ? 'narrow' : 'wide'
  }
}

export const screen = new Screen()
