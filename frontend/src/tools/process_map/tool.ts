/** The process map: the pathway as the patient meets it, with its times. */

import type { Tool } from '../tool'

export const TOOL: Tool = {
  name: 'process_map',
  views: { process_map: () => import('./ProcessMapView.svelte') },
  below: { step: () => import('./MapBelow.svelte') },
}
