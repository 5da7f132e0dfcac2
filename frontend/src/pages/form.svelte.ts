/** A form that is sent once at a time and says what did not work, under the field where there is one. */

import { Trouble } from './api'
import { fieldOf, said } from './trouble'

export class Form {
  isSending = $state(false)
  #trouble = $state.raw<Trouble | null>(null)

  /** With what has gone wrong already, before the form was there. */
  constructor(trouble: Trouble | null = null) {
    this.#trouble = trouble
  }

  get trouble(): Trouble | null {
    return this.#trouble
  }

  /** For the whole form: everything that no field of it shows. */
  general(...fields: string[]): string | undefined {
    const field = fieldOf(this.#trouble)
    if (!this.#trouble || (field && fields.includes(field))) return undefined
    return said(this.#trouble)
  }

  about(field: string): string | undefined {
    return this.#trouble && fieldOf(this.#trouble) === field ? said(this.#trouble) : undefined
  }

  async send(work: () => Promise<void>): Promise<void> {
    if (this.isSending) return
    this.isSending = true
    this.#trouble = null
    try {
      await work()
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble
      this.#trouble = trouble
    } finally {
      this.isSending = false
    }
  }
}
