/** Which boards a room has, and what is on top of their columns. */

import type { Lens, Method } from '../../room/method'
import type { Board } from '../../wire/types'

export interface BoardColumn {
  key: string
  title: string
  question: string
  /** On the room's lens board: which lens, counted from 0, with its badge and kinds. */
  lens: (Lens & { index: number }) | null
}

export function lensBoard(boards: readonly Board[]): Board | undefined {
  return boards.find(({ step_key }) => step_key === null)
}

export function stepBoard(boards: readonly Board[], stepKey: string): Board | undefined {
  return boards.find(({ step_key }) => step_key === stepKey)
}

export function columnsOf(board: Board, method: Method | undefined): BoardColumn[] {
  const lenses = board.step_key === null ? (method?.lenses ?? []) : []
  return board.columns.map((column) => {
    const index = lenses.findIndex(({ key }) => key === column.key)
    return { ...column, lens: index < 0 ? null : { ...lenses[index]!, index } }
  })
}
