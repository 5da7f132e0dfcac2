/** Places inside a room: the fragment of its address, and the view that others see somebody at. */

import { TABS } from '../tools'
import type { Id } from '../wire/types'
import { knows } from '../wire/words'
import type { Method, MethodStep } from './method'

/** The wall's front page: where the team is. */
export const ROADMAP = 'roadmap'
/** On a phone: what is asked of me, and who is here. */
export const NOW = 'now'
export const PEOPLE = 'people'

/** Whether a narrow screen has a tab of its own for it: the others are all on the wall. */
export function isTab(name: string): boolean {
  return name === NOW || name === PEOPLE || TABS.some(([tab]) => tab === name)
}

/** As the server takes them. */
const VIEW = /^[a-z0-9_]{1,40}(\/[A-Za-z0-9_-]{1,64})?$/

export interface Place {
  view: string
  name: string
  /** What follows the name, as in `board/value`. */
  at: string
}

/** The place a fragment names; null for none and for nonsense. */
export function placeAt(hash: string): Place | null {
  const view = hash.replace(/^#/, '')
  if (!VIEW.test(view)) return null
  const [name, at = ''] = view.split('/')
  return { view, name: name!, at }
}

/** What a step opens: the board's lens, the themes, the aim, or a page of its own. */
export function placeOf(opens: string, stepId: Id): string {
  const [tool, lens] = opens.split(':')
  if (tool === 'board' && lens) return `board/${lens}`
  if (tool === 'themes' || tool === 'ideas' || tool === 'process_map') return tool
  if (tool === 'global_aim') return 'aim/global'
  if (tool === 'specific_aim') return 'aim/specific'
  if (tool === 'votes') return 'ballot'
  return `step/${stepId}`
}

/** A step of the method with the room's own row of it. */
export interface StepHere {
  step: MethodStep
  id: Id
}

/** Places with a word of their own, whatever the step that opens them is called. */
const NAMED = ['themes', 'aim', 'ideas', 'ballot', 'process_map']

/** What people call a place: the title of the lens or step it shows. Others have a name in the catalogue. */
export function titleOf(view: string, method: Method, steps: readonly StepHere[]): string | undefined {
  const [name, at] = view.split('/')
  if (name !== undefined && NAMED.includes(name)) return undefined
  if (name === 'board') return method.lenses.find(({ key }) => key === at)?.title ?? method.board_title
  return steps.find(({ step, id }) => placeOf(step.opens, id) === view)?.step.title
}

/** The word for a place that has no title of its own: `rooms.place_…` in any tool's catalogue. */
export function wordOf(view: string): string {
  const words = [view.replace('/', '_'), view.split('/')[0]].map((name) => `rooms.place_${name}`)
  return words.find(knows) ?? 'rooms.place_other'
}
