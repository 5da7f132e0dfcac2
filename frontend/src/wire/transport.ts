/** One connection attempt to a room, whatever carries it. `link.ts` keeps one going, `race.ts` chooses the way. */

import type { ResumePoint } from './replica'
import type { ClientMessage, ServerMessage } from './types'

export interface Transport {
  send(message: ClientMessage): void
  /** Soon something is heard, or it does not work any more. `t` is the moment of asking. */
  prove(t: number): void
  /** After this nothing more is heard from it. */
  close(): void
}

export interface Listener {
  heard(frame: ServerMessage[]): void
  /** Answers that came beside the connection: about the connection itself they prove nothing. */
  answered(frame: ServerMessage[]): void
  /** It ended by itself, with the close code of the protocol where there is one. */
  gone(code: number): void
  /** Another way is tried beside: it may take as long as the first. */
  patience(): void
  /** Where a connection that is opened now begins. */
  resume(): ResumePoint | null
}

/** The close code of a connection that just ended. */
export const LOST = 1006

export type OpenTransport = (resume: ResumePoint | null, listener: Listener) => Transport
