/** What a command will probably do, shown before the server has answered. */

import type { Command, Id, Kind, Moment, RowLists, Rows, Tables } from './types'

export interface Ask {
  /** The id of the command. */
  id: Id
  me: Id
  now: Moment
}

/**
 * Pure and forgiving: whole rows as they will probably be, the one it is about first; nothing where that is not
 * certain, for the server's rows follow in a moment.
 */
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

/** A row with these fields changed; none of a row that is not there, removed, or locked. */
export function changed<K extends Kind>(
  tables: Tables,
  kind: K,
  id: Id,
  changes: Partial<Rows[K]>,
): RowLists | undefined {
  const row = tables[kind]?.get(id)
  if (!row || row.removed_at || row.locked_by) return undefined
  return rows(kind, { ...row, ...changes })
}

/** A new row; none where its id is taken, for then the command has already been stored. */
export function added<K extends Kind>(tables: Tables, kind: K, row: Rows[K]): RowLists | undefined {
  return tables[kind]?.has(row.id) ? undefined : rows(kind, row)
}

export function rows<K extends Kind>(kind: K, ...list: Rows[K][]): RowLists {
  return { [kind]: list }
}

/** What every row begins with. */
export function born(id: Id, now: Moment) {
  return { id, created_at: now, removed_at: null, redacted_at: null, locked_by: null }
}

/** As the server keeps it. */
export function clean(text: string): string {
  return text.normalize('NFC').trim()
}
