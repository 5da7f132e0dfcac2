/** What the commands of votes will probably do: a vote is where it was put before the server has heard of it. */

import { added, born, changed, type Ask, type Predictions } from '../../wire/predict'
import type { Id, RowLists, Rows, Tables } from '../../wire/types'

/** As the server writes it on a paper: field by field in this order. */
interface Choice {
  by: Id
  votes: Record<Id, number>
  abstaining: boolean
  finished: boolean
  proxy: boolean
  refunded: Id[]
}

export const predict: Predictions = {
  'votes.set_votes'(tables, { ballot_id, option_id, votes, for_member }, ask) {
    const option = tables.option?.get(option_id)
    if (for_member || !option) return undefined
    const before = mine(tables, ballot_id, ask)
    const put = Object.entries({ ...before.votes, [option_id]: votes }).filter(([, count]) => count > 0)
    const now = { ...before, votes: Object.fromEntries(put), abstaining: false, proxy: false, refunded: [] }
    // It is about the option: why it was refused is said there.
    const said = saying(tables, ballot_id, now, ask)
    return said && { option: [option], ...said }
  },

  'votes.abstain'(tables, { ballot_id, abstaining = true, for_member }, ask) {
    if (for_member) return undefined
    const before = mine(tables, ballot_id, ask)
    const votes = abstaining ? {} : before.votes
    return saying(tables, ballot_id, { ...before, votes, abstaining, finished: false, proxy: false }, ask)
  },

  'votes.finish'(tables, { ballot_id, finished = true, for_member }, ask) {
    if (for_member) return undefined
    return saying(tables, ballot_id, { ...mine(tables, ballot_id, ask), finished, proxy: false }, ask)
  },

  'votes.set_ballot'(tables, { ballot_id, question, mode, votes_each, per_item, must_use_all, seconds }) {
    return changed(tables, 'ballot', ballot_id, {
      ...(question && { question }),
      ...(mode && { mode }),
      ...(votes_each && { votes_each, votes_set: true }),
      ...(per_item && { per_item }),
      ...(typeof must_use_all === 'boolean' && { must_use_all }),
      ...(seconds !== undefined && { seconds }),
    })
  },

  'votes.set_voter'(tables, { ballot_id, member_id, votes }, { id, now }) {
    const standing = [...(tables.voter?.values() ?? [])].find(
      (voter) => voter.ballot_id === ballot_id && voter.member_id === member_id,
    )
    if (standing) return changed(tables, 'voter', standing.id, { votes })
    return added(tables, 'voter', { ...born(id, now), ballot_id, member_id, votes })
  },

  'votes.clarify_ballot': (tables, { ballot_id }) =>
    changed(tables, 'ballot', ballot_id, { state: 'clarify' }),
}

function mine(tables: Tables, ballotId: Id, { me }: Ask): Choice {
  const blank = { by: me, votes: {}, abstaining: false, finished: false, proxy: false, refunded: [] }
  if (tables.ballot?.get(ballotId)?.mode !== 'open') {
    const body = tables.paper?.get(ballotId)?.body
    return body ? (JSON.parse(body) as Choice) : blank
  }
  const dots = myDots(tables, ballotId, me)
  if (!dots) return blank
  const { votes, abstaining, finished, proxy, refunded } = dots
  return { by: me, votes, abstaining, finished, proxy, refunded: [...refunded] }
}

function saying(tables: Tables, ballotId: Id, choice: Choice, { id, me, now }: Ask): RowLists | undefined {
  const ballot = tables.ballot?.get(ballotId)
  if (ballot?.state !== 'open') return undefined
  if (ballot.mode === 'open') {
    const { by: member_id, ...said } = choice
    const dots = myDots(tables, ballotId, me)
    return { dots: [{ ...born(id, now), ...dots, ballot_id: ballotId, member_id, ...said }] }
  }
  const paper = tables.paper?.get(ballotId)
  const body = JSON.stringify(choice)
  return { paper: [{ ...born(ballotId, now), ...paper, box_id: ballotId, body }] }
}

function myDots(tables: Tables, ballotId: Id, me: Id): Rows['dots'] | undefined {
  return [...(tables.dots?.values() ?? [])].find(
    (dots) => dots.ballot_id === ballotId && dots.member_id === me,
  )
}
