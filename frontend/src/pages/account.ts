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
}

export const providers = () => call<Provider[]>('GET', '/api/oidc')
/** Gives the provider's address. With the token of an invitation it makes the account, too. */
export const beginAt = (provider: string, token?: string) =>
  call<{ url: string }>('POST', `/api/oidc/${provider}`, { token })
/** Whose account this browser is signed in with, if any. */
export const myAccount = () => call<Account | null>('GET', '/api/account')
