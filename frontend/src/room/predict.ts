/** What the room's own commands will probably do. */

import { added, born, changed, clean, type Predictions, rows } from '../wire/predict'
import type { Id, MeetingRole, Rows, Tables } from '../wire/types'

export const predict: Predictions = {
  'rooms.rename_room'(tables, { name }) {
    const room = first(tables, 'room')
    return room && rows('room', { ...room, name: clean(name) })
  },

  'rooms.set_part'(tables, { member_id, part }) {
    const member = changed(tables, 'member', member_id, { part })
    return member && { ...member, ...(part === 'observer' ? withoutRoles(tables, member_id) : {}) }
  },

  'rooms.remove_member'(tables, { member_id }, { me, now }) {
    if (member_id === me) return undefined
    const member = changed(tables, 'member', member_id, { state: 'removed', removed_at: now })
    return member && { ...member, ...withoutRoles(tables, member_id) }
  },

  'rooms.add_person'(tables, { member_id, name, voice = null, microsystem = null }, { now }) {
    return added(tables, 'member', {
      ...born(member_id, now),
      name: clean(name),
      voice,
      microsystem,
      part: 'member',
      state: 'active',
      without_device: true,
    })
  },

  'rooms.set_me'(tables, { name, voice, microsystem }, { me }) {
    return changed(tables, 'member', me, {
      ...(name && { name: clean(name) }),
      ...(voice !== undefined && { voice }),
      ...(microsystem !== undefined && { microsystem }),
    })
  },

  'rooms.assign_role'(tables, { role, member_id }) {
    const held = [...(tables.role?.values() ?? [])].find((row) => row.role === role)
    return held && rows('role', { ...held, member_id })
  },

  'rooms.bring_everyone'(tables, { view }, { me }) {
    const place = first(tables, 'place')
    return place && rows('place', { ...place, view, by: me })
  },

  'rooms.redact'(tables, { kind, row_id }, { now }) {
    const blank = BLANK[kind as keyof typeof BLANK]
    const row = blank && tables[kind as keyof typeof BLANK]?.get(row_id)
    if (!row) return undefined
    const redacted = { [kind]: [{ ...row, ...blank, redacted_at: now }] }
    return kind === 'card' ? { ...redacted, card_text: textsOf(tables, row_id, now) } : redacted
  },
}

/** What people wrote in each kind of row, taken out. */
const BLANK = {
  card: { text: null, original: null, evidence: [] },
  card_text: { text: null },
  theme: { title: null, reason: null },
  step: { note: null },
  aim: { slots: null },
}

function first<K extends 'room' | 'place'>(tables: Tables, kind: K): Rows[K] | undefined {
  return tables[kind]?.values().next().value
}

function withoutRoles(tables: Tables, memberId: Id): { role?: MeetingRole[] } {
  const held = [...(tables.role?.values() ?? [])].filter(({ member_id }) => member_id === memberId)
  return { role: held.map((role) => ({ ...role, member_id: null })) }
}

function textsOf(tables: Tables, cardId: Id, now: string) {
  const texts = [...(tables.card_text?.values() ?? [])].filter(({ card_id }) => card_id === cardId)
  return texts.map((text) => ({ ...text, ...BLANK.card_text, redacted_at: now }))
}
