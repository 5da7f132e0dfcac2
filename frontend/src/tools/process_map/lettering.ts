/** Words in a picture: how long they are and where they break, without a screen to measure them on. */

/** Thousandths of the letter size, of Atkinson Hyperlegible Next at weight 650; from the space on. */
const WIDTHS = [
  308, 300, 376, 748, 607, 961, 726, 203, 330, 330, 485, 597, 262, 371, 263, 432, 658, 435, 574, 596, 623,
  605, 622, 533, 623, 575, 263, 263, 567, 615, 567, 537, 781, 670, 639, 656, 686, 593, 564, 715, 700, 420,
  554, 659, 550, 853, 714, 742, 623, 752, 645, 607, 600, 687, 636, 882, 676, 639, 617, 337, 432, 344, 578,
  396, 281, 548, 592, 506, 591, 559, 357, 588, 568, 293, 257, 546, 310, 876, 568, 572, 592, 595, 372, 503,
  368, 563, 520, 732, 531, 510, 499, 376, 252, 376, 540,
]
const OTHER = 640
const DOTS = '…'

export function widthOf(text: string, size: number): number {
  let sum = 0
  for (const letter of text.normalize('NFD')) {
    const code = letter.codePointAt(0)!
    if (code >= 0x300 && code < 0x370) continue
    sum += WIDTHS[code - 32] ?? OTHER
  }
  return (sum * size) / 1000
}

/** Lines no wider than that; a word that is wider by itself is broken, and what does not fit ends in dots. */
export function wrapped(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => broken(word, width, size))) {
    const longer = line ? `${line} ${word}` : word
    if (widthOf(longer, size) <= width) line = longer
    else {
      if (line) lines.push(line)
      line = word
    }
  }
  if (line) lines.push(line)
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), shortened(lines.slice(most - 1).join(' '), width, size)]
}

export function shortened(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && widthOf(letters.join('') + DOTS, size) > width) letters.pop()
  return letters.join('').trimEnd() + DOTS
}

function broken(word: string, width: number, size: number): string[] {
  if (widthOf(word, size) <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const letter of word) {
    if (part && widthOf(part + letter, size) > width) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part]
}

export interface Try {
  size: number
  width: number
  lines: number
}

/** In the first of these ways in which everything fits and no word is broken; in the last as much as does. */
export function fitted(text: string, tries: readonly Try[]): { size: number; lines: string[] } {
  for (const { size, width, lines } of tries) {
    const isBroken = text.split(/\s+/).some((word) => widthOf(word, size) > width)
    const all = wrapped(text, width, size, Infinity)
    if (!isBroken && all.length <= lines) return { size, lines: all }
  }
  const { size, width, lines } = tries.at(-1)!
  return { size, lines: wrapped(text, width, size, lines) }
}
