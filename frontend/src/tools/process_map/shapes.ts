/** What is drawn of a step, a lane, a line: marks with a role, from its own left top corner. */

import type { Lane, MapEdge, MapStep } from '../../wire/types'
import { type Box, type LaneBox, NAMES, sizeOf } from './geometry'
import { fitted, shortened, widthOf, wrapped } from './lettering'
import type { Role } from './looks'
import { arrowOf, pathOf } from './paths'
import type { Line, Route } from './routes'

export type Mark =
  | { role: Role; d: string }
  | { role: Role; x: number; y: number; text: string; size: number; anchor?: 'start' | 'middle' | 'end' }

/** Words of the catalogue; the picture itself speaks none. */
export interface Words {
  step(step: Pick<MapStep, 'text'>): string
  lane(lane: Pick<Lane, 'name'>): string
  /** "20 min". */
  time(time: NonNullable<MapStep['process']>): string
  share(share: number): string
}

export type DrawnStep = Pick<MapStep, 'id' | 'kind' | 'text' | 'note' | 'process' | 'wait' | 'value' | 'hot'>

const SIZES = [15.5, 14, 12.5] as const
const LINE = 1.22

export function stepMarks(step: DrawnStep, words: Words, isLongest = false): Mark[] {
  const { width, height } = sizeOf(step.kind)
  const marks: Mark[] = [...outline(step, width, height, isLongest)]
  const figures = figuresOf(step, words, width, height)
  const body = { ...inside(step.kind, width, height) }
  if (figures.length && step.kind !== 'decision') body.height = figuresAt(step.kind, height) - 15 - body.y
  marks.push(...lettered(words.step(step), body, step.kind), ...figures)
  if (step.hot) {
    marks.push({ role: 'hot', d: burst(width - 4, 4, 13) })
    marks.push({ role: 'hot_text', x: width - 4, y: 9.5, text: '!', size: 15 })
  }
  if (step.note)
    marks.push({ role: 'note', d: 'M4 -6h10l5 5v14h-15z' }, { role: 'note', d: 'M7.500 3h8M7.500 7.500h8' })
  return marks
}

function outline({ kind, value }: DrawnStep, width: number, height: number, isLongest: boolean): Mark[] {
  switch (kind) {
    case 'start':
    case 'end':
      return [{ role: 'pill', d: rounded(width, height, height / 2) }]
    case 'wait':
      return [{ role: isLongest ? 'longest' : 'wait', d: rounded(width, height, 5) }]
    case 'decision':
      return [
        {
          role: 'diamond',
          d: `M${width / 2} 0L${width} ${height / 2}L${width / 2} ${height}L0 ${height / 2}Z`,
        },
      ]
    case 'cloud':
      return [{ role: 'cloud', d: CLOUD }]
    case 'document':
      return [
        {
          role: 'box',
          d: `M5 0H${width - 20}L${width} 20V${height - 9}Q${(width * 3) / 4} ${height - 20} ${width / 2} ${height - 8}T0 ${height - 6}V5Q0 0 5 0Z`,
        },
        { role: 'fold', d: `M${width - 20} 0V20H${width}` },
        ...edgeOf(value, width - 20),
      ]
    case 'handover':
      return [
        {
          role: 'box',
          d: `M5 0H${width - 18}L${width} ${height / 2}L${width - 18} ${height}H5Q0 ${height} 0 ${height - 5}V5Q0 0 5 0Z`,
        },
        ...edgeOf(value, width - 18),
      ]
    default:
      return [{ role: 'box', d: rounded(width, height, 5) }, ...edgeOf(value, width)]
  }
}

/** Unbroken: it helps the patient. Broken: it is needed. None: neither. */
function edgeOf(value: MapStep['value'], width: number): Mark[] {
  if (value !== 'adding' && value !== 'necessary') return []
  return [{ role: value === 'adding' ? 'helps' : 'needed', d: `M1 3H${width - 1}` }]
}

/** Where words may stand. */
function inside(kind: MapStep['kind'], width: number, height: number): Box {
  switch (kind) {
    case 'decision':
      return { x: 24, y: 18, width: width - 48, height: height - 36 }
    case 'handover':
      return { x: 6, y: 8, width: width - 24, height: height - 12 }
    case 'document':
      return { x: 6, y: 8, width: width - 24, height: height - 24 }
    case 'cloud':
      return { x: 18, y: 18, width: width - 36, height: height - 34 }
    case 'start':
    case 'end':
      return { x: 12, y: 2, width: width - 24, height: height - 4 }
    default:
      return { x: 4, y: 8, width: width - 8, height: height - 12 }
  }
}

function lettered(text: string, { x, y, width, height }: Box, kind: MapStep['kind']): Mark[] {
  const isPill = kind === 'start' || kind === 'end'
  const tries = SIZES.map((size) => ({
    size,
    width,
    lines: Math.max(1, Math.floor(height / (size * LINE))),
  }))
  // Where the sides slope, three lines are shorter than two.
  if (isPill) for (const each of tries) each.lines = 2
  if (kind === 'decision') tries[2]!.width -= 12
  const { size, lines } = fitted(text, tries)
  const pitch = size * LINE
  const first = y + (height - lines.length * pitch) / 2 + pitch / 2 + size * 0.34
  return lines.map((line, at) => ({
    role: isPill ? 'pill_text' : 'text',
    x: x + width / 2,
    y: round(first + at * pitch),
    text: line,
    size,
  }))
}

/** The line on which the figures stand. */
function figuresAt(kind: MapStep['kind'], height: number): number {
  if (kind === 'document') return height - 22
  return height - (kind === 'cloud' ? 17 : 11)
}

/** At the bottom: how long one waits before it, with a glass; how long it takes. */
function figuresOf({ kind, process, wait }: DrawnStep, words: Words, width: number, height: number): Mark[] {
  if (kind === 'start' || kind === 'end') return []
  const middle = kind === 'handover' ? (width - 8) / 2 : width / 2
  const y = figuresAt(kind, height)
  if (kind === 'wait') {
    const own = wait ?? process
    return own ? [{ role: 'waiting', x: middle, y, text: words.time(own), size: 17, anchor: 'middle' }] : []
  }
  if (kind === 'decision') return beside(process, wait, words, width, height)
  const takes = process && words.time(process)
  if (!wait) return takes ? [{ role: 'time', x: middle, y, text: takes, size: 15, anchor: 'middle' }] : []
  const waits = words.time(wait)
  const room = width - (kind === 'cloud' || kind === 'handover' ? 24 : 12)
  const long = (size: number) => 14 + widthOf(waits, size) + (takes ? 8 + widthOf(takes, size) : 0)
  const size = [14, 12.5].find((size) => long(size) <= room) ?? 11.5
  const all = long(size)
  const left = middle - all / 2
  return [
    { role: 'glass', d: glass(left, y - 11) },
    { role: 'waiting', x: left + 14, y, text: waits, size, anchor: 'start' },
    ...(takes ? [{ role: 'time', x: left + all, y, text: takes, size, anchor: 'end' } as const] : []),
  ]
}

/** A diamond has no room for figures: they stand in the corners under its slopes. */
function beside(
  process: DrawnStep['process'],
  wait: DrawnStep['wait'],
  words: Words,
  width: number,
  height: number,
): Mark[] {
  const [y, size] = [height + 1, 12.5]
  const marks: Mark[] = []
  if (wait) {
    marks.push({ role: 'glass', d: glass(-6, y - 11) })
    marks.push({ role: 'waiting', x: 7, y, text: words.time(wait), size, anchor: 'start' })
  }
  if (process) marks.push({ role: 'time', x: width + 6, y, text: words.time(process), size, anchor: 'end' })
  return marks
}

function glass(x: number, y: number): string {
  return `M${round(x)} ${y}h9M${round(x)} ${y + 11}h9M${round(x + 1)} ${y}c0 4 3.500 4 3.500 5.500s-3.500 1.500 -3.500 5.500M${round(x + 8)} ${y}c0 4 -3.500 4 -3.500 5.500s3.500 1.500 3.500 5.500`
}

function burst(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 16 }, (_, at) => {
    const far = at % 2 ? radius * 0.68 : radius
    const turn = (at * Math.PI) / 8
    return `${round(x + far * Math.sin(turn))} ${round(y - far * Math.cos(turn))}`
  })
  return `M${points.join('L')}Z`
}

const CLOUD =
  'M30 84C10 86 -2 70 6 56C-4 44 4 26 20 26C22 8 44 0 56 10C68 -2 92 2 96 16C114 10 130 26 124 42C138 54 132 76 114 78C108 90 88 92 78 84C64 94 40 94 30 84Z'

function rounded(width: number, height: number, by: number): string {
  const [h, v] = [width - 2 * by, height - 2 * by]
  return `M${by} 0h${h}a${by} ${by} 0 0 1 ${by} ${by}v${v}a${by} ${by} 0 0 1 ${-by} ${by}h${-h}a${by} ${by} 0 0 1 ${-by} ${-by}v${-v}a${by} ${by} 0 0 1 ${by} ${-by}z`
}

/** Whole width, as wide as the map is. */
export function laneMarks({ height }: Pick<LaneBox, 'height'>, width: number): Mark[] {
  return [{ role: 'lane', d: rounded(width, height, 8) }]
}

export function laneNameMarks(name: string, { height }: Pick<LaneBox, 'height'>): Mark[] {
  const size = 15
  const lines = wrapped(name, NAMES - 28, size, Math.max(2, Math.floor(height / 24)))
  const first = height / 2 - ((lines.length - 1) * 19) / 2 + 5
  return lines.map((text, at) => ({ role: 'lane_name', x: 16, y: first + at * 19, text, size }))
}

const LABEL = 14.5
const WIDEST = 118

/** "yes", "40 %", "yes 40 %": what is written on a line. */
export function labelOf({ label, share }: Pick<MapEdge, 'label' | 'share'>, words: Words): string {
  const part = share === null ? '' : words.share(share)
  // A way that everybody or nobody goes says it by its word.
  const isPlain = label !== null && (share === 1 || share === 0)
  const all = [label ?? '', isPlain ? '' : part].filter(Boolean).join(' ')
  return shortened(all, WIDEST, LABEL)
}

export function lineOf(
  edge: Pick<MapEdge, 'id' | 'from_id' | 'to_id' | 'label' | 'share' | 'created_at'>,
  words: Words,
): Line {
  const text = labelOf(edge, words)
  return { ...edge, label: text ? { width: Math.ceil(widthOf(text, LABEL)), height: 16 } : null }
}

export function edgeMarks({ points }: Pick<Route, 'points'>): Mark[] {
  return [
    { role: 'edge', d: pathOf(points) },
    { role: 'head', d: arrowOf(points) },
  ]
}

export function labelMarks({ label }: Route, text: string): Mark[] {
  return label && text ? [{ role: 'label', x: label.x, y: label.y + 5, text, size: LABEL }] : []
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
