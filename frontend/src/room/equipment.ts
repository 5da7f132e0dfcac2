/** What makes a room quick and forgiving, a moment after it shows: predictions, and undo. */

import { PREDICTIONS } from '../tools/predictions'
import type { Room } from './room.svelte'
import { offerUndo } from './undo.svelte'

/** Gives back what ends it. */
export function equip(room: Room): () => void {
  room.learn(PREDICTIONS)
  // What is needed once no WebSocket comes through must be here before.
  import('../wire/others').catch(() => {})
  return offerUndo(room)
}
