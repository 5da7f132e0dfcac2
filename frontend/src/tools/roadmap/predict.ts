/** What the roadmap's commands will probably do. */

import { added, born, changed, type Predictions, said } from '../../wire/predict'

export const predict: Predictions = {
  'roadmap.set_step'(tables, { step_id, ...command }, { me, now }) {
    const told = said(command, 'state', 'note')
    return changed(tables, 'step', step_id, { ...told, changed_at: now, changed_by: me })
  },

  'roadmap.set_aim'(tables, { aim_id, kind, slots }, { now }) {
    const there = tables.aim?.get(aim_id)
    const anew = { slots, state: 'draft', agreed_at: null } as const
    if (!there) return added(tables, 'aim', { ...born(aim_id, now), kind, ...anew })
    return changed(tables, 'aim', aim_id, there.state === 'agreed' ? anew : { slots })
  },

  'roadmap.propose_aim'(tables, { aim_id }) {
    return changed(tables, 'aim', aim_id, { state: 'proposed' })
  },

  'roadmap.agree_aim'(tables, { aim_id }, { now }) {
    return changed(tables, 'aim', aim_id, { state: 'agreed', agreed_at: now })
  },
}
