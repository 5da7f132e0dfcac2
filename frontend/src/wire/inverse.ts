/** What takes a command of mine back: a command again, never a rollback. Others' changes stay. */

import type { Command, Id, Kind, Member, Rows, Tables } from './types'

export interface Inverse {
  command: Command
  /** The row that has to stand as I left it; once somebody has changed it, taking mine back would take theirs. */
  kind: Kind
  id: Id
}

/** From the room as it was before the command; nothing where there is nothing to go back to. */
export type Invert<C> = (before: Tables, command: C, after: Tables) => Inverse | undefined

export type Inverses = { [T in Command['type']]?: Invert<Extract<Command, { type: T }>> }

/** The room as it stands whenever it is asked. */
export interface Standing {
  readonly me: Member | undefined
  get<K extends Kind>(kind: K, id: Id): Rows[K] | undefined
  every<K extends Kind>(kind: K): readonly Rows[K][]
  /** Who changed it last while I was here: null is somebody unnamed, undefined nobody. */
  changedBy(rowId: Id): Id | null | undefined
}

export interface Taken {
  command: Command
  /** Somebody has gone on with the rest of it. */
  isPart?: boolean
}

/** What takes back as much as then still stands as I left it; nothing where nothing does. */
export type TakeBack = () => Taken | undefined

/** Of a command about many rows: asked once the server has answered, for only then it is known what has become of them. */
export type InvertMany<C> = (before: Tables, command: C, room: Standing) => TakeBack | undefined

export type InversesOfMany = { [T in Command['type']]?: InvertMany<Extract<Command, { type: T }>> }
