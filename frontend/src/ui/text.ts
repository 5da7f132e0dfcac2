/** Length as the server counts it: code points of the composed text without the blanks around it. */
export function lengthOf(text: string): number {
  return [...text.normalize('NFC').trim()].length
}
