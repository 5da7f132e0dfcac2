/** What takes back what was said of words and ground rules. */

import type { Inverses } from '../../../wire/inverse'

export const agreeing: Inverses = {
  'meetings.add_term': (_, { term_id, question_id }) =>
    question_id
      ? undefined
      : { command: { type: 'meetings.remove_term', term_id }, kind: 'term', id: term_id },

  'meetings.remove_term': (_, { term_id }) => ({
    command: { type: 'meetings.restore_term', term_id },
    kind: 'term',
    id: term_id,
  }),

  'meetings.propose_rule': (_, { ground_rule_id }) => ({
    command: { type: 'meetings.withdraw_rule', ground_rule_id },
    kind: 'ground_rule',
    id: ground_rule_id,
  }),

  'meetings.set_rule_going': (before, { ground_rule_id, is_going }) => ({
    command: { type: 'meetings.set_rule_going', ground_rule_id, is_going: !is_going },
    kind: 'ground_rule',
    id: ground_rule_id,
  }),
}
