/** What the commands of meetings will probably do. */

import type { Predictions } from '../../wire/predict'
import { people } from './people/predict'

export const predict: Predictions = {
  ...people,
}
