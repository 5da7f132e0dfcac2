/** What a tool brings to the room: its name, what its commands will probably do, and its screens. */

import type { Component } from 'svelte'

import type { Predictions } from '../wire/predict'

export interface Tool {
  name: string
  predict: Predictions
  /** By the first word of the place that shows them: `#board/value` shows `board`, with `at` = "value". */
  views: Record<string, Component<{ at: string }>>
}
