/** Others' hands on a picture: who holds or writes on what, and what is moved for it. */

import type { Room } from '../../room/room.svelte'
import type { Id } from '../../wire/types'
import { t } from '../../wire/words'
import { nameOf } from '../board/byline'
import type { Frame, Point } from './geometry'
import { shortened, widthOf } from './lettering'
import { arrowOf, pathOf } from './paths'
import type { Picture } from './picture'
import { type Line, pulledRoutes } from './routes'
import type { Mark } from './shapes'

export const NONE: ReadonlySet<Id> = new Set()
export const NOWHERE: ReadonlyMap<Id, Point> = new Map()

/** A cursor is told as a part of the widest map there can be. */
const WIDEST = 65_536

export function cursorOf({ x, y }: Point): [number, number] {
  const part = (pixels: number) => Math.min(1, Math.max(0, Math.round(pixels) / WIDEST))
  return [part(x), part(y)]
}

export interface Worker {
  name: string
  /** Where the step is that they move. */
  hand: Point | null
}

/** Who works at which step, but for me. */
export function workers(room: Pick<Room, 'here' | 'me' | 'get'>): Map<Id, Worker> {
  const at = new Map<Id, Worker>()
  for (const [member, { editing, cursor }] of room.here) {
    if (editing === null || member === room.me?.id) continue
    const hand = cursor && { x: cursor[0] * WIDEST, y: cursor[1] * WIDEST }
    // Of two at one step, the one who moves it is seen.
    if (!at.get(editing)?.hand)
      at.set(editing, {
        name: nameOf(member, (id) => room.get('member', id)),
        hand,
      })
  }
  return at
}

const TAG = 13

/** A name over a step: whoever moves it, or writes on it. */
export function tagMarks({ name, hand }: Worker): Mark[] {
  const text = shortened(t(hand ? 'process_map.moves_it' : 'process_map.writes_on_it', { name }), 150, TAG)
  const width = widthOf(text, TAG) + 16
  return [
    { role: 'tag', d: `M8 -24h${width - 16}a8 10 0 0 1 0 20h${16 - width}a8 10 0 0 1 0 -20z` },
    { role: 'tag_text', x: 8, y: -9.5, text, size: TAG },
  ]
}

/** Moves what is drawn of steps, and the lines that hang on them, without a word to the page's state. */
export function show(
  root: Element,
  picture: Picture,
  lines: readonly Line[],
  before: ReadonlyMap<Id, Point>,
  at: ReadonlyMap<Id, Point>,
): void {
  for (const id of before.keys()) if (!at.has(id)) shift(root, id, null)
  const { frame } = picture
  for (const [id, point] of at) {
    const box = frame.boxes.get(id)
    if (box) shift(root, id, { x: point.x - box.x, y: point.y - box.y })
  }
  if (at.size === 0 && before.size === 0) return
  const isTouched = ({ from_id, to_id }: Line, by: ReadonlyMap<Id, Point>) => by.has(from_id) || by.has(to_id)
  const glided = movedFrame(
    frame,
    [...at].map(([id, position]) => ({ id, position })),
  )
  const pulled = pulledRoutes(lines, glided, (line) => isTouched(line, at), picture.routes)
  for (const line of lines) {
    if (!isTouched(line, at) && !isTouched(line, before)) continue
    const drawn = root.querySelector(`[data-edge="${line.id}"]`)
    const resting = picture.routes.get(line.id)
    const route = pulled.get(line.id) ?? resting
    if (!drawn || !resting || !route) continue
    const [path, head] = drawn.querySelectorAll('path')
    path?.setAttribute('d', pathOf(route.points))
    head?.setAttribute('d', arrowOf(route.points))
    const label = root.querySelector<SVGGElement>(`[data-label="${line.id}"]`)
    if (label && route.label && resting.label) {
      label.style.transform = `translate(${route.label.x - resting.label.x}px, ${route.label.y - resting.label.y}px)`
    }
  }
}

function shift(root: Element, id: Id, by: Point | null): void {
  for (const element of root.querySelectorAll<HTMLElement | SVGElement>(`[data-glides="${id}"]`)) {
    element.style.transform = by ? `translate(${by.x}px, ${by.y}px)` : ''
  }
}

/** The same map with some steps elsewhere. */
export function movedFrame(frame: Frame, moved: Iterable<{ id: Id; position: Point }>): Frame {
  const boxes = new Map(frame.boxes)
  for (const { id, position } of moved) {
    const box = boxes.get(id)
    if (box) boxes.set(id, { ...box, x: Math.round(position.x), y: Math.round(position.y) })
  }
  return { ...frame, boxes }
}

export function tagsOf(there: ReadonlyMap<Id, Worker>): ReadonlyMap<Id, readonly Mark[]> {
  return new Map([...there].map(([id, who]) => [id, tagMarks(who)]))
}

export function handsOf(there: ReadonlyMap<Id, Worker>): ReadonlyMap<Id, Point> {
  return new Map([...there].flatMap(([id, { hand }]) => (hand ? [[id, hand]] : [])))
}

/** Lines that begin or end at what is held. */
export function hangingOn(held: ReadonlySet<Id>, lines: readonly Line[]): ReadonlySet<Id> {
  if (held.size === 0) return NONE
  return new Set(
    lines.filter(({ from_id, to_id }) => held.has(from_id) || held.has(to_id)).map(({ id }) => id),
  )
}

export function byId<Row extends { id: Id }>(rows: readonly Row[]): ReadonlyMap<Id, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}
