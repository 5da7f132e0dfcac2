/** Where this browser is: one address, changed without loading the page again. */

import { type Route, routeOf } from './routes'
import { arrivedAt } from './token'

class Navigation {
  #route = $state.raw<Route>({ page: 'landing' })
  /** What the link brought. It stays with this entry of the history, so that a reload does not lose it. */
  #token = $state<string | null>(null)
  #path = ''

  get route(): Route {
    return this.#route
  }
  get token(): string | null {
    return this.#token
  }

  /** Reads the address. A token leaves it at once: it must not be seen, copied or bookmarked. */
  arrive(): void {
    const { path, token } = arrivedAt(location.pathname + location.search + location.hash)
    if (token) history.replaceState({ token }, '', path)
    const brought = (history.state as { token?: string } | null)?.token ?? null
    // Inside a room only the fragment changes: the page stays the one it is.
    if (path === this.#path && brought === this.#token) return
    this.#path = path
    this.#token = brought
    this.#route = routeOf(path)
  }

  go(path: string): void {
    history.pushState(null, '', path)
    this.arrive()
    scrollTo(0, 0)
  }

  /** To the page of a link, as if it had been opened again. */
  follow(path: string, token: string): void {
    history.pushState({ token }, '', path)
    this.arrive()
  }

  /** In place of the page that led here: going back would only send the link again. */
  replace(path: string): void {
    history.replaceState(null, '', path)
    this.arrive()
    scrollTo(0, 0)
  }
}

export const navigation = new Navigation()

/** Ordinary links inside Bigroom do not load the page again. */
export function followLinks(event: MouseEvent): void {
  const link = (event.target as Element).closest?.('a')
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute('download')) return
  if (link.origin !== location.origin || link.getAttribute('href')?.startsWith('#')) return
  event.preventDefault()
  navigation.go(link.pathname)
}
