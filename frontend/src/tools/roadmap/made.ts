/** What the room has made in each stage, from nothing but its rows. */

import type { RailStage } from '../../room/roadmap'
import type { Room } from '../../room/room.svelte'
import type { Board, Card, Theme } from '../../wire/types'
import { t } from '../../wire/words'
import { day } from '../when'
import { currentAim, slotsOf } from './aim'

export type Picture =
  | { of: 'lenses'; lenses: { shape: string; badge: string; index: number; cards: number }[] }
  | { of: 'themes'; themes: { cards: number; isChosen: boolean }[] }
  | { of: 'aim'; start: string; end: string }
  | { of: 'pages'; pages: { cards: number }[] }

export interface Made {
  /** The first says the most. */
  facts: string[]
  picture: Picture | null
}

type Maker = (room: Room, stage: RailStage) => Made | null

/** By what a step opens. Themes of a later stage are those of the first: only one stage tells of them. */
const MAKERS: [string, Maker][] = [
  ['board', madeOfLenses],
  ['themes', madeOfThemes],
  ['global_aim', madeOfGlobalAim],
  ['specific_aim', madeOfSpecificAim],
]

/** For use inside `$derived`. One entry a stage, in their order. */
export function madeIn(room: Room, stages: readonly RailStage[]): Made[] {
  const told = new Set<string>()
  return stages.map((stage) => {
    const opened = new Set(stage.steps.map(({ step }) => step.opens.split(':')[0]!))
    const makers = MAKERS.filter(([name]) => opened.has(name) && !told.has(name))
    makers.forEach(([name]) => told.add(name))
    const made = [...makers.map(([, maker]) => maker), madeOnPages].map((maker) => maker(room, stage))
    return together(made.filter((some) => some !== null))
  })
}

function together(made: readonly Made[]): Made {
  return {
    facts: made.flatMap(({ facts }) => facts),
    picture: made.find(({ picture }) => picture)?.picture ?? null,
  }
}

function madeOfLenses(room: Room, { steps }: RailStage): Made | null {
  const lenses = steps.flatMap(({ lens }) =>
    lens ? [{ shape: lens.lens.shape, badge: lens.lens.badge, index: lens.index, cards: lens.cards }] : [],
  )
  const count = lenses.reduce((sum, { cards }) => sum + cards, 0)
  if (count === 0) return null
  const title = room.method?.board_title ?? ''
  return { facts: [t('roadmap.cards_under', { count, board: title })], picture: { of: 'lenses', lenses } }
}

function madeOfThemes(room: Room): Made | null {
  const themes = onLenses(room, room.all('theme'))
  if (themes.length === 0) return null
  const cards = onLenses(room, room.all('card'))
  const chosen = themes.find(({ chosen_at }) => chosen_at !== null)
  const heights = themes.map(({ id, chosen_at }) => ({
    cards: cards.filter(({ theme_id }) => theme_id === id).length,
    isChosen: chosen_at !== null,
  }))
  return {
    facts: [
      t('roadmap.themes_named', { count: themes.length }),
      ...(chosen ? [t('roadmap.started_with', { theme: chosen.title ?? t('roadmap.gap') })] : []),
    ],
    picture: { of: 'themes', themes: heights },
  }
}

/** The sentence itself stands over the roadmap; here is how far it is. */
function madeOfGlobalAim(room: Room): Made | null {
  const aim = currentAim(room.all('aim'), 'global')
  if (!aim) return null
  const { start, end } = slotsOf(aim)
  return {
    facts: [t(`roadmap.global_is.${aim.state}`)],
    picture: start && end ? { of: 'aim', start, end } : null,
  }
}

function madeOfSpecificAim(room: Room): Made | null {
  const aim = currentAim(room.all('aim'), 'specific')
  return aim ? { facts: [t(`roadmap.specific_is.${aim.state}`)], picture: null } : null
}

export function aimState(state: 'draft' | 'proposed' | 'agreed', at: string | null, room: Room): string {
  return state === 'agreed' && at
    ? t('roadmap.agreed_on', { when: day(at, room.now()) })
    : t(`roadmap.aim_state.${state}`)
}

function madeOnPages(room: Room, { steps }: RailStage): Made | null {
  const boards = room.all('board')
  const cards = room.all('card')
  const pages = steps.flatMap(({ step }) => {
    const board = boards.find(({ step_key }) => step_key === step.key)
    return board ? [{ cards: cards.filter(({ board_id }) => board_id === board.id).length }] : []
  })
  const count = pages.reduce((sum, { cards }) => sum + cards, 0)
  const notes = room.all('step').filter(({ id, note }) => note && steps.some((step) => step.id === id)).length
  const facts = [
    ...(count ? [t('roadmap.cards_on_pages', { count })] : []),
    ...(notes ? [t('roadmap.notes', { count: notes })] : []),
  ]
  return facts.length ? { facts, picture: count ? { of: 'pages', pages } : null } : null
}

/** Themes waiting for their turn, to come back to after the last stage. */
export function waitingThemes(room: Room): string[] {
  const themes = onLenses(room, room.all('theme'))
  if (!themes.some(({ chosen_at }) => chosen_at !== null)) return []
  return themes.flatMap(({ title, chosen_at }) => (chosen_at === null && title ? [title] : []))
}

function onLenses<R extends Card | Theme>(room: Room, rows: readonly R[]): R[] {
  const board: Board | undefined = room.all('board').find(({ step_key }) => step_key === null)
  return rows.filter(({ board_id }) => board_id === board?.id)
}
