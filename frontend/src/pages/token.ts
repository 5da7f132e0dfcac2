/** What a link brings in its fragment. Mail programs and their scanners write its # as %23, as %2523, or as a ?. */

const FRAGMENT = /(?:#|%23|%2523|[?&/])(token|code|refused)(?:=|%3D|%253D)([^&#\s]+)(?:&at=([\w/-]+))?/i

/** A link's token, the short code that a QR code carries, or a no on the way back from a provider. */
export interface Brought {
  token?: string
  /** Where in the room a poster's link leads. */
  at?: string | undefined
  code?: string
  /** Why signing in at a provider did not work. */
  refused?: string
}

export interface Arrived {
  /** The address without what it brought. */
  path: string
  brought: Brought | null
}

export function arrivedAt(address: string): Arrived {
  const found = FRAGMENT.exec(address)
  if (!found) return { path: address.replace(/[?#].*$/s, ''), brought: null }
  const path = address.slice(0, found.index).replace(/[?#].*$/s, '')
  return { path, brought: { [found[1]!.toLowerCase()]: found[2]!, at: found[3] } }
}
