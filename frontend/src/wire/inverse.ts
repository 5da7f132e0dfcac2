/** What takes a command of mine back: a command again, never a rollback. Others' changes stay. */

import type { Command, Id, Kind, Tables } from './types'

export interface Inverse {
  command: Command
  /** The row that has to stand as I left it; once somebody has changed it, taking mine back would take theirs. */
  kind: Kind
  id: Id
}

/** From the room as it was before the command; nothing where there is nothing to go back to. */
export type Invert<C> = (before: Tables, command: C, after: Tables) => Inverse | undefined

export type Inverses = { [T in Command['type']]?: Invert<Extract<Command, { type: T }>> }
