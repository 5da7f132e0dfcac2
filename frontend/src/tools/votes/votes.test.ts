import { beforeAll, describe, expect, test } from 'vitest'

import { predicted } from '../../wire/predict'
import { withRows } from '../../wire/replica'
import { member, ROW, tablesOf } from '../../wire/testing'
import type { Command, RowLists, Rows, Tables } from '../../wire/types'
import { speak } from '../../wire/words'
import words from '../../wire/words.gen.json'
import { type Ballot, ballotAt, isVoter, type Line, liveBallot, myChoice, type Tally } from './ballot'
import { csvOf } from './csv'
import { Cues } from './cues.svelte'
import { inOrder, keptBy, splitsTie, tiedAcross, tiedAtCut } from './cut'
import { beforeClosing } from './hints'
import { inverses } from './inverses'
import { predict } from './predict'
import { keptWords, lineWords, spokenResult, turnoutWords } from './told'
import { TOOL } from './tool'
import { handWords, oneTooMany, sentenceOf } from './words'

beforeAll(() => speak(words))

const NOW = '2026-11-26T13:13:00.000Z'
const BALLOT: Ballot = {
  ...ROW,
  id: 'ballot',
  state: 'open',
  question: 'Which ideas shall we test first?',
  of: 'ideas',
  mode: 'secret',
  preset: 'thirds',
  votes_each: 4,
  votes_set: false,
  per_item: 1,
  must_use_all: false,
  weights: [],
  seconds: 90,
  round: 1,
  previous_id: null,
  sure: [],
  line: null,
  opened_at: NOW,
  ends_at: null,
  paused_at: null,
  closed_at: null,
  revealed_at: null,
  decided_at: null,
  electorate: null,
  kept: [],
  reason: null,
  void_why: null,
  void_reason: null,
  apart: false,
  until: null,
}
const SEPSIS = [12, 9, 9, 6, 6, 5, 4, 3, 2, 2, 1, 1, 0, 0]
const PLACES = [1, 2, 2, 4, 4, 6, 7, 8, 9, 9, 11, 11, 13, 13]

const LINES: Line[] = SEPSIS.map((points, at) => {
  const letter = 'ABCDEFGHIJKLMN'[at]!
  return { option_id: letter, letter, points, voters: points, place: PLACES[at]! }
})
const TALLY = {
  ...ROW,
  id: 'ballot',
  lines: LINES,
  electorate: 15,
  ballots: 15,
  abstained: 0,
  under_spent: 0,
  by_proxy: 1,
  spent: 60,
  withheld: false,
  cuts: [],
  from_patients: [],
  groups: [],
} as Tally

function reading(tables: Tables) {
  return {
    me: member('maya'),
    all: (kind: keyof Rows) => [...(tables[kind]?.values() ?? [])],
    get: (kind: keyof Rows, id: string) => tables[kind]?.get(id),
  } as never
}

describe('one sentence says how a room votes', () => {
  test('14 ideas, a third of them each', () => {
    expect(sentenceOf(BALLOT, 14)).toBe('14 ideas: 4 votes each, one per idea, 90 seconds, secret')
  })

  test('other ways in the same words', () => {
    const stacked = { ...BALLOT, per_item: 3, must_use_all: true, seconds: 120, mode: 'open' } as const
    expect(sentenceOf(stacked, 14)).toBe(
      '14 ideas: 4 votes each, up to 3 per idea, all to be used, 2 minutes, open',
    )
    const ranked = { ...BALLOT, weights: [5, 3, 1], seconds: null }
    expect(sentenceOf(ranked, 5)).toBe('5 ideas: 5, 3 and 1 points to give, each once, no time limit, secret')
    expect(handWords(BALLOT)).toBe('of 4, one per idea')
  })

  test('a fifth vote is refused kindly', () => {
    expect(oneTooMany(BALLOT, 'G')).toBe(
      'That would be a fifth vote. You have placed all 4. Take one back, then vote for G.',
    )
    expect(oneTooMany({ ...BALLOT, votes_each: 7 }, 'G')).toContain('an eighth vote')
    expect(oneTooMany({ ...BALLOT, votes_each: 1 }, 'B')).toBe(
      'That would be a second vote. You have placed yours. Take it back, then vote for B.',
    )
    expect(oneTooMany({ ...BALLOT, votes_each: 30 }, 'B')).toContain('placed all 30')
  })
})

describe('rule 17: where the list is cut', () => {
  test('who ties across the line stays: the top 4 are five', () => {
    expect(keptBy(LINES, { by: 'top', count: 4 })).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(tiedAcross(LINES, 4).map(({ letter }) => letter)).toEqual(['D', 'E'])
    expect(tiedAcross(LINES, 3)).toEqual([])
  })

  test('by number of votes, and never what nobody voted for', () => {
    expect(keptBy(LINES, { by: 'votes', votes: 9 })).toEqual(['A', 'B', 'C'])
    expect(keptBy(LINES, { by: 'top', count: 14 })).toHaveLength(12)
  })

  test('equals stand by their letter, AA after Z', () => {
    const equal = ['AA', 'Z', 'B'].map((letter) => ({ ...LINES[0]!, letter, option_id: letter }))
    expect(inOrder(equal).map(({ letter }) => letter)).toEqual(['B', 'Z', 'AA'])
  })

  test('leaving out one of a tie asks for a reason', () => {
    expect(splitsTie(LINES, new Set(['A', 'B', 'C', 'D']))).toBe(true)
    expect(splitsTie(LINES, new Set(['A', 'B', 'C', 'D', 'E']))).toBe(false)
    expect(tiedAtCut(LINES, new Set(['A', 'B', 'C', 'D']))).toEqual([])
  })
})

test('what came out is told in sentences', () => {
  const kept = new Set(['A', 'B', 'C', 'D', 'E'])
  expect(keptWords(BALLOT, TALLY, kept)).toBe(
    '5 ideas go on. D and E have 6 votes each and tie, so both stay.',
  )
  expect(turnoutWords({ ...TALLY, ballots: 14, abstained: 1, by_proxy: 0, spent: 14 })).toBe(
    '14 of 15 voted, 1 abstained. 14 votes in all.',
  )
  const runOff: Ballot = { ...BALLOT, state: 'decided', sure: ['X', 'Y'], line: { by: 'top', at: 4 } }
  expect(keptWords(runOff, TALLY, kept)).toBe(
    '7 ideas go on. D and E have 6 votes each and tie, so both stay.',
  )
  expect(keptWords({ ...runOff, sure: [], line: { by: 'hand', at: null } }, TALLY, kept)).toBe(
    '5 ideas go on.',
  )
  expect(lineWords(runOff.line!)).toBe('The line was to be after the top 4.')
  expect(spokenResult(TALLY)).toBe('The result: A 12, B 9, C 9, D 6, E 6, F 5.')
})

test('rule 27: a spreadsheet gets totals, nothing a voter, and no cell that is a formula', () => {
  const option = { ...ROW, id: 'A', ballot_id: 'ballot', letter: 'A', rank: 0, of_id: 'idea' }
  const idea = { ...ROW, id: 'idea', text: '=1+1, "so"' }
  const room = reading(tablesOf({ option: [option], idea: [idea] } as never))
  const lines = csvOf(room, { ...BALLOT, state: 'decided', kept: ['A'] }, { ...TALLY, lines: [LINES[0]!] })
  expect(lines.split('\r\n').slice(-3)).toEqual([
    'Place,Letter,Words,Votes,Voters,Decided',
    `1,A,"'=1+1, ""so""",12,12,goes on`,
    '',
  ])
})

describe('rule 22: before closing', () => {
  const turnout = (finished: number, patients_waiting = false) =>
    beforeClosing({ ...ROW, id: 'ballot', finished, of: 15, patients_waiting })

  test('enough have finished', () => {
    expect(turnout(9)[0]).toBe('9 of 15 have finished: that is 60 %.')
  })
  test('few have, or no patient', () => {
    expect(turnout(8)[0]).toContain('a little longer?')
    expect(turnout(12, true)[1]).toBe('No patient or carer has finished yet.')
  })
})

describe('which ballot a place shows', () => {
  const old = { ...BALLOT, id: 'old', state: 'decided', created_at: '2026-11-01T00:00:00.000Z' } as const
  const poster = { ...BALLOT, id: 'poster', apart: true } as const

  test('the one that is on, beside one that hangs in the corridor', () => {
    const room = reading(tablesOf({ ballot: [old, poster, BALLOT] }))
    expect(liveBallot(room)?.id).toBe('ballot')
    expect(ballotAt(room, '')?.id).toBe('ballot')
    expect(ballotAt(room, 'old')?.id).toBe('old')
  })
  test('else the last one', () => {
    expect(ballotAt(reading(tablesOf({ ballot: [old, poster] })), '')?.id).toBe('old')
  })
  test('who comes in while a vote is open comes to it, by a poster to its own', () => {
    const opens = (...ballots: Ballot[]) => TOOL.opensOn!(reading(tablesOf({ ballot: ballots })))
    expect(opens(old)).toBeUndefined()
    expect(opens(old, poster, BALLOT)).toBe('ballot')
    expect(opens(old, poster)).toBe('ballot/poster')
  })
})

test('rule 12: members vote; coaches only by a switch', () => {
  const voter = { ...ROW, id: 'v', ballot_id: 'ballot', member_id: 'ralph', votes: true }
  const room = reading(tablesOf({ voter: [voter] } as never))
  expect(isVoter(room, 'ballot', member('maya'))).toBe(true)
  expect(isVoter(room, 'ballot', member('anne', { part: 'coach' }))).toBe(false)
  expect(isVoter(room, 'ballot', member('ralph', { part: 'coach' }))).toBe(true)
})

describe('a vote is where it was put, before the server has heard of it', () => {
  const option = (id: string) => ({ ...ROW, id, ballot_id: 'ballot', letter: id, rank: 0, of_id: id })
  const rows = { ballot: [BALLOT], option: [option('A'), option('B')] } as unknown as RowLists
  const ask = { id: 'command', me: 'maya', now: NOW }

  function after(tables: Tables, command: Command): Tables {
    return withRows(tables, predicted(predict, tables, command, ask))
  }
  const votes = (option_id: string, votes: number) =>
    ({ type: 'votes.set_votes', ballot_id: 'ballot', option_id, votes }) as const

  test('on the paper exactly as the server writes it', () => {
    const tables = [votes('A', 1), votes('B', 1), votes('A', 0)].reduce(after, tablesOf(rows))
    expect(tables.paper!.get('ballot')!.body).toBe(
      '{"by":"maya","votes":{"B":1},"abstaining":false,"finished":false,"proxy":false,"refunded":[]}',
    )
  })

  test('abstaining gives votes back, a vote ends abstaining', () => {
    const before = after(tablesOf(rows), votes('A', 1))
    const abstained = after(before, { type: 'votes.abstain', ballot_id: 'ballot' })
    expect(myChoice(reading(abstained), BALLOT)).toMatchObject({ votes: {}, abstaining: true })
    expect(myChoice(reading(after(abstained, votes('B', 1))), BALLOT)).toMatchObject({
      votes: { B: 1 },
      abstaining: false,
    })
  })

  test('in the open on the wall, under my name', () => {
    const open = tablesOf({ ...rows, ballot: [{ ...BALLOT, mode: 'open' }] })
    const tables = after(after(open, votes('A', 1)), { type: 'votes.finish', ballot_id: 'ballot' })
    const dots = [...tables.dots!.values()]
    expect(dots).toHaveLength(1)
    expect(dots[0]).toMatchObject({ member_id: 'maya', votes: { A: 1 }, finished: true })
  })

  test('what is put for somebody else is nowhere on this screen, nor to be undone here', () => {
    const command = { ...votes('A', 1), for_member: 'joe' }
    expect(after(tablesOf(rows), command).paper).toBeUndefined()
    expect(inverses['votes.set_votes']!(tablesOf(rows), command, tablesOf(rows))).toBeUndefined()
  })

  test('is taken back by what was there before', () => {
    const before = after(tablesOf(rows), votes('A', 1))
    expect(inverses['votes.set_votes']!(before, votes('A', 0), before)?.command).toEqual(votes('A', 1))
  })

  test('a closed ballot shows nothing that will be refused', () => {
    const closed = tablesOf({ ...rows, ballot: [{ ...BALLOT, state: 'closed' }] })
    expect(after(closed, votes('A', 1)).paper).toBeUndefined()
  })
})

describe('what is said while a ballot is open', () => {
  const ends = Date.parse(NOW) + 90_000
  const open = { ...BALLOT, ends_at: new Date(ends).toISOString() }

  function heard(...looks: [Ballot | undefined, number | undefined, number][]): string[] {
    const said: string[] = []
    const cues = new Cues((text) => said.push(text))
    for (const [ballot, left, before] of looks) cues.look(ballot, left, ends - before)
    return said
  }

  test('rule 7: who has votes left is told at half time and twenty seconds before the end', () => {
    expect(heard([open, 2, 60_000], [open, 2, 44_900], [open, 1, 19_900])).toEqual([
      'Half of the time is over. You have 2 votes left.',
      'Twenty seconds left. You have 1 vote left.',
    ])
    expect(heard([open, 0, 60_000], [open, 0, 44_900], [open, undefined, 19_900])).toEqual([])
  })

  test('it closes, is paused, is called off', () => {
    const closed = { ...open, state: 'closed' } as const
    const paused = { ...open, state: 'clarify' } as const
    expect(heard([open, 1, 5000], [closed, 1, 0])).toEqual(['The vote is closed.'])
    expect(heard([open, 1, 5000], [paused, 1, 4000], [open, 1, 4000])).toEqual([
      'The vote is paused.',
      'The vote goes on.',
    ])
  })
})
