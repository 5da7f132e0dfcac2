/** How each tool looks on a wall: a file `wall.ts` beside its `tool.ts`. They come only to walls. */

import type { Load } from './tool'
import { Views } from './views.svelte'

interface Wall {
  /** By the same first words of a place as on everybody's screen. */
  WALL: Record<string, Load>
  /** At the bottom of every wall: what is on now. `about` is how many are here. */
  FOOT?: Load
  /** Over the foot, while there is something to say. */
  LINES?: readonly Load[]
  /** What stands on the welcome besides the room's name and the way in. */
  WELCOME?: readonly Load[]
}

const found = import.meta.glob<Wall>('./*/wall.ts', { eager: true })

export const WALLS = new Views(Object.entries(found).map(([name, { WALL }]) => ({ name, views: WALL })))

export const FOOT: Load | undefined = Object.values(found).flatMap(({ FOOT }) => FOOT ?? [])[0]

export const WELCOMES: readonly Load[] = Object.values(found).flatMap(({ WELCOME }) => WELCOME ?? [])

export const LINES: readonly Load[] = Object.values(found).flatMap(({ LINES }) => LINES ?? [])
