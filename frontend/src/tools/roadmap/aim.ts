/** An aim is one sentence with slots. What it says, what is still missing, and how it is written. */

import type { Aim, AimKind, GlobalSlots, SpecificSlots } from '../../wire/types'
import { listed } from '../../ui/listed'
import { t } from '../../wire/words'
import { date } from '../when'

export type Slots = GlobalSlots & SpecificSlots
export type SlotName = keyof Slots

/** Slots in the order of the sentence. */
export const SLOTS: Record<AimKind, readonly SlotName[]> = {
  global: ['process', 'place', 'start', 'end', 'benefits', 'reasons'],
  specific: ['direction', 'measure', 'baseline', 'target', 'population', 'by'],
}

/** How many entries a slot takes that is a list; null for one text. */
export const MOST: Record<SlotName, number | null> = {
  process: null,
  place: null,
  start: null,
  end: null,
  benefits: 4,
  reasons: 8,
  direction: null,
  measure: null,
  baseline: null,
  target: null,
  population: null,
  by: null,
}

/** The one that is shown: agreed, else proposed, else the first that was begun. */
export function currentAim(aims: readonly Aim[], kind: AimKind): Aim | undefined {
  const ofKind = aims.filter((aim) => aim.kind === kind)
  return (
    ofKind.find(({ state }) => state === 'agreed') ??
    ofKind.find(({ state }) => state === 'proposed') ??
    ofKind[0]
  )
}

export function slotsOf(aim: Aim | undefined): Slots {
  return (aim?.slots ?? {}) as Slots
}

export function isFilled(slots: Slots, name: SlotName): boolean {
  const said = slots[name]
  return said !== undefined && said.length > 0
}

export function missing(slots: Slots, kind: AimKind): SlotName[] {
  return SLOTS[kind].filter((name) => !isFilled(slots, name))
}

export function saidIn(slots: Slots, name: SlotName): string {
  const said = slots[name]
  if (said === undefined || said.length === 0) return t('roadmap.gap')
  if (Array.isArray(said)) return listed(said)
  if (name === 'direction') return t(`roadmap.direction.${said}`)
  return name === 'by' ? date(said) : said
}

/** The whole sentence to be read; gaps are dots. */
export function sentence(slots: Slots, kind: AimKind): string {
  return t(
    `roadmap.sentence.${kind}`,
    Object.fromEntries(SLOTS[kind].map((name) => [name, saidIn(slots, name)])),
  )
}

export type Piece = { text: string } | { slot: SlotName }

/** The sentence cut into its words and its slots, to be filled in place. */
export function pieces(kind: AimKind): Piece[] {
  return t(`roadmap.sentence.${kind}`)
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((part) => (/^\{\w+\}$/.test(part) ? { slot: part.slice(1, -1) as SlotName } : { text: part }))
}

/** All slots with one of them said anew; entries of a list that became empty leave it. */
export function withSlot(slots: Slots, kind: AimKind, name: SlotName, said: string, at = 0): Slots {
  const known = Object.fromEntries(
    SLOTS[kind].flatMap((slot) => (slots[slot] === undefined ? [] : [[slot, slots[slot]]])),
  )
  if (MOST[name] === null) return { ...known, [name]: said.trim() }
  const items = [...((slots[name] as string[] | undefined) ?? [])]
  items[at] = said.trim()
  return { ...known, [name]: items.filter(Boolean) }
}
