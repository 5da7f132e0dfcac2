/** Every tool of the room, found by its folder. A new tool is one more folder; nothing here changes. */

import type { Component } from 'svelte'

import type { Predictions } from '../wire/predict'

/** What a view is told: the part of the place behind its name, as in `#board/value`. */
export interface ViewProps {
  rest: string
}

export interface Tool {
  name: string
  predict?: Predictions
  /** Views by the first word of their place. */
  views?: Record<string, Component<ViewProps>>
}

const modules = import.meta.glob<Tool>('./*/tool.ts', { eager: true })
const tools = Object.values(modules)

export const predictions: Predictions = Object.assign({}, ...tools.map(({ predict }) => predict))

const views: Record<string, Component<ViewProps>> = Object.assign({}, ...tools.map(({ views }) => views))

export function viewOf(name: string): Component<ViewProps> | undefined {
  return views[name]
}
