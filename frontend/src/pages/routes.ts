/** The addresses of Bigroom, both ways. Inside a room the place is the fragment and no business of this file. */

export type Route =
  | {
      page:
        | 'landing'
        | 'setup'
        | 'signIn'
        | 'join'
        | 'back'
        | 'home'
        | 'account'
        | 'check'
        | 'practise'
        | 'notFound'
    }
  | { page: 'room'; id: string }

const PAGES: Record<string, Exclude<Route, { page: 'room' }>['page']> = {
  '/': 'landing',
  '/setup': 'setup',
  '/signin': 'signIn',
  '/join': 'join',
  '/back': 'back',
  '/home': 'home',
  '/account': 'account',
  '/check': 'check',
  '/practise': 'practise',
}

export const LANDING = '/'
export const SIGN_IN = '/signin'
export const JOIN = '/join'
export const BACK = '/back'
export const HOME = '/home'
export const ACCOUNT = '/account'
export const CHECK = '/check'
export const PRACTISE = '/practise'

export function roomPath(id: string): string {
  return `/rooms/${id}`
}

export function routeOf(path: string): Route {
  const plain = path.replace(/\/+$/, '') || '/'
  const room = /^\/rooms\/([0-9a-f-]{36})$/i.exec(plain)
  if (room) return { page: 'room', id: room[1]!.toLowerCase() }
  return { page: PAGES[plain] ?? 'notFound' }
}
