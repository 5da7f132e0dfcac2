/** Where a card that is not saved yet sorts: its own rank comes from the server a moment later. */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const MIDDLE = 'V'

/** By code unit: the same order as in Python and SQL, in every language. */
export function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A rank behind `low` (null: the start) and before `high` (null: the end). */
export function between(low: string | null, high: string | null): string {
  const rank = midpoint(low ?? '', high)
  const fits = rank > (low ?? '') && (high === null || rank < high)
  return fits ? rank : (low ?? '') + MIDDLE
}

function midpoint(low: string, high: string | null): string {
  if (high !== null) {
    const same = commonPrefix(low, high)
    if (same > 0) return high.slice(0, same) + midpoint(low.slice(same), high.slice(same))
  }
  const from = digit(low, 0)
  const to = high === null ? DIGITS.length : digit(high, DIGITS.length)
  if (to - from > 1) return DIGITS[(from + to) >> 1]!
  if (high !== null && high.length > 1) return high[0]!
  return DIGITS[from]! + midpoint(low.slice(1), null)
}

function digit(rank: string, whenEmpty: number): number {
  return rank === '' ? whenEmpty : Math.max(0, DIGITS.indexOf(rank[0]!))
}

function commonPrefix(low: string, high: string): number {
  let same = 0
  while (same < high.length && (low[same] ?? '0') === high[same]) same += 1
  return same
}
