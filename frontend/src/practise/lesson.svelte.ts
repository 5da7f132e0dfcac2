/** What is tried in which order. Each step waits for the person; nobody is hurried, and any step can be passed over. */

import type { Command } from '../wire/types'

export const STEPS = ['write', 'move', 'theme', 'silence', 'done'] as const
export type Step = (typeof STEPS)[number]

export class Lesson {
  #at = $state(0)

  constructor(private readonly begins: (step: Step) => void) {}

  get step(): Step {
    return STEPS[this.#at]!
  }

  /** For "2 of 3": the end is no step. */
  get number(): number {
    return this.#at + 1
  }

  start(): void {
    this.begins(this.step)
  }

  did(command: Command): void {
    if (isTried(this.step, command)) this.next()
  }

  next(): void {
    if (this.step === 'done') return
    this.#at += 1
    this.begins(this.step)
  }
}

function isTried(step: Step, command: Command): boolean {
  if (step === 'write' || step === 'silence') return command.type === 'board.add_card'
  if (command.type !== 'board.move_card') return false
  return step === 'theme' ? Boolean(command.theme_id) : step === 'move'
}
