/** The rows of the room as this member may see them, and up to where they are complete. */

import type { AnyRow, At, Delta, Id, Kind, RowLists, Snapshot, Tables } from './types'

export interface ResumePoint {
  epoch: string
  seq: number
}

type Table = Map<string, AnyRow>
type Writable = Record<string, Table>

export class Replica {
  /** Never changed in place: a table that changed is another object, so a comparison tells. */
  tables: Tables = {}
  resume: ResumePoint | null = null
  /** By row: who made its last change that came as a delta. */
  changedBy = new Map<Id, Id | null>()
  #parts: Writable | null = null
  #held: (Delta | At)[] = []

  /** Only snapshot, delta and at move the resume point; a snapshot counts once its last part is in. */
  receive(message: Snapshot | Delta | At): void {
    if (message.type === 'snapshot') this.#snapshot(message)
    else if (this.#parts) this.#held.push(message)
    else if (this.resume && message.seq > this.resume.seq) {
      if (message.type === 'delta') this.#apply(message)
      this.resume = { epoch: this.resume.epoch, seq: message.seq }
    }
  }

  /** A connection that ends between two parts of a snapshot leaves nothing of it behind. */
  forgetParts(): void {
    this.#parts = null
    this.#held = []
  }

  clear(): void {
    this.forgetParts()
    this.tables = {}
    this.resume = null
    this.changedBy.clear()
  }

  #snapshot({ epoch, seq, part, of, rows }: Snapshot): void {
    if (part === 1) this.forgetParts()
    this.#parts ??= {}
    putAll(this.#parts, rows)
    if (part < of) return
    const held = this.#held
    this.tables = this.#parts
    this.changedBy.clear()
    this.resume = { epoch, seq }
    this.forgetParts()
    held.forEach((message) => this.receive(message))
  }

  #apply({ put, drop, by }: Delta): void {
    const tables: Writable = { ...(this.tables as Writable) }
    for (const kind of new Set([...Object.keys(put), ...Object.keys(drop)]))
      tables[kind] = new Map(tables[kind])
    putAll(tables, put)
    Object.values(put).forEach((list) => list.forEach(({ id }) => this.changedBy.set(id, by)))
    for (const [kind, ids] of Object.entries(drop)) ids.forEach((id) => tables[kind]!.delete(id))
    this.tables = tables
  }
}

/** The same tables with these rows over them. */
export function withRows(tables: Tables, rows: RowLists): Tables {
  const over: Writable = { ...(tables as Writable) }
  for (const kind of Object.keys(rows)) over[kind] = new Map(over[kind])
  putAll(over, rows)
  return over
}

export function changedKinds(before: Tables, after: Tables): Kind[] {
  const kinds = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<Kind>
  return [...kinds].filter((kind) => before[kind] !== after[kind])
}

function putAll(tables: Writable, rows: RowLists): void {
  for (const [kind, list] of Object.entries(rows)) {
    const table = (tables[kind] ??= new Map())
    for (const row of list) table.set(row.id, row)
  }
}
