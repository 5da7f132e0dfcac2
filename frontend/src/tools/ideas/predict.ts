/** What the commands of change ideas will probably do. */

import { added, born, changed, clean, type Predictions, rows } from '../../wire/predict'
import { between, compare } from '../../wire/rank'
import type { Command, Id, Idea, IdeaState, Moment, RowLists, Tables } from '../../wire/types'
import { isNameless, openCapture } from './ideas'

export const predict: Predictions = {
  'ideas.add_idea'(tables, command, { me, now }) {
    const { idea_id, text, note = null, from_patient = null, capture_id } = command
    const capture = openCapture(tables.idea_capture?.values() ?? [])
    const isOver = capture?.until && Date.parse(capture.until) <= Date.parse(now)
    if (isOver || (capture_id && capture_id !== capture?.id)) return undefined
    const idea = {
      ...born(idea_id, now),
      hidden: false,
      capture_id: null,
      text: clean(text),
      note: note ? clean(note) : null,
      rank: lastRank(tables),
      rev: 0,
      state: 'raw' as const,
      letter: null,
      author_id: me,
      corrected_by: null,
      original: null,
      credited: [],
      merged_into: null,
      concept: command.concept ?? null,
      card_id: command.card_id ?? null,
      theme_id: command.theme_id ?? null,
      aim_id: command.aim_id ?? null,
      outside_control: false,
      impact: null,
      effort: null,
      held: isHeld(tables, me),
      ...spokenFor(tables, command.proxy_for ?? null, me, from_patient),
    }
    if (idea.held && capture && capture.mode !== 'named') return undefined
    const written = capture ? inSilence(idea, capture, from_patient ?? false) : idea
    const put = added(tables, 'idea', written)
    return put && { ...put, ...counted(tables, written) }
  },

  'ideas.edit_idea'(tables, { idea_id, text, note, base_rev }, { me }) {
    const idea = tables.idea?.get(idea_id)
    if (!idea || idea.rev !== base_rev || idea.redacted_at) return undefined
    const words = clean(text)
    const isOwn = isNameless(idea) || me === idea.author_id || me === idea.proxy_for
    const mark = isOwn
      ? { corrected_by: null, original: null }
      : { corrected_by: me, original: idea.original ?? idea.text }
    return changed(tables, 'idea', idea_id, {
      text: words,
      ...(note !== undefined && { note: note ? clean(note) : null }),
      rev: idea.rev + 1,
      ...(words !== idea.text && mark),
    })
  },

  'ideas.set_idea'(tables, command) {
    const idea = tables.idea?.get(command.idea_id)
    if (!idea) return undefined
    const { concept, card_id, theme_id, aim_id, impact, effort } = command
    const said = { concept, card_id, theme_id, aim_id, impact, effort }
    const fields = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
    const flag = typeof command.outside_control === 'boolean' ? command.outside_control : idea.outside_control
    return changed(tables, 'idea', idea.id, {
      ...fields,
      outside_control: flag,
      ...whose(tables, idea, command),
    })
  },

  'ideas.move_idea': (tables, { idea_id, after }) => {
    const idea = tables.idea?.get(idea_id)
    return idea && changed(tables, 'idea', idea_id, { rank: rankAfter(tables, idea, after) })
  },

  'ideas.remove_idea'(tables, { idea_id }, { now }) {
    const idea = tables.idea?.get(idea_id)
    if (idea?.state !== 'raw' && idea?.state !== 'clarified') return undefined
    const put = changed(tables, 'idea', idea_id, { removed_at: now })
    return put && { ...put, ...counted(tables, put.idea![0]!) }
  },

  'ideas.restore_idea'(tables, { idea_id }) {
    const idea = tables.idea?.get(idea_id)
    const restored = idea && { ...idea, removed_at: null }
    return restored && { ...rows('idea', restored), ...counted(tables, restored) }
  },

  'ideas.clarify_idea'(tables, { idea_id, clear = true }, ask) {
    const [from, to] = clear ? (['raw', 'clarified'] as const) : (['clarified', 'raw'] as const)
    return advanced(tables, idea_id, [from], to, null, ask)
  },

  'ideas.set_state'(tables, { idea_id, state, reason = null }, ask) {
    return advanced(tables, idea_id, COMES_FROM[state], state, reason, ask)
  },

  'ideas.start_capture'(tables, { capture_id, mode, until = null }, { now }) {
    if (openCapture(tables.idea_capture?.values() ?? [])) return undefined
    const counts = { written: 0, asking: 0 }
    return added(tables, 'idea_capture', {
      ...born(capture_id, now),
      mode,
      until,
      state: 'writing',
      ...counts,
    })
  },

  'ideas.set_until': (tables, { capture_id, until }) =>
    changed(tables, 'idea_capture', capture_id, { until }),

  'ideas.add_benchmark'(tables, { benchmark_id, place, text = null, url = null }, { me, now }) {
    return added(tables, 'benchmark', {
      ...born(benchmark_id, now),
      place: clean(place),
      text: text ? clean(text) : null,
      url,
      author_id: me,
    })
  },

  'ideas.remove_benchmark': (tables, { benchmark_id }, { now }) =>
    changed(tables, 'benchmark', benchmark_id, { removed_at: now }),

  'ideas.restore_benchmark'(tables, { benchmark_id }) {
    const benchmark = tables.benchmark?.get(benchmark_id)
    return benchmark && rows('benchmark', { ...benchmark, removed_at: null })
  },
}

type SetState = Extract<Command, { type: 'ideas.set_state' }>

/** What an idea has to be before somebody says what it has become. */
export const COMES_FROM: Record<SetState['state'], readonly IdeaState[]> = {
  clarified: ['selected', 'not_now', 'abandoned', 'testing'],
  testing: ['clarified', 'selected', 'adapted', 'adopted'],
  adapted: ['testing'],
  adopted: ['testing', 'adapted'],
  abandoned: ['raw', 'clarified', 'selected', 'not_now', 'testing', 'adapted', 'adopted'],
}

/** The idea in its new state, and the step that tells of it until the server's own has come. */
function advanced(
  tables: Tables,
  id: Id,
  from: readonly IdeaState[],
  state: IdeaState,
  reason: string | null,
  { id: commandId, me, now }: { id: Id; me: Id; now: Moment },
): RowLists | undefined {
  const idea = tables.idea?.get(id)
  if (!idea || !from.includes(idea.state)) return undefined
  const put = changed(tables, 'idea', id, { state })
  const isThere = [...(tables.idea_step?.values() ?? [])].some(
    (step) => step.idea_id === id && step.state === state && step.by === me && step.created_at >= now,
  )
  if (!put || isThere) return put
  const nothing = { ballot_id: null, round: null, points: null, place: null }
  const said = reason ? clean(reason) : null
  return {
    ...put,
    idea_step: [{ ...born(commandId, now), idea_id: id, state, ...nothing, reason: said, by: me }],
  }
}

function lastRank(tables: Tables): string {
  const ranks = [...(tables.idea?.values() ?? [])].map(({ rank }) => rank)
  return between(
    ranks.reduce<string | null>((last, rank) => (last === null || rank > last ? rank : last), null),
    null,
  )
}

/** Directly behind that idea, or first; the present rank where that is so already. */
function rankAfter(tables: Tables, idea: Idea, after: Id | null): string {
  const low = after === null ? null : tables.idea?.get(after)?.rank
  if (after === idea.id || low === undefined) return idea.rank
  const behind = [...tables.idea!.values()]
    .filter(({ id, rank }) => id !== idea.id && (low === null || compare(rank, low) > 0))
    .map(({ rank }) => rank)
    .sort(compare)
  const high = behind[0] ?? null
  const stands =
    (low === null || compare(low, idea.rank) < 0) && (high === null || compare(idea.rank, high) < 0)
  return stands ? idea.rank : between(low, high)
}

function inSilence(idea: Idea, capture: { id: Id; mode: string }, fromPatient: boolean): Idea {
  const hidden = { ...idea, hidden: true, capture_id: capture.id }
  if (capture.mode === 'named') return hidden
  const voice = capture.mode === 'voice' ? idea.voice : null
  return { ...hidden, author_id: null, proxy_for: null, voice, from_patient: fromPatient }
}

/** Its capture with the count as it will be once this idea is written, taken back or put back. */
function counted(tables: Tables, idea: Idea): RowLists {
  const capture = idea.hidden && idea.capture_id ? tables.idea_capture?.get(idea.capture_id) : undefined
  if (!capture) return {}
  const before = tables.idea?.get(idea.id)
  const change = Number(isThere(idea)) - Number(before !== undefined && isThere(before))
  return change ? { idea_capture: [{ ...capture, written: Math.max(0, capture.written + change) }] } : {}
}

function isThere(idea: Idea): boolean {
  return !idea.removed_at && !idea.redacted_at
}

function spokenFor(tables: Tables, proxy: Id | null, author: Id | null, fromPatient: boolean | null) {
  const proxy_for = proxy === author ? null : proxy
  const voice = tables.member?.get(proxy_for ?? author ?? '')?.voice ?? null
  return { proxy_for, voice, from_patient: fromPatient ?? (voice === 'patient' || voice === 'carer') }
}

type SetIdea = Extract<Command, { type: 'ideas.set_idea' }>

function whose(tables: Tables, idea: Idea, { proxy_for, from_patient }: SetIdea): Partial<Idea> {
  if (proxy_for === undefined || proxy_for === idea.proxy_for) {
    if (from_patient === undefined) return {}
    return { from_patient: from_patient ?? (idea.voice === 'patient' || idea.voice === 'carer') }
  }
  return spokenFor(tables, proxy_for, idea.author_id, from_patient ?? null)
}

/** What a held member writes waits for a coach; of coaches nothing does. */
function isHeld(tables: Tables, me: Id): boolean {
  const hold = tables.hold?.get(me)
  return hold !== undefined && hold.removed_at === null && tables.member?.get(me)?.part !== 'coach'
}
