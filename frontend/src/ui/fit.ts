/** How much of long lists fits on a screen that nobody scrolls. Heights are measured; this is the arithmetic. */

export interface Space {
  /** Columns that the list may fill, one after the other. */
  columns: number
  height: number
  gap: number
}

/** From which entry on everything up to `end` fits: the last ones count most. */
export function firstThatFits(heights: readonly number[], end: number, space: Space): number {
  let first = end
  while (first > 0 && fits(heights.slice(first - 1, end), space)) first -= 1
  // One that is higher than the wall is shown as far as it goes.
  return first === end && end > 0 ? end - 1 : first
}

/** Turned back by so many pages: the first page holds the end of the list. */
export function pageOf(heights: readonly number[], back: number, space: Space): { from: number; to: number } {
  let to = heights.length
  let from = firstThatFits(heights, to, space)
  for (let page = 0; page < back && from > 0; page += 1) {
    to = from
    from = firstThatFits(heights, to, space)
  }
  return { from, to }
}

export function fits(heights: readonly number[], { columns, height, gap }: Space): boolean {
  let column = 1
  let used = 0
  for (const each of heights) {
    const needed = used === 0 ? each : used + gap + each
    if (needed <= height) used = needed
    else if (column < columns && each <= height) {
      column += 1
      used = each
    } else return false
  }
  return true
}
