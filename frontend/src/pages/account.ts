/** The calls about a coach's account: only the pages before a room make them. */

import { call } from './api'

/** Where coaches may sign in besides. */
export interface Provider {
  name: string
  label: string
}

export interface Account {
  name: string
  email: string
  has_password: boolean
  /** Before anything about signing in is changed; not for a while after a one-time link or a provider. */
  needs_password: boolean
  /** Names of the providers at which it can be signed in. */
  linked: string[]
}

/** What is wished of a provider besides signing in: making an account, or being linked to this one. */
export type Wish = { token: string } | { link: true; password?: string }

export const providers = () => call<Provider[]>('GET', '/api/oidc')
/** Gives the provider's address. */
export const beginAt = (provider: string, wish?: Wish) =>
  call<{ url: string }>('POST', `/api/oidc/${provider}`, wish ?? {})
/** Whose account this browser is signed in with, if any. */
export const myAccount = () => call<Account | null>('GET', '/api/account')
export const changePassword = (body: { old?: string; new: string }) =>
  call('POST', '/api/account/password', body)
export const signOutEverywhere = () => call('DELETE', '/api/account/sessions')
/** Whether a coach may sign the coach beside them in, who is locked out. */
export const mayVouch = (roomId: string, memberId: string) =>
  call<{ possible: boolean }>('GET', `/api/rooms/${roomId}/members/${memberId}/sign_in_link`)
export const vouch = (roomId: string, memberId: string) =>
  call<{ url: string }>('POST', `/api/rooms/${roomId}/members/${memberId}/sign_in_link`, {})
