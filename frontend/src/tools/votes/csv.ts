/** A result as a spreadsheet opens it: settings, turnout and totals; nothing a voter. */

import type { Room } from '../../room/room.svelte'
import { t } from '../../wire/words'
import { type Ballot, type Tally, wordsOf } from './ballot'
import { inOrder } from './cut'
import { lineWords } from './told'
import { sentenceOf } from './words'

type Cell = string | number

export function csvOf(room: Pick<Room, 'all' | 'get'>, ballot: Ballot, tally: Tally): string {
  const kept = new Set(ballot.kept)
  const lines = inOrder(tally.lines).map((line): Cell[] => {
    const option = room.get('option', line.option_id)
    return [
      line.place,
      line.letter,
      option ? wordsOf(room, ballot, option) : t('board.taken_out'),
      line.points ?? '',
      line.voters ?? '',
      ballot.state === 'decided' ? t(kept.has(line.option_id) ? 'votes.is_kept' : 'votes.is_not_now') : '',
    ]
  })
  const about: Cell[][] = [
    [t('votes.csv_question'), ballot.question ?? t('board.taken_out')],
    [t('votes.csv_how'), sentenceOf(ballot, tally.lines.length)],
    [t('votes.csv_round'), ballot.round],
    [t('votes.csv_electorate'), tally.electorate],
    [t('votes.csv_ballots'), tally.ballots],
    [t('votes.csv_abstained'), tally.abstained],
    [t('votes.csv_by_proxy'), tally.by_proxy],
    [t('votes.csv_under_spent'), tally.under_spent],
    ...(ballot.state === 'decided' && ballot.line ? [[t('votes.csv_line'), lineWords(ballot.line)]] : []),
  ]
  const head = ['place', 'letter', 'words', 'votes', 'voters', 'kept'].map((name) => t(`votes.csv_${name}`))
  return [...about, [], head, ...lines].map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n'
}

/** A cell that begins like a formula is kept from being one. */
function quoted(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
