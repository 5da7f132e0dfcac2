/** What a person is told when a call did not work. */

import { whyRefused } from '../wire/words'
import type { Trouble } from './api'

export function said(trouble: Trouble): string {
  return whyRefused(trouble)
}

/** The field of the form that a `bad_command` is about. */
export function fieldOf(trouble: Trouble | null): string | undefined {
  const field = trouble?.code === 'bad_command' ? trouble.params.field : undefined
  return typeof field === 'string' ? field : undefined
}
