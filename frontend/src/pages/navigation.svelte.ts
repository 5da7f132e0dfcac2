/** Where this browser is: one address, changed without loading the page again. */

import { type Route, routeOf } from './routes'
import { arrivedAt, type Brought } from './token'

class Navigation {
  #route = $state.raw<Route>({ page: 'landing' })
  /** What the link brought. It stays with this entry of the history, so that a reload does not lose it. */
  #brought = $state.raw<Brought>({})
  #path = ''

  get route(): Route {
    return this.#route
  }
  get token(): string | null {
    return this.#brought.token ?? null
  }
  get code(): string | null {
    return this.#brought.code ?? null
  }
  /** The place of the room that the link is about. */
  get at(): string {
    return this.#brought.at ?? ''
  }
  get refused(): string | null {
    return this.#brought.refused ?? null
  }

  /** Reads the address. A token leaves it at once: it must not be seen, copied or bookmarked. */
  arrive(): void {
    const arrived = arrivedAt(location.pathname + location.search + location.hash)
    const { path } = arrived
    if (arrived.brought) history.replaceState(arrived.brought, '', path)
    const brought = (history.state as Brought | null) ?? {}
    // Inside a room only the fragment changes: the page stays the one it is.
    if (path === this.#path && brought.token === this.#brought.token && brought.code === this.#brought.code)
      return
    this.#path = path
    this.#brought = brought
    this.#route = routeOf(path)
  }

  go(path: string): void {
    history.pushState(null, '', path)
    this.arrive()
    scrollTo(0, 0)
  }

  /** To the page of a link, as if it had been opened again. */
  follow(path: string, brought: Brought): void {
    history.pushState(brought, '', path)
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
