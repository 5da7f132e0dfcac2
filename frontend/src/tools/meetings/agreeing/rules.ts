/** Ground rules and "can we live with it?" as screens read them. */

import type { Room } from '../../../room/room.svelte'
import type { Id, Rows } from '../../../wire/types'
import { compare } from '../../../wire/rank'

export type GroundRule = Rows['ground_rule']
export type Consent = Rows['consent']
export type Stance = Rows['stance']
export type Target = Consent['target']
export type Says = Stance['says']

export const SAYS: readonly Says[] = ['yes', 'yes_but', 'not_yet']

type Reading = Pick<Room, 'all'>

/** What is in force, also what is about to go. */
export function standing(rules: readonly GroundRule[]): readonly GroundRule[] {
  return inOrder(rules.filter(({ state }) => state === 'agreed' || state === 'going'))
}

export function proposed(rules: readonly GroundRule[]): readonly GroundRule[] {
  return inOrder(rules.filter(({ state }) => state === 'proposed'))
}

/** How the list read in one version: what had come by then and had not gone. */
export function ofVersion(rules: readonly GroundRule[], number: number): readonly GroundRule[] {
  return inOrder(
    rules.filter(
      ({ since, until }) => since !== null && since <= number && (until === null || until > number),
    ),
  )
}

/** The version in force; none before any was agreed. */
export function currentVersion(room: Reading): Rows['rules_version'] | undefined {
  return room
    .all('rules_version')
    .reduce<Rows['rules_version'] | undefined>(
      (last, each) => (last && last.number > each.number ? last : each),
      undefined,
    )
}

/** The one that was not heard for longest; of those never heard the first. */
export function nextInTurn(rules: readonly GroundRule[]): GroundRule | undefined {
  return standing(rules)
    .filter(({ text }) => text !== null)
    .reduce<GroundRule | undefined>(
      (first, each) => (first && !isBefore(each, first) ? first : each),
      undefined,
    )
}

function isBefore(one: GroundRule, other: GroundRule): boolean {
  if ((one.read_at === null) !== (other.read_at === null)) return one.read_at === null
  return one.read_at !== null && one.read_at < other.read_at!
}

/** The newest question about something; earlier ones are history. */
export function consentAbout(room: Reading, target: Target, targetId: Id): Consent | undefined {
  return room
    .all('consent')
    .filter((each) => each.target === target && each.target_id === targetId)
    .reduce<Consent | undefined>(
      (last, each) => (last && last.created_at > each.created_at ? last : each),
      undefined,
    )
}

export function stancesOf(room: Reading, consentId: Id): readonly Stance[] {
  return room.all('stance').filter(({ capture_id }) => capture_id === consentId)
}

function inOrder(rules: readonly GroundRule[]): readonly GroundRule[] {
  return [...rules].sort((a, b) => compare(a.rank, b.rank))
}
