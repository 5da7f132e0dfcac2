/** What several parts of the page share: which idea is open, and what bred the next one. */

import { getContext, setContext } from 'svelte'

import type { Id } from '../../wire/types'

export class Thinking {
  /** The idea whose dialog is open. */
  opened = $state<Id | null>(null)
  /** The change concept that the next idea is written under. */
  concept = $state<string | null>(null)
}

const KEY = Symbol()

export function provideThinking(): Thinking {
  return setContext(KEY, new Thinking())
}

export function useThinking(): Thinking {
  return getContext<Thinking>(KEY)
}
