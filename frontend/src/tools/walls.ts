/** How each tool looks on a wall: a file `wall.ts` beside its `tool.ts`. They come only to walls. */

import type { Load } from './tool'
import { Views } from './views.svelte'

type Loads = Record<string, Load>

const found = import.meta.glob<Loads>('./*/wall.ts', { eager: true, import: 'WALL' })
const feet = import.meta.glob<Load>('./*/wall.ts', { eager: true, import: 'FOOT' })
const welcomes = import.meta.glob<readonly Load[]>('./*/wall.ts', { eager: true, import: 'WELCOME' })

export const WALLS = new Views(Object.entries(found).map(([name, views]) => ({ name, views })))

/** At the bottom of every wall: what is on now. `about` is how many are here. */
export const FOOT: Load | undefined = Object.values(feet).find((foot) => foot !== undefined)

/** What stands on the welcome besides the room's name and the way in. */
export const WELCOMES: readonly Load[] = Object.values(welcomes).flatMap((load) => load ?? [])
