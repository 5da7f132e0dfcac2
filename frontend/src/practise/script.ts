/** What the made-up people do, and when: enough to see a room alive, slow enough to read. */

import type { Cancel, Timers } from '../wire/timers'
import type { Id } from '../wire/types'
import { t } from '../wire/words'
import { BOARD, type Somebody } from './company'
import type { Step } from './lesson.svelte'
import type { Pretend } from './pretend'

/** Somebody is seen writing this long before their card is pinned up. */
const WRITES_FOR = 2_500
const THEME = 'practice-theme'
const SILENCE = 'practice-silence'

interface Act {
  /** Milliseconds after the step began. */
  at: number
  who: Somebody
  writes?: { card: number; column: string }
  moves?: { card: number; column: string; after: number | null }
  makesTheme?: { of: number[] }
  opensSilence?: true
  /** All cards of the silence are turned over. */
  turnsAll?: true
}

const ACTS: Record<Step, readonly Act[]> = {
  write: [
    { at: 1_500, who: 'maya', writes: { card: 1, column: 'value' } },
    { at: 6_000, who: 'tom', writes: { card: 2, column: 'involve' } },
    { at: 11_000, who: 'grace', writes: { card: 3, column: 'visualisation' } },
    { at: 17_000, who: 'amir', writes: { card: 4, column: 'involve' } },
  ],
  move: [
    { at: 2_000, who: 'grace', writes: { card: 5, column: 'evidence' } },
    { at: 6_000, who: 'amir', moves: { card: 4, column: 'visualisation', after: 3 } },
    { at: 12_000, who: 'maya', writes: { card: 6, column: 'vision' } },
  ],
  theme: [{ at: 1_000, who: 'tom', makesTheme: { of: [3, 4] } }],
  silence: [
    { at: 0, who: 'tom', opensSilence: true },
    { at: 3_000, who: 'grace', writes: { card: 7, column: 'value' } },
    { at: 5_000, who: 'maya', writes: { card: 8, column: 'value' } },
    { at: 9_000, who: 'amir', writes: { card: 9, column: 'value' } },
  ],
  done: [{ at: 1_500, who: 'tom', turnsAll: true }],
}

export class Script {
  #due: Cancel[] = []

  constructor(
    private readonly room: Pretend,
    private readonly timers: Timers,
  ) {}

  begin(step: Step): void {
    // Who passes a step over finds there what would have been written in it.
    this.stop()
    this.#catchUp(step)
    for (const act of ACTS[step]) this.#plan(act)
  }

  stop(): void {
    this.#due.forEach((cancel) => cancel())
    this.#due = []
  }

  #plan({ at, who, ...act }: Act): void {
    // In silence nobody learns who is writing.
    if (act.writes) this.#after(at, () => !this.#isSilent && this.room.writes(who, BOARD))
    this.#after(act.writes ? at + WRITES_FOR : at, () => this.#play({ at, who, ...act }))
  }

  get #isSilent(): boolean {
    return this.room.rows.capture?.get(SILENCE)?.state === 'writing'
  }

  #play({ who, writes, moves, makesTheme, opensSilence, turnsAll }: Act): void {
    if (writes) {
      this.room.writes(who, null)
      const { card, column } = writes
      this.room.act(who, {
        type: 'board.add_card',
        card_id: idOf(card),
        board_id: BOARD,
        column,
        text: t(`practise.card_${card}`),
      })
    }
    if (moves) {
      const { card, column, after } = moves
      const command = { type: 'board.move_card', card_id: idOf(card), column } as const
      this.room.act(who, { ...command, after: after === null ? null : idOf(after) })
    }
    if (makesTheme) {
      this.room.act(who, {
        type: 'board.add_theme',
        theme_id: THEME,
        board_id: BOARD,
        title: t('practise.theme_name'),
      })
      for (const card of makesTheme.of)
        this.room.act(who, { type: 'board.move_card', card_id: idOf(card), theme_id: THEME })
    }
    if (opensSilence) {
      const capture = { capture_id: SILENCE, board_id: BOARD, column: null, mode: 'unsigned' } as const
      this.room.act(who, { type: 'board.start_capture', ...capture })
    }
    if (turnsAll) this.room.reveals(SILENCE)
  }

  #catchUp(step: Step): void {
    for (const earlier of Object.keys(ACTS) as Step[]) {
      if (earlier === step) return
      ACTS[earlier].filter((act) => !this.#wasPlayed(act)).forEach((act) => this.#play(act))
    }
  }

  /** What was written is there; and nobody moves a card back that the person has moved. */
  #wasPlayed({ writes, moves, makesTheme, opensSilence }: Act): boolean {
    if (opensSilence) return this.room.rows.capture?.has(SILENCE) ?? false
    if (moves) return this.room.rows.card?.get(idOf(moves.card))?.column === moves.column
    if (makesTheme) return this.room.rows.theme?.has(THEME) ?? false
    return writes !== undefined && (this.room.rows.card?.has(idOf(writes.card)) ?? false)
  }

  #after(ms: number, run: () => void): void {
    this.#due.push(this.timers.after(ms, run))
  }
}

function idOf(card: number): Id {
  return `practice-card-${card}`
}
