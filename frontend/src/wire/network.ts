/** The way to a room: a WebSocket, and where none comes through, whatever does. */

import type { Others } from './others'
import { Race } from './race'
import { openSocket } from './socket'
import type { Timers } from './timers'
import type { OpenTransport } from './transport'
import type { Id } from './types'

/** No hello for so long: another way begins beside. */
export const BESIDE = 1_500
/** Where this tab remembers the way that came through when no WebSocket did. */
export const WAY = 'bigroom/way'

export interface Ways {
  timers: Timers
  storage: Storage | null
  socket: OpenTransport
}

export function openNetwork(roomId: Id, timers: Timers, storage: Storage | null): OpenTransport {
  const ways = { timers, storage, socket: openSocket(roomId) }
  // A room fetches it ahead while all is well: what is needed when nothing comes must be here by then.
  return openWays(ways, async () => new (await import('./others')).Others(roomId, ways))
}

export function openWays(ways: Ways, fetchOthers: () => Promise<Others>): OpenTransport {
  let others: Others | undefined
  return (_, listener) => {
    const race = new Race(listener)
    async function ask(socketFailed: boolean) {
      const known = race.expect()
      try {
        others ??= await fetchOthers()
        await others.enter(race, socketFailed)
      } catch {
        // Not even a file comes: the link tries again by itself.
      }
      known()
    }
    if (ways.storage?.getItem(WAY)) void ask(false)
    else {
      race.untilKept(ways.timers.after(BESIDE, () => void ask(false)))
      race.enter(ways.socket, { failed: () => void ask(true) })
    }
    return race
  }
}
