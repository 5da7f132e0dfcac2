/** Taking back what I did last. It sends the inverse of my own command; what others did since stays theirs. */

import { untrack } from 'svelte'

import { announce } from '../ui/announcer.svelte'
import { tray } from '../ui/toasts.svelte'
import type { Inverse, Inverses, InversesOfMany, Invert, InvertMany, TakeBack } from '../wire/inverse'
import { changedKinds } from '../wire/replica'
import type { AnyRow, Command, Id, Kind, Tables } from '../wire/types'
import { t, whyRefused } from '../wire/words'
import { inverses as ofTheRoom } from './inverses'
import type { Room, Sent } from './room.svelte'
import { undoable } from './undoable.svelte'

const MOST = 20
const found = import.meta.glob<Inverses>('../tools/*/inverses.ts', { eager: true, import: 'inverses' })
const INVERSES = Object.assign({}, ofTheRoom, ...Object.values(found)) as Inverses
const foundOfMany = import.meta.glob<InversesOfMany>('../tools/*/inverses-of-many.ts', {
  eager: true,
  import: 'inversesOfMany',
})
const INVERSES_OF_MANY = Object.assign({}, ...Object.values(foundOfMany)) as InversesOfMany

interface Done {
  /** The id of the command. */
  id: Id
  of: Command['type']
  /** Null until the server has answered, where only its answer tells. */
  takeBack: TakeBack | null
  /** Wanted back before that. */
  isWanted?: boolean
}

export class Undo {
  #done: readonly Done[] = []
  #isUndoing = false
  /** So many commands of mine. */
  #sent = 0

  constructor(
    private readonly room: Room,
    private readonly inverses: Inverses = INVERSES,
    private readonly ofMany: InversesOfMany = INVERSES_OF_MANY,
  ) {
    room.watchSent((command, before, after, sent) => this.#saw(command, before, after, sent))
  }

  /** The last thing that I did, or this one. */
  press(id?: Id): void {
    const done = id === undefined ? this.#done.at(-1) : this.#done.find((each) => each.id === id)
    if (!done) return announce(t('rooms.undo_nothing'))
    this.#forget(done)
    if (done.takeBack) return this.#take(done.of, done.takeBack)
    done.isWanted = true
    tray.show({ text: t('rooms.undo_soon', { what: wordFor(done.of) }) })
  }

  #take(of: Command['type'], takeBack: TakeBack): void {
    const taken = takeBack()
    const what = wordFor(of)
    if (!taken) return tray.show({ text: t('rooms.undo_changed', { what }) })
    this.#isUndoing = true
    const { outcome } = this.room.send(taken.command)
    this.#isUndoing = false
    tray.show({ text: t(taken.isPart ? 'rooms.undone_partly' : 'rooms.undone', { what }) })
    void outcome.then((answer) => {
      if (!answer.ok) tray.show({ text: t('rooms.undo_refused', { what, why: whyRefused(answer) }) })
    })
  }

  #saw(command: Command, before: Tables, after: Tables, sent: Sent): void {
    this.#sent += 1
    if (this.#isUndoing) return
    const invertMany = this.ofMany[command.type] as InvertMany<Command> | undefined
    if (invertMany) {
      const invert = () => invertMany(before, command, this.room)
      return this.#sawMany(command, sent, invert, changedKinds(before, after).length > 0)
    }
    const invert = this.inverses[command.type] as Invert<Command> | undefined
    const inverse = invert?.(before, command, after)
    const takeBack = inverse && this.#oneRow(inverse, before, after)
    if (!takeBack) return
    const done = this.#keep({ id: sent.id, of: command.type, takeBack })
    void sent.outcome.then(({ ok }) => {
      if (!ok) this.#forget(done)
    })
  }

  #sawMany(command: Command, sent: Sent, invert: () => TakeBack | undefined, isPredicted: boolean): void {
    const done = this.#keep({ id: sent.id, of: command.type, takeBack: null })
    void sent.outcome.then(({ ok }) => {
      if (!ok) return this.#forget(done)
      if (isPredicted || invert()) return whenOver(sent, () => this.#answered(done, invert()))
      // It has changed nothing; or its rows come after the answer, as on a line without WebSocket.
      this.#forget(done)
      const sentSoFar = this.#sent
      whenOver(sent, () => this.#sent === sentSoFar && this.#answered(done, invert()))
    })
  }

  #answered(done: Done, takeBack: TakeBack | undefined): void {
    done.takeBack = takeBack ?? null
    if (!takeBack) this.#forget(done)
    else if (done.isWanted) this.#take(done.of, takeBack)
    else if (!this.#done.includes(done)) this.#keep(done)
  }

  #oneRow({ command, kind, id }: Inverse, before: Tables, after: Tables): TakeBack | undefined {
    const [was, is] = [rowOf(before, kind, id), rowOf(after, kind, id)]
    if (!is || is === was) return undefined
    /** What my command made of the row, field by field. */
    const left = changes(was, is)
    return () => {
      const row = this.room.every(kind).find((each) => each.id === id)
      return stands(left, row) ? { command } : undefined
    }
  }

  #forget(done: Done): void {
    this.#say(this.#done.filter((other) => other !== done))
  }

  #keep(done: Done): Done {
    this.#say([...this.#done, done].slice(-MOST))
    return done
  }

  #say(done: readonly Done[]): void {
    this.#done = done
    const last = done.at(-1)
    undoable.what = last ? wordFor(last.of) : null
  }
}

function whenOver(sent: Sent, then: () => void): void {
  if (sent.isOver) return then()
  const stop = $effect.root(() => {
    $effect(() => {
      if (!sent.isOver) return
      stop()
      untrack(then)
    })
  })
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
  undoable.press = (id) => undo.press(id)
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
