/** One person's hands on the picture: what they hold, where it is meanwhile, and the one change that is sent at the end. */

import type { Edge, Node } from '@xyflow/svelte'
import { tick } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'

import { announce } from '../../ui/announcer.svelte'
import { newId } from '../../wire/ids'
import type { Id, MapStep } from '../../wire/types'
import { t } from '../../wire/words'
import type { Drawing } from './drawing.svelte'
import { centre, type Frame, type Placed, type Point, sizeOf, spotAt, STEP } from './geometry'
import { byId, cursorOf, hangingOn, movedFrame } from './hands'
import { laneName, wordsOf } from './map'
import type { Picture } from './picture'
import { distanceTo } from './paths'
import { fallen, settled } from './places'
import { type Line, pulledRoutes, type Route } from './routes'

export type StepNode = Node<{ step: MapStep; isLongest: boolean }, 'step'>
export type NoEdge = Edge

/** So near a line a step falls into it. */
const INTO = 26
/** Keys rest so long before what they moved is stored. */
const KEYS_REST = 700
/** By one press of an arrow; with Shift a column. */
const NUDGE = 12
const COLUMN = 76

const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

export class Canvas {
  nodes = $state.raw<StepNode[]>([])
  edges = $state.raw<NoEdge[]>([])
  /** A line that is chosen. */
  line = $state<Id | null>(null)
  /** A line that the step in hand would fall into. */
  into = $state<Id | null>(null)
  /** In my hand, or let go and not answered yet: whatever comes from others, they stay where I see them. */
  readonly held = new SvelteSet<Id>()
  #isByKeys = false
  #resting: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly drawing: Drawing,
    private readonly picture: () => Picture,
    private readonly lines: () => readonly Line[],
  ) {}

  readonly selected = $derived(this.nodes.filter(({ selected }) => selected).map(({ id }) => id))

  /** Where everything stands at this moment, with what I hold in my hand. */
  readonly frame = $derived.by((): Frame => {
    const { frame } = this.picture()
    if (this.held.size === 0) return frame
    return movedFrame(
      frame,
      this.nodes.filter(({ id }) => this.held.has(id)),
    )
  })

  /** Lines that hang on what I hold: the same as long as I hold the same. */
  readonly hangs: ReadonlySet<Id> = $derived.by(() => hangingOn(this.held, this.lines()))

  /** How they run. */
  readonly pulled = $derived.by(() =>
    this.held.size
      ? pulledRoutes(this.lines(), this.frame, ({ id }) => this.hangs.has(id), this.picture().routes)
      : undefined,
  )

  routeOf(line: Id): Route | undefined {
    return this.pulled?.get(line) ?? this.picture().routes.get(line)
  }

  /** The room's rows as the canvas wants them: what has not changed stays the same object, and is not drawn again. */
  seed(steps: readonly MapStep[], longest: Id | null): void {
    const before = byId(this.nodes)
    const { boxes } = this.picture().frame
    this.nodes = steps.map((step) => {
      const was = before.get(step.id)
      const { x, y, width, height } = boxes.get(step.id)!
      const isLongest = step.id === longest
      const position = was && this.held.has(step.id) ? was.position : { x, y }
      const data =
        was?.data.step === step && was.data.isLongest === isLongest ? was.data : { step, isLongest }
      const isSame = was?.data === data && was.position.x === position.x && was.position.y === position.y
      if (isSame) return was
      return {
        ...was,
        id: step.id,
        type: 'step' as const,
        position,
        data,
        width,
        height,
        ariaLabel: this.#named(step),
        domAttributes: { 'aria-roledescription': t('process_map.step') },
      }
    })
  }

  // By hand

  taken(ids: readonly Id[]): void {
    this.#keysDone()
    for (const id of ids) this.held.add(id)
    this.line = null
  }

  dragged(lead: StepNode, count: number): void {
    this.drawing.editing(lead.id, cursorOf(lead.position))
    this.into = count === 1 ? this.#lineUnder(lead) : null
  }

  /** The one in the hand comes first. */
  dropped(nodes: readonly StepNode[]): void {
    const { into } = this
    this.into = null
    this.drawing.editing(null)
    void this.#store(nodes, into)
  }

  /** A loose step over a line: only what hangs on nothing falls into one. */
  #lineUnder({ id, position }: StepNode): Id | null {
    const isLoose = !this.lines().some(({ from_id, to_id }) => from_id === id || to_id === id)
    if (!isLoose) return null
    const box = this.frame.boxes.get(id)
    const middle = centre({ ...STEP, ...box, ...position })
    const { routes } = this.picture()
    let best: Id | null = null
    let least = INTO
    for (const [line, { points }] of routes) {
      const far = distanceTo(points, middle)
      if (far < least) [best, least] = [line, far]
    }
    return best
  }

  async #store(nodes: readonly StepNode[], into: Id | null): Promise<void> {
    const places = this.#placesOf(nodes)
    const { room, drawn } = this.drawing
    const [first, ...more] = places
    if (first && into) {
      const { step_id, ...spot } = first
      room.send({ type: 'process_map.move_into', step_id, into, edge_id: newId(), spot })
      announce(t('process_map.fell_into', { step: this.#words(step_id) }))
    } else if (first) {
      room.send({ type: 'process_map.move_steps', map_id: drawn.map.id, places: [first, ...more] })
      this.#tell(places)
    }
    // The rows hold the new places by now, or will say why not.
    await tick()
    this.#letGo(nodes.map(({ id }) => id))
  }

  /** Where they fall: together as they were, and on nothing else. */
  #placesOf(nodes: readonly StepNode[]): { step_id: Id; lane_id: Id; x: number; y: number }[] {
    const letGo = nodes.flatMap(({ id, position }) => {
      const step = this.drawing.step(id)
      return step ? [{ step, at: position }] : []
    })
    const others = this.drawing.drawn.steps.filter((one) => !letGo.some(({ step }) => step === one))
    return settled(others, fallen(this.picture().frame, letGo)).flatMap(({ id, lane_id, x, y }) => {
      const step = this.drawing.step(id)
      const isMoved = step?.x !== x || step.y !== y || step.lane_id !== lane_id
      return isMoved ? [{ step_id: id, lane_id, x, y }] : []
    })
  }

  #letGo(ids: readonly Id[]): void {
    for (const id of ids) this.held.delete(id)
    this.seed(this.drawing.drawn.steps, this.drawing.drawn.totals?.longest_wait ?? null)
  }

  #tell(places: readonly { step_id: Id; lane_id: Id }[]): void {
    const lane = this.drawing.drawn.lanes.find(({ id }) => id === places[0]!.lane_id)
    announce(
      places.length === 1
        ? t('process_map.moved_to', { step: this.#words(places[0]!.step_id), lane: laneName(lane) })
        : t('process_map.moved_some', { count: places.length }),
    )
  }

  // By keys

  /** Of the canvas as a whole; true where the key did something here. */
  keyed(event: KeyboardEvent): boolean {
    const at = (event.target as Element).closest<HTMLElement>('.svelte-flow__node')?.dataset.id
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey) return false
    if (key === 'Escape' && (this.selected.length || this.line)) return this.#select([])
    if (key === 'Delete' || key === 'Backspace') return this.#removed(at)
    if (!at) return false
    if (key === 'Enter') return this.open(at)
    if (key === ' ') {
      const others = this.selected.filter((id) => id !== at)
      return this.#select(this.selected.includes(at) ? others : [...others, at])
    }
    const arrow = ARROWS[key]
    if (!arrow) return false
    if (!this.selected.includes(at)) this.#select([at])
    this.#nudge(arrow, shiftKey ? COLUMN : NUDGE)
    return true
  }

  /** Focus has left what the keys were moving. */
  left(): void {
    this.#keysDone()
  }

  open(id: Id): boolean {
    this.#keysDone()
    this.drawing.opened = id
    return true
  }

  select(ids: readonly Id[]): void {
    this.#select(ids)
  }

  #select(ids: readonly Id[]): boolean {
    this.line = null
    this.nodes = this.nodes.map((node) =>
      (node.selected ?? false) === ids.includes(node.id) ? node : { ...node, selected: !node.selected },
    )
    return true
  }

  #nudge(by: Point, far: number): void {
    for (const id of this.selected) this.held.add(id)
    this.#isByKeys = true
    this.nodes = this.nodes.map((node) =>
      node.selected
        ? { ...node, position: { x: node.position.x + by.x * far, y: node.position.y + by.y * far } }
        : node,
    )
    const lead = this.nodes.find(({ selected }) => selected)
    if (lead) this.drawing.editing(lead.id, cursorOf(lead.position))
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => this.#keysDone(), KEYS_REST)
  }

  #keysDone(): void {
    if (!this.#isByKeys) return
    clearTimeout(this.#resting)
    this.#isByKeys = false
    this.dropped(this.nodes.filter(({ id }) => this.held.has(id)))
  }

  /** The chosen line goes. */
  removeChosen(): boolean {
    if (!this.line) return false
    this.drawing.room.send({ type: 'process_map.remove_edge', edge_id: this.line })
    announce(t('process_map.line_removed'))
    this.line = null
    return true
  }

  #removed(at: Id | undefined): boolean {
    if (this.removeChosen()) return true
    const ids = this.selected.length ? this.selected : at ? [at] : []
    if (ids.length === 0) return false
    void this.drawing.remove(ids)
    return true
  }

  // Lines

  connect(from: Id, to: Id): void {
    if (from === to) return
    this.drawing.connect(from, to)
    announce(t('process_map.now_connected', { from: this.#words(from), to: this.#words(to) }))
  }

  // New steps

  /** Where a step goes that is put there. */
  spotFor(at: Point): { lane_id: Id; x: number; y: number } | undefined {
    const { width, height } = sizeOf('activity')
    const corner = { x: at.x - width / 2, y: at.y - height / 2 }
    const spot = spotAt(this.frame, corner, 'activity')
    if (!spot) return undefined
    const [{ lane_id, x, y }] = settled(this.drawing.drawn.steps, [
      { ...spot, id: '', kind: 'activity' },
    ]) as [Placed]
    return { lane_id, x, y }
  }

  stop(): void {
    this.#keysDone()
  }

  #words(id: Id): string {
    const step = this.drawing.step(id)
    return step ? wordsOf(step) : ''
  }

  #named(step: MapStep): string {
    const lane = this.drawing.drawn.lanes.find(({ id }) => id === step.lane_id)
    return t('process_map.step_named', {
      step: wordsOf(step),
      kind: t(`process_map.kind_${step.kind}`),
      lane: laneName(lane),
    })
  }
}
