/** What takes a command of the roadmap back. */

import type { Inverses } from '../../wire/inverse'

export const inverses: Inverses = {
  'roadmap.set_step'(before, { step_id, note }) {
    const step = before.step?.get(step_id)
    if (!step) return undefined
    return {
      command: {
        type: 'roadmap.set_step',
        step_id,
        state: step.state,
        ...(note !== undefined && { note: step.note }),
      },
      kind: 'step',
      id: step_id,
    }
  },
}
