/** Taking back what I did last. It sends the inverse of my own command; what others did since stays theirs. */

import { announce } from '../ui/announcer.svelte'
import { tray } from '../ui/toasts.svelte'
import type { Inverse, Inverses, Invert } from '../wire/inverse'
import type { AnyRow, Command, Kind, Tables } from '../wire/types'
import { t } from '../wire/words'
import { inverses as ofTheRoom } from './inverses'
import type { Room, Sent } from './room.svelte'
import { undoable } from './undoable.svelte'

const MOST = 20
const found = import.meta.glob<Inverses>('../tools/*/inverses.ts', { eager: true, import: 'inverses' })
const INVERSES = Object.assign({}, ofTheRoom, ...Object.values(found)) as Inverses

interface Done {
  of: Command['type']
  inverse: Inverse
  /** What my command made of the row, field by field. */
  left: Record<string, string>
}

export class Undo {
  #done: readonly Done[] = []
  #isUndoing = false

  constructor(
    private readonly room: Room,
    private readonly inverses: Inverses = INVERSES,
  ) {
    room.watchSent((command, before, after, sent) => this.#saw(command, before, after, sent))
  }

  press(): void {
    const done = this.#done.at(-1)
    if (!done) return announce(t('rooms.undo_nothing'))
    this.#forget(done)
    const { command, kind, id } = done.inverse
    if (
      !stands(
        done.left,
        this.room.every(kind).find((row) => row.id === id),
      )
    ) {
      return tray.show({ text: t('rooms.undo_changed', { what: wordFor(done.of) }) })
    }
    this.#isUndoing = true
    this.room.send(command)
    this.#isUndoing = false
    tray.show({ text: t('rooms.undone', { what: wordFor(done.of) }) })
  }

  #saw(command: Command, before: Tables, after: Tables, sent: Sent): void {
    if (this.#isUndoing) return
    const invert = this.inverses[command.type] as Invert<Command> | undefined
    const inverse = invert?.(before, command, after)
    if (!inverse) return
    const { kind, id } = inverse
    const [was, is] = [rowOf(before, kind, id), rowOf(after, kind, id)]
    if (!is || is === was) return
    const done = { of: command.type, inverse, left: changes(was, is) }
    this.#keep([...this.#done, done].slice(-MOST))
    void sent.outcome.then(({ ok }) => {
      if (!ok) this.#forget(done)
    })
  }

  #forget(done: Done): void {
    this.#keep(this.#done.filter((other) => other !== done))
  }

  #keep(done: readonly Done[]): void {
    this.#done = done
    const last = done.at(-1)
    undoable.what = last ? wordFor(last.of) : null
  }
}

/** Listens to Ctrl+Z and to the menu until it is told to stop. */
export function offerUndo(room: Room): () => void {
  const undo = new Undo(room)
  const press = (event: KeyboardEvent) => {
    const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey
    if (!isUndo || event.altKey || isField(event.target)) return
    event.preventDefault()
    undo.press()
  }
  undoable.press = () => undo.press()
  addEventListener('keydown', press)
  return () => {
    removeEventListener('keydown', press)
    undoable.what = null
  }
}

/** In a field Ctrl+Z takes back what was typed there. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null
}

function wordFor(type: Command['type']): string {
  const [tool, verb] = type.split('.') as [string, string]
  return t(`${tool}.undoes_${verb}`)
}

function rowOf(tables: Tables, kind: Kind, id: string): AnyRow | undefined {
  return tables[kind]?.get(id)
}

/** Of a new row its words count: where it stands is anybody's to change. A rank is the server's to say, and ours a guess. */
function changes(was: AnyRow | undefined, is: AnyRow): Record<string, string> {
  const fields = was
    ? Object.keys(is).filter((field) => field !== 'rank' && told(was, field) !== told(is, field))
    : ['text', 'rev']
  return Object.fromEntries([...fields, 'removed_at'].map((field) => [field, told(is, field)]))
}

function stands(left: Record<string, string>, row: AnyRow | undefined): boolean {
  return row !== undefined && Object.entries(left).every(([field, value]) => told(row, field) === value)
}

/** Moments are the server's to say: of them only whether there is one. */
function told(row: AnyRow, field: string): string {
  const value = (row as unknown as Record<string, unknown>)[field]
  return JSON.stringify(field.endsWith('_at') ? value !== null : (value ?? null))
}
