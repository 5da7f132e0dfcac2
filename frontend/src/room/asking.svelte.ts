/** A question asked of the room from a dialog: what was answered decides whether it closes. */

import type { Command } from '../wire/types'
import { whyRefused } from '../wire/words'
import type { Room } from './room.svelte'

export class Asking {
  refusal = $state<string>()

  constructor(private readonly room: Room) {}

  /** True when it is stored, or when it waits for the line: then it goes by itself. */
  async ask(command: Command): Promise<boolean> {
    this.refusal = undefined
    const { outcome } = this.room.send(command)
    if (this.room.link !== 'live') return true
    const answer = await outcome
    if (!answer.ok) this.refusal = whyRefused(answer)
    return answer.ok
  }
}
