/** Names over steps on the canvas: who is at them. */

import { getContext, setContext } from 'svelte'

import type { Id } from '../../wire/types'
import type { Mark } from './shapes'

type Tags = () => ReadonlyMap<Id, readonly Mark[]>

const KEY = Symbol('canvas tags')

export function provideCanvasTags(tags: Tags): void {
  setContext(KEY, tags)
}

export function useCanvasTags(): Tags {
  return getContext<Tags>(KEY)
}
