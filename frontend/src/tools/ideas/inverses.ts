/** What takes a command of change ideas back. */

import type { Inverse, Inverses } from '../../wire/inverse'
import { compare } from '../../wire/rank'
import type { Command, Id, Idea, Kind, Tables } from '../../wire/types'

export const inverses: Inverses = {
  'ideas.add_idea': (_, { idea_id }) => of('idea', idea_id, { type: 'ideas.remove_idea', idea_id }),

  'ideas.remove_idea': (_, { idea_id }) => of('idea', idea_id, { type: 'ideas.restore_idea', idea_id }),

  'ideas.restore_idea': (_, { idea_id }) => of('idea', idea_id, { type: 'ideas.remove_idea', idea_id }),

  'ideas.edit_idea'(before, { idea_id }, after) {
    const idea = before.idea?.get(idea_id)
    const base_rev = after.idea?.get(idea_id)?.rev
    if (!idea?.text || base_rev === undefined) return undefined
    const { text, note } = idea
    return of('idea', idea_id, { type: 'ideas.edit_idea', idea_id, text, note, base_rev })
  },

  'ideas.set_idea'(before, command) {
    const idea = before.idea?.get(command.idea_id)
    if (!idea) return undefined
    const said = Object.keys(command).filter((field) => field !== 'type' && field in idea)
    const was = Object.fromEntries(said.map((field) => [field, idea[field as keyof Idea]]))
    return of('idea', idea.id, { ...was, type: 'ideas.set_idea', idea_id: idea.id })
  },

  'ideas.move_idea'(before, { idea_id }) {
    const idea = before.idea?.get(idea_id)
    return idea && of('idea', idea_id, { type: 'ideas.move_idea', idea_id, after: ideaBefore(before, idea) })
  },

  'ideas.clarify_idea': (_, { idea_id, clear = true }) =>
    of('idea', idea_id, { type: 'ideas.clarify_idea', idea_id, clear: !clear }),

  'ideas.add_benchmark': (_, { benchmark_id }) =>
    of('benchmark', benchmark_id, { type: 'ideas.remove_benchmark', benchmark_id }),

  'ideas.remove_benchmark': (_, { benchmark_id }) =>
    of('benchmark', benchmark_id, { type: 'ideas.restore_benchmark', benchmark_id }),

  'ideas.restore_benchmark': (_, { benchmark_id }) =>
    of('benchmark', benchmark_id, { type: 'ideas.remove_benchmark', benchmark_id }),
}

function of(kind: Kind, id: Id, command: Command): Inverse {
  return { command, kind, id }
}

function ideaBefore(tables: Tables, idea: Idea): Id | null {
  const ahead = [...tables.idea!.values()]
    .filter(({ rank }) => compare(rank, idea.rank) < 0)
    .sort((a, b) => compare(a.rank, b.rank))
  return ahead.at(-1)?.id ?? null
}
