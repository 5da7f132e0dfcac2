import type { Item } from '../../../wire/types'

/** Kept for the end of the hour: they get shorter only when somebody means it. */
export const STEPS_KEPT: readonly Item['meeting_step'][] = ['record', 'next', 'evaluate']

export const STEPS: readonly Item['meeting_step'][] = [
  'objective',
  'roles',
  'agenda',
  'work',
  'record',
  'next',
  'evaluate',
]

export const LEADS = [
  'leader',
  'recorder',
  'timekeeper',
  'facilitator',
  'coach',
  'data_partner',
  'member',
] as const satisfies readonly NonNullable<Item['lead']>[]

export const TEMPLATES = ['first_meeting', 'assess', 'diagnose', 'treat', 'sustain', 'clinic_45'] as const
