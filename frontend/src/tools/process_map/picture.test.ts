import { describe, expect, it } from 'vitest'

import type { Lane, MapEdge, MapStep } from '../../wire/types'
import { type Box, frameOf, NAMES, onDiamond, overlap, PITCH, spotAt } from './geometry'
import { fitted, widthOf, wrapped } from './lettering'
import { fittedTo, type Model, paperFor, pictureOf, pieces } from './picture'
import { routesOf } from './routes'
import { lineOf, type Words } from './shapes'
import { svgOf } from './svg'

const words: Words = {
  step: ({ text }) => text ?? '',
  lane: ({ name }) => name ?? '',
  time: ({ amount, unit }) => `${amount} ${unit}`,
  share: (share) => `${Math.round(share * 100)} %`,
}

function lane(id: string): Lane {
  return { id, name: id } as Lane
}

function step(id: string, lane_id: string, column: number, more: Partial<MapStep> = {}): MapStep {
  const at = { x: 12 + column * PITCH, y: 12 }
  return { id, lane_id, kind: 'activity', text: id, ...at, process: null, wait: null, ...more } as MapStep
}

function edge(from_id: string, to_id: string, label: string | null = null): MapEdge {
  return { id: `${from_id}-${to_id}`, from_id, to_id, label, share: null } as MapEdge
}

const LANES = ['patient', 'ward', 'laboratory'].map(lane)

/** Arrives, is triaged; a decision; blood goes to the laboratory and comes back; a way back from review to blood. */
const SEPSIS: Model = {
  lanes: LANES,
  steps: [
    step('arrives', 'patient', 0, { kind: 'start' }),
    step('triage', 'ward', 0),
    step('red flag', 'ward', 1, { kind: 'decision' }),
    step('usual care', 'patient', 1, { kind: 'end' }),
    step('blood', 'ward', 2),
    step('porter', 'laboratory', 3, { kind: 'wait' }),
    step('review', 'ward', 4),
    step('dose', 'patient', 5, { kind: 'end' }),
  ],
  edges: [
    edge('arrives', 'triage'),
    edge('triage', 'red flag'),
    edge('red flag', 'blood', 'yes'),
    edge('red flag', 'usual care', 'no'),
    edge('blood', 'porter'),
    edge('porter', 'review'),
    edge('review', 'dose'),
    edge('review', 'blood', 'sample lost'),
  ],
}

describe('geometry', () => {
  it('makes a lane as high as its steps want, and stands the next one under it', () => {
    const frame = frameOf(LANES, [step('low', 'patient', 0, { y: 120 })])
    expect(frame.lanes.map(({ top, height }) => [top, height])).toEqual([
      [0, 220],
      [224, 110],
      [338, 110],
    ])
  })

  it('lets a step fall into the lane in which its middle lies, and never over the names', () => {
    const frame = frameOf(LANES, [])
    expect(spotAt(frame, { x: 20, y: 100 }, 'activity')).toEqual({ lane_id: 'ward', x: 12, y: 12 })
    expect(spotAt(frame, { x: 300, y: 900 }, 'activity')?.lane_id).toBe('laboratory')
    expect(spotAt(frame, { x: 300, y: -60 }, 'activity')).toEqual({
      lane_id: 'patient',
      x: 300 - NAMES,
      y: 12,
    })
  })
})

describe('routes', () => {
  it('run along and across only, from box to box, through no third one', () => {
    const { frame, routes } = pictureOf(SEPSIS, words)
    expect(routes.size).toBe(SEPSIS.edges.length)
    for (const { id, from_id, to_id } of SEPSIS.edges) {
      const { points } = routes.get(id)!
      for (let at = 1; at < points.length; at += 1) {
        const [a, b] = [points[at - 1]!, points[at]!]
        expect(a.x === b.x || a.y === b.y).toBe(true)
        const piece = {
          x: Math.min(a.x, b.x),
          y: Math.min(a.y, b.y),
          width: Math.abs(a.x - b.x),
          height: Math.abs(a.y - b.y),
        }
        for (const [other, box] of frame.boxes) {
          if (other !== from_id && other !== to_id)
            expect(overlap(piece, box), `${id} through ${other}`).toBe(false)
        }
      }
      expect(isOnRim(points[0]!, frame.boxes.get(from_id)!)).toBe(true)
      expect(isOnRim(points.at(-1)!, frame.boxes.get(to_id)!)).toBe(true)
    }
  })

  it('go straight where nothing is between, and part at once at a decision', () => {
    const { routes } = pictureOf(SEPSIS, words)
    expect(routes.get('arrives-triage')!.points).toHaveLength(2)
    expect(routes.get('triage-red flag')!.points).toHaveLength(2)
    const [yes, no] = ['red flag-blood', 'red flag-usual care'].map((id) => routes.get(id)!.points[0])
    expect(yes).not.toEqual(no)
  })

  it('carry their words beside every box and every other word', () => {
    const { frame, routes } = pictureOf(SEPSIS, words)
    const labels = SEPSIS.edges.flatMap((edge) => {
      const { label } = lineOf(edge, words)
      const at = routes.get(edge.id)!.label
      return label && at ? [{ x: at.x - label.width / 2, y: at.y - 8, ...label }] : []
    })
    expect(labels).toHaveLength(3)
    for (const [at, label] of labels.entries()) {
      for (const [id, box] of frame.boxes) {
        expect(frame.diamonds.has(id) ? onDiamond(box, label) : overlap(label, box)).toBe(false)
      }
      for (const other of labels.slice(at + 1)) expect(overlap(label, other)).toBe(false)
    }
  })

  it('come out the same whatever the order of the rows', () => {
    const frame = frameOf(LANES, SEPSIS.steps)
    const lines = SEPSIS.edges.map((edge) => lineOf(edge, words))
    expect(routesOf([...lines].reverse(), frame)).toEqual(routesOf(lines, frame))
  })

  it('leave out what leads to a step that is not there', () => {
    expect(pictureOf({ ...SEPSIS, edges: [edge('triage', 'gone')] }, words).edges).toEqual([])
  })
})

describe('lettering', () => {
  it('breaks between words, and ends in dots what does not fit', () => {
    expect(wrapped('Senior review and prescribe', 124, 15.5, 2)).toEqual(['Senior review', 'and prescribe'])
    const lines = wrapped('Every single one of the many words that somebody has written here', 100, 15, 3)
    expect(lines).toHaveLength(3)
    expect(lines[2]).toMatch(/…$/)
    for (const line of lines) expect(widthOf(line, 15)).toBeLessThanOrEqual(100)
  })

  it('takes smaller letters rather than break a word', () => {
    const tries = [15.5, 12.5].map((size) => ({ size, width: 124, lines: 2 }))
    expect(fitted('Electrocardiogram', tries)).toEqual({ size: 12.5, lines: ['Electrocardiogram'] })
  })
})

describe('a picture on paper and in files', () => {
  const long: Model = {
    lanes: LANES,
    steps: Array.from({ length: 40 }, (_, at) => step(`s${at}`, LANES[at % 3]!.id, at)),
    edges: [],
  }

  it('is cut between steps, and nothing of it is lost', () => {
    const { frame } = pictureOf(long, words)
    const cut = pieces(frame, 5)
    expect(cut).toHaveLength(5)
    expect(cut.reduce((sum, { width }) => sum + width, 0)).toBe(frame.width - NAMES)
    for (const { from } of cut.slice(1)) {
      for (const { x, width } of frame.boxes.values()) expect(x < from && from < x + width).toBe(false)
    }
  })

  it('fills a wall in as many rows as make it largest', () => {
    const { frame } = pictureOf(long, words)
    const wall = fittedTo(frame, { width: 1850, height: 800 })
    expect(wall.pieces.length).toBeGreaterThan(1)
    expect(wall.scale).toBeGreaterThan(fittedTo(frame, { width: 1850, height: frame.height / 4 }).scale)
    expect(fittedTo(pictureOf(SEPSIS, words).frame, { width: 1850, height: 800 }).pieces).toHaveLength(1)
  })

  it('goes on over more rows before its letters become too small, and no row is higher than a sheet', () => {
    const sheet = { width: 1026, height: 455, page: 680 }
    const how = { least: 0.69, largest: 1 }
    const { frame } = pictureOf(long, words)
    const { pieces: rows, scale } = paperFor(frame, sheet, how)
    expect(scale).toBeGreaterThan(0.6)
    expect(rows.reduce((sum, { width }) => sum + width, 0)).toBe(frame.width - NAMES)
    expect(paperFor(pictureOf(SEPSIS, words).frame, sheet, how).pieces).toHaveLength(1)
    const high = paperFor({ ...frame, height: 1500 }, sheet, how)
    expect(high.scale * 1500).toBeLessThan(680)
  })

  it('speaks for itself, in colours and never in tokens, and keeps what people typed as words', () => {
    const drawn = pictureOf(
      { ...SEPSIS, steps: SEPSIS.steps.map((one) => ({ ...one, text: '<b>&"' })) },
      words,
    )
    const file = svgOf(drawn, { title: 'A & B', description: 'x < y' })
    expect(file).toContain('<title>A &amp; B</title>')
    expect(file).toContain('&lt;b&gt;&amp;&quot;')
    expect(file).not.toMatch(/var\(|class=|style=|undefined|NaN/)
  })
})

function isOnRim({ x, y }: { x: number; y: number }, box: Box): boolean {
  const isInside = x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
  const onSide = [box.x, box.x + box.width].includes(x) || [box.y, box.y + box.height].includes(y)
  return isInside && onSide
}
