/** What takes a secret vote of mine back; in the open a second tap does. Votes put for others are theirs to take back. */

import type { Inverses } from '../../wire/inverse'
import type { Choice } from './ballot'

export const inverses: Inverses = {
  'votes.set_votes'(before, { ballot_id, option_id, for_member }) {
    if (for_member || before.ballot?.get(ballot_id)?.mode !== 'secret') return undefined
    const body = before.paper?.get(ballot_id)?.body
    const votes = body ? ((JSON.parse(body) as Choice).votes[option_id] ?? 0) : 0
    return { command: { type: 'votes.set_votes', ballot_id, option_id, votes }, kind: 'paper', id: ballot_id }
  },
}
