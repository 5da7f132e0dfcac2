/** What a tool brings to the room: its name, what its commands will probably do, and its screens. */

import type { Predictions } from '../wire/predict'

export interface Tool {
  name: string
  predict: Predictions
  /**
   * By the first word of the place that shows them: `#board/value` shows `board`, a component with `at` = "value".
   * They come when they are wanted, so that the room shows sooner.
   */
  views: Record<string, () => Promise<{ default: unknown }>>
}
