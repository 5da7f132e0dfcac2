/** Each page comes when it is asked for: nobody waits for the landing's picture on the way into a room. */

import type { Component } from 'svelte'

import type { Route } from './routes'

export type Page = Component<{ id: string | undefined }>

const LOADS: Record<Route['page'], () => Promise<{ default: unknown }>> = {
  landing: () => import('./Landing.svelte'),
  setup: () => import('./Setup.svelte'),
  signIn: () => import('./SignIn.svelte'),
  join: () => import('./Join.svelte'),
  back: () => import('./Back.svelte'),
  home: () => import('./Home.svelte'),
  account: () => import('./Account.svelte'),
  check: () => import('./Check.svelte'),
  practise: () => import('./Practise.svelte'),
  notFound: () => import('./NotFound.svelte'),
  room: () => import('../room/Room.svelte'),
}

/** Null when it does not come: the line is gone, or a newer Bigroom has taken its place. */
export async function pageOf({ page }: Route): Promise<Page | null> {
  try {
    return (await LOADS[page]()).default as Page
  } catch {
    return null
  }
}
