/** What a command will probably do, shown before the server has answered. */

import type { Command, Id, Moment, RowLists, Tables } from './types'

export interface Ask {
  /** The id of the command. */
  id: Id
  me: Id
  now: Moment
}

/** Pure and forgiving: whole rows as they will probably be, or nothing where that is not certain. */
export type Predict<C> = (tables: Tables, command: C, ask: Ask) => RowLists | undefined

export type Predictions = { [T in Command['type']]?: Predict<Extract<Command, { type: T }>> }

export function predicted(predictions: Predictions, tables: Tables, command: Command, ask: Ask): RowLists {
  const predict = predictions[command.type] as Predict<Command> | undefined
  try {
    return predict?.(tables, command, ask) ?? {}
  } catch (error) {
    // A prediction that meets rows it does not understand must not stop the room; the server decides anyway.
    globalThis.reportError?.(error)
    return {}
  }
}
