/** What somebody who has just come in should see once, in the room: how to come back, and who they are here. */

import type { WayBack } from './api'

export interface Arrival {
  roomId: string
  memberId: string
  /** Shown this once: the server keeps only a hash. */
  wayBack?: WayBack
  /** This browser was known already; perhaps somebody else sits at it now. */
  isKnown?: boolean
  /** A coach lets them in first, or has just done so. */
  isWaiting?: boolean
  /** The short code that led to the door: by it a name may be corrected there. */
  code?: string
  /** The link that led here, to come in by again as somebody else. */
  token?: string
}

class Door {
  arrival = $state.raw<Arrival | null>(null)
}

export const door = new Door()
