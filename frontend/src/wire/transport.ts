/** One connection attempt to a room, whatever carries it. `link.ts` keeps one going. */

import type { ResumePoint } from './replica'
import type { ClientMessage, ServerMessage } from './types'

export interface Transport {
  send(message: ClientMessage): void
  /** After this nothing more is heard from it. */
  close(): void
}

export interface Listener {
  heard(frame: ServerMessage[]): void
  /** It ended by itself, with the close code of the protocol where there is one. */
  gone(code: number): void
}

export type OpenTransport = (resume: ResumePoint | null, listener: Listener) => Transport
