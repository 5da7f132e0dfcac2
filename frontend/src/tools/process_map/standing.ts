/** What stands on a map, in upright strips: so that only what is near is looked at. */

import type { Id, MapEdge } from '../../wire/types'
import { type Box, type Frame, overlap, PITCH } from './geometry'

const TOUCH = 3

export class Standing {
  readonly #near = new Map<number, [Id, Box][]>()

  constructor({ boxes }: Pick<Frame, 'boxes'>) {
    for (const entry of boxes) {
      const [first, last] = columnsOf(entry[1])
      for (let column = first; column <= last; column += 1) {
        const there = this.#near.get(column)
        if (there) there.push(entry)
        else this.#near.set(column, [entry])
      }
    }
  }

  /** Through how many steps a piece of a line would run. It may touch its own. */
  through(piece: Box, { from_id, to_id }: Pick<MapEdge, 'from_id' | 'to_id'>): number {
    const [first, last] = columnsOf(piece)
    let count = 0
    for (let column = first; column <= last; column += 1) {
      for (const [id, box] of this.#near.get(column) ?? []) {
        const isOwn = id === from_id || id === to_id
        if (overlap(piece, box, isOwn ? -1 : TOUCH)) count += 1
      }
    }
    return count
  }

  /** Steps that a box may lie on. */
  *near(box: Box): Generator<[Id, Box]> {
    const [first, last] = columnsOf(box)
    const seen = new Set<Id>()
    for (let column = first; column <= last; column += 1) {
      for (const entry of this.#near.get(column) ?? []) {
        if (!seen.has(entry[0])) yield entry
        seen.add(entry[0])
      }
    }
  }
}

function columnsOf({ x, width }: Box): [number, number] {
  return [Math.floor((x - TOUCH) / PITCH), Math.floor((x + width + TOUCH) / PITCH)]
}
