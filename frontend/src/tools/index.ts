/** Every tool there is: a folder with a `tool.ts` that exports `TOOL`. A new one needs no line here. */

import { predict as ofTheRoom } from '../room/predict'
import type { Predictions } from '../wire/predict'
import type { Tool } from './tool'
import { Views } from './views.svelte'

const found = import.meta.glob<Tool>('./*/tool.ts', { eager: true, import: 'TOOL' })

export const TOOLS: readonly Tool[] = Object.values(found)

/** For `createRoom`. */
export const PREDICTIONS: Predictions = Object.assign(
  {},
  ofTheRoom,
  ...TOOLS.map((tool) => tool.predict),
) as Predictions

export const VIEWS = new Views(TOOLS)
