/** What several parts of the page share: which idea is open, and what bred the next one. */

import { getContext, setContext } from 'svelte'

import type { Room } from '../../room/room.svelte'
import type { Id } from '../../wire/types'
import { openCapture } from './ideas'

export class Thinking {
  constructor(
    private readonly room: Pick<Room, 'setPlace' | 'all'>,
    private readonly view: () => string,
  ) {}

  /** The idea whose dialog is open. */
  opened = $state<Id | null>(null)
  /** The change concept that the next idea is written under. */
  concept = $state<string | null>(null)

  /** Others see that somebody is at work on this idea, or on a new one for this room; while all think in silence nobody. */
  editing(row: Id | null): void {
    const isSilent = openCapture(this.room.all('idea_capture')) !== undefined
    this.room.setPlace(this.view(), isSilent ? null : row)
  }
}

const KEY = Symbol()

export function provideThinking(...about: ConstructorParameters<typeof Thinking>): Thinking {
  return setContext(KEY, new Thinking(...about))
}

export function useThinking(): Thinking {
  return getContext<Thinking>(KEY)
}
