/** What the commands of meetings will probably do, one area a file. */

import type { Predictions } from '../../wire/predict'
import { agreeing } from './agreeing/predict'
import { close } from './close/predict'
import { hour } from './hour/predict'
import { people } from './people/predict'
import { plan } from './plan/predict'

export const predict: Predictions = {
  ...agreeing,
  ...close,
  ...hour,
  ...people,
  ...plan,
}
