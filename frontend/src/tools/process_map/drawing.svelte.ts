/** What one person does at one map, as a picture or as a list: opens a step, adds one, picks several. */

import { getContext, setContext, tick } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'

import type { Room, Sent } from '../../room/room.svelte'
import { undoable } from '../../room/undoable.svelte'
import { announce } from '../../ui/announcer.svelte'
import { offerUndo } from '../../ui/toasts.svelte'
import { newId } from '../../wire/ids'
import type { Command, Id, MapStep, Presence } from '../../wire/types'
import { t } from '../../wire/words'
import { nameOf } from '../board/byline'
import { PADDING } from './geometry'
import { type Drawn, exitsOf, likelySpot, type Spot, wordsOf } from './map'
import { settled } from './places'

type AddStep = Extract<Command, { type: 'process_map.add_step' }>
export type StepFacts = Omit<Extract<Command, { type: 'process_map.set_step' }>, 'type' | 'step_id'>

export interface NewStep extends Pick<AddStep, 'text' | 'kind' | 'lane_id' | 'process' | 'wait'> {
  spot: Spot
}

export class Drawing {
  /** The step whose form is open. */
  opened = $state<Id | null>(null)
  /** The step that is renamed where it stands. */
  renaming = $state<Id | null>(null)
  /** Who has just begun the map writes its first step next. */
  isNew = false
  /** Behind which step a new one is being written; null at the end. */
  addingAfter = $state<Id | null>(null)
  /** Steps picked to be moved or removed together; null while nobody picks. */
  picked = $state<SvelteSet<Id> | null>(null)

  constructor(
    readonly room: Room,
    /** The place that others see who look where somebody works. */
    private readonly view: () => string,
    private readonly about: () => Drawn,
  ) {}

  get drawn(): Drawn {
    return this.about()
  }

  /** An agreed map is read; its next version is drawn. */
  get mayDraw(): boolean {
    return this.room.may('process_map.contribute') && this.drawn.map.state !== 'agreed'
  }

  step(id: Id | null): MapStep | undefined {
    return id === null ? undefined : this.drawn.steps.find((step) => step.id === id)
  }

  /** Others see that somebody is at work on this step, and where it is while it is moved. */
  editing(step: Id | null, cursor?: Presence['cursor']): void {
    this.room.setPlace(this.view(), step, cursor)
  }

  /** Who works at this step at this moment, but for me. */
  writersOf(stepId: Id): string[] {
    return [...this.room.here]
      .filter(([member, { editing }]) => editing === stepId && member !== this.room.me?.id)
      .map(([member]) => nameOf(member, (id) => this.room.get('member', id)))
  }

  /** The new step's id; where it splits a connection, what led on leads on from it. */
  add({ text, spot, ...said }: NewStep): Id {
    const step_id = newId()
    const where = spot.into
      ? { into: spot.into, edge_id: newId() }
      : spot.after
        ? { after: spot.after, edge_id: newId() }
        : {}
    const { map } = this.drawn
    this.room.send({
      type: 'process_map.add_step',
      map_id: map.id,
      step_id,
      ...said,
      text: text.trim(),
      ...where,
    })
    return step_id
  }

  /** Only what has changed is said: whatever others say of this step meanwhile stays. */
  set(step_id: Id, facts: StepFacts): void {
    this.room.send({ type: 'process_map.set_step', step_id, ...facts })
  }

  /** Steps as they were to one another, and on nothing that stands in that lane. */
  toLane(lane_id: Id, moved: readonly MapStep[]): Sent | undefined {
    const { map, steps } = this.drawn
    const others = steps.filter(({ id }) => !moved.some((step) => step.id === id))
    const top = Math.min(...moved.map(({ y }) => y)) - PADDING
    const there = moved.map((step) => ({ ...step, lane_id, y: step.y - top }))
    const [first, ...rest] = settled(others, there).map(({ id, x, y }) => {
      return { step_id: id, lane_id, x, y, placed: false }
    })
    return (
      first && this.room.send({ type: 'process_map.move_steps', map_id: map.id, places: [first, ...rest] })
    )
  }

  connect(from_id: Id, to_id: Id): Id {
    const edge_id = newId()
    this.room.send({ type: 'process_map.connect', edge_id, from_id, to_id })
    return edge_id
  }

  /** Says what I have done, with the way to take it back. */
  told(text: string, { id }: Sent): void {
    // What it then says takes the place of this.
    offerUndo(text, () => queueMicrotask(() => undoable.press(id)))
  }

  async remove(ids: readonly Id[]): Promise<void> {
    const step_ids = ids as [Id, ...Id[]]
    const { steps } = this.drawn
    const at = steps.findIndex(({ id }) => id === step_ids[0])
    const next = steps.slice(at).find(({ id }) => !step_ids.includes(id)) ?? steps[at - 1]
    const text =
      step_ids.length === 1
        ? t('process_map.removed_one', { step: wordsOf(steps[at]!) })
        : t('process_map.removed_some', { count: step_ids.length })
    this.opened = null
    this.picked = null
    this.told(text, this.room.send({ type: 'process_map.remove_steps', step_ids }))
    if (next) await this.focus(next.id)
  }

  pickOrDrop(id: Id): void {
    if (!this.picked?.delete(id)) this.picked?.add(id)
  }

  pick(): void {
    this.picked = this.picked ? null : new SvelteSet()
  }

  /** A new step is written behind this one. */
  async addAfter(id: Id): Promise<void> {
    this.addingAfter = id
    await tick()
    document.getElementById('new-step')?.querySelector('input')?.focus()
  }

  spotAfter(id: Id | null): Spot {
    return likelySpot(this.drawn.edges, this.step(id))
  }

  /** Earlier or later along its way: it changes places with its neighbour. */
  async swap(step: MapStep, to: 'earlier' | 'later'): Promise<void> {
    const into = this.#edgeTo(step, to)
    if (!into) return announce(t('process_map.moves_no_further'))
    this.room.send({ type: 'process_map.move_into', step_id: step.id, into, edge_id: newId() })
    announce(t(`process_map.moved_${to}`, { step: wordsOf(step) }))
    await this.focus(step.id)
  }

  /** The connection before its one neighbour, or behind it. */
  #edgeTo({ id }: MapStep, to: 'earlier' | 'later'): Id | undefined {
    const { edges } = this.drawn
    const into = edges.filter(({ to_id }) => to_id === id)
    const out = exitsOf(edges, id)
    if (to === 'earlier') return edges.find(({ to_id }) => to_id === into[0]?.from_id)?.id
    return out[0] && exitsOf(edges, out[0].to_id)[0]?.id
  }

  async focus(id: Id): Promise<void> {
    await tick()
    document.getElementById(handleOf(id))?.focus()
  }
}

/** The id of the button by which a step of the list is reached with the keyboard. */
export function handleOf(id: Id): string {
  return `map-step-${id}`
}

const KEY = Symbol('drawing')

export function provideDrawing(drawing: Drawing): Drawing {
  return setContext(KEY, drawing)
}

export function useDrawing(): Drawing {
  return getContext<Drawing>(KEY)
}
