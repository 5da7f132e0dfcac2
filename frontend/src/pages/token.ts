/** The token a link brings in its fragment. Mail programs sometimes write its # as %23, or that as %2523. */

const FRAGMENT = /(#|%23|%2523)token(?:=|%3D|%253D)([^&#\s]+)/i

export interface Arrived {
  /** The address without the token. */
  path: string
  token: string | null
}

export function arrivedAt(address: string): Arrived {
  const found = FRAGMENT.exec(address)
  if (!found) return { path: address.replace(/[?#].*$/s, ''), token: null }
  return { path: address.slice(0, found.index).replace(/[?#].*$/s, ''), token: found[2]! }
}
