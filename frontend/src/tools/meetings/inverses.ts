/** What takes a command of a meeting back, one area a file. */

import type { Inverses } from '../../wire/inverse'
import { agreeing } from './agreeing/inverses'
import { close } from './close/inverses'
import { hour } from './hour/inverses'
import { plan } from './plan/inverses'

export const inverses: Inverses = {
  ...agreeing,
  ...close,
  ...hour,
  ...plan,
}
