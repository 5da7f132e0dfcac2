/** A ballot as screens read it: which one is on, what stands on it, who votes, and what I have on my paper. */

import type { Room } from '../../room/room.svelte'
import type { Id, Member, Rows } from '../../wire/types'
import { t } from '../../wire/words'

export type Ballot = Rows['ballot']
export type Option = Rows['option']
export type Tally = Rows['tally']
export type Line = Tally['lines'][number]

type Reading = Pick<Room, 'all' | 'get'>

/** Of fewer voters the numbers stay hidden. */
export const FEWEST = 4

const OVER: readonly Ballot['state'][] = ['decided', 'void']

/** The one ballot that the room is busy with. */
export function liveBallot(room: Reading): Ballot | undefined {
  return room.all('ballot').find(({ apart, state }) => !apart && !OVER.includes(state))
}

/** Every ballot there was, the last one first. */
export function pastBallots(room: Reading): Ballot[] {
  return room
    .all('ballot')
    .filter(({ state }) => OVER.includes(state) || state === 'revealed')
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
}

/** Those that stay open to a stated time, beside the live one. */
export function postersOf(room: Reading): Ballot[] {
  return room
    .all('ballot')
    .filter(({ apart, state }) => apart && !OVER.includes(state) && state !== 'revealed')
}

/** The one a place names; else the one that is on, or was last. */
export function ballotAt(room: Reading, at: string): Ballot | undefined {
  if (at) return room.get('ballot', at)
  return liveBallot(room) ?? pastBallots(room)[0]
}

/** In the order in which they stand on everybody's screen. */
export function optionsOf(room: Reading, ballotId: Id): Option[] {
  return room
    .all('option')
    .filter(({ ballot_id, withdrawn_at }) => ballot_id === ballotId && withdrawn_at === null)
}

/** Letters of those that are in already, from the round before a run-off. */
export function sureOf(room: Reading, { sure }: Pick<Ballot, 'sure'>): string[] {
  return sure.flatMap((id) => room.get('option', id)?.letter ?? [])
}

/** The words of what can be voted for; they stand with the idea, theme or card itself. */
export function wordsOf(room: Reading, { of }: Pick<Ballot, 'of'>, { of_id }: Option): string {
  const words =
    of === 'themes'
      ? room.get('theme', of_id)?.title
      : room.get(of === 'cards' ? 'card' : 'idea', of_id)?.text
  return words ?? t('board.taken_out')
}

/** By default members vote; coaches, sponsors and whoever is left out are switched by hand, for all to see. */
export function isVoter(room: Reading, ballotId: Id, { id, part }: Member): boolean {
  const hand = room
    .all('voter')
    .find(({ ballot_id, member_id }) => ballot_id === ballotId && member_id === id)
  return hand?.votes ?? part === 'member'
}

/** What somebody has put: on a paper that nobody else gets, or in the open. */
export interface Choice {
  votes: Record<Id, number>
  abstaining: boolean
  finished: boolean
  /** These came back, for what they were on was mended. */
  refunded: readonly Id[]
}

const BLANK: Choice = { votes: {}, abstaining: false, finished: false, refunded: [] }

/** A paper is called as its ballot is. */
export function myChoice(room: Reading & Pick<Room, 'me'>, { id, mode }: Ballot): Choice {
  if (mode === 'open') {
    const mine = (dots: Rows['dots']) => dots.ballot_id === id && dots.member_id === room.me?.id
    return room.all('dots').find(mine) ?? BLANK
  }
  const body = room.get('paper', id)?.body
  return body ? { ...BLANK, ...(JSON.parse(body) as Partial<Choice>) } : BLANK
}

/** In the open everybody sees who put how many where. */
export function dotsOn(room: Reading, { id, ballot_id }: Option): { member_id: Id; votes: number }[] {
  return room
    .all('dots')
    .filter((dots) => dots.ballot_id === ballot_id && dots.votes[id])
    .map(({ member_id, votes }) => ({ member_id, votes: votes[id]! }))
}

export function spentOf(votes: Readonly<Record<Id, number>>): number {
  return Object.values(votes).reduce((all, each) => all + each, 0)
}

/** How many marks somebody has in all: votes, or with weights so many ranks. */
export function handOf({ weights, votes_each }: Pick<Ballot, 'weights' | 'votes_each'>): number {
  return weights.length || votes_each
}

/** How many of them are placed. */
export function placedOf({ weights }: Pick<Ballot, 'weights'>, votes: Readonly<Record<Id, number>>): number {
  return weights.length ? Object.values(votes).filter((each) => each > 0).length : spentOf(votes)
}
