/** What every command will probably do: `predict` of each tool's `predict.ts`. Fetched once the room shows. */

import { predict as ofTheRoom } from '../room/predict'
import type { Predictions } from '../wire/predict'

const found = import.meta.glob<Predictions>('./*/predict.ts', { eager: true, import: 'predict' })

export const PREDICTIONS = Object.assign({}, ofTheRoom, ...Object.values(found)) as Predictions
