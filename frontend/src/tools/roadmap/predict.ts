/** What the roadmap's commands will probably do. */

import { added, born, changed, type Predictions } from '../../wire/predict'

export const predict: Predictions = {
  'roadmap.set_step'(tables, { step_id, state, note }, { me, now }) {
    const step = tables.step?.get(step_id)
    if (!step) return undefined
    const told = { state, note: note === undefined ? step.note : note || null }
    if (told.state === step.state && told.note === step.note) return undefined
    const redacted_at = note ? null : step.redacted_at
    return changed(tables, 'step', step_id, { ...told, redacted_at, changed_at: now, changed_by: me })
  },

  'roadmap.set_aim'(tables, { aim_id, kind, slots }, { now }) {
    const there = tables.aim?.get(aim_id)
    // What was proposed or agreed was another sentence.
    const draft = { slots, state: 'draft', agreed_at: null, redacted_at: null } as const
    if (!there) return added(tables, 'aim', { ...born(aim_id, now), kind, ...draft })
    if (there.kind !== kind || JSON.stringify(there.slots) === JSON.stringify(slots)) return undefined
    return changed(tables, 'aim', aim_id, draft)
  },

  'roadmap.propose_aim'(tables, { aim_id }) {
    if (tables.aim?.get(aim_id)?.state === 'agreed') return undefined
    return changed(tables, 'aim', aim_id, { state: 'proposed' })
  },

  /** One aim of a kind is agreed at a time; the one before it becomes a draft and is kept. */
  'roadmap.agree_aim'(tables, { aim_id }, { now }) {
    const aim = tables.aim?.get(aim_id)
    if (!aim || aim.state === 'agreed') return undefined
    const agreed = changed(tables, 'aim', aim_id, { state: 'agreed', agreed_at: now })
    const earlier = [...tables.aim!.values()].filter(
      ({ kind, state }) => kind === aim.kind && state === 'agreed',
    )
    return (
      agreed && {
        aim: [
          ...agreed.aim!,
          ...earlier.map((old) => ({ ...old, state: 'draft', agreed_at: null }) as const),
        ],
      }
    )
  },
}
