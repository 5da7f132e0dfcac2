/** The roadmap: stages and steps of the method, and the aim. */

import type { Tool } from '../tool'
import AimView from './AimView.svelte'
import Overview from './Overview.svelte'
import { predict } from './predict'

/** The overview is one place and needs nothing from the rest of its name. */
const overview = Overview as unknown as Tool['views'][string]

export const TOOL: Tool = { name: 'roadmap', predict, views: { roadmap: overview, aim: AimView } }
