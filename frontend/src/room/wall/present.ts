/** Who has come, counted so that one sees who is missing. */

import { peopleOf } from '../people'
import type { Room } from '../room.svelte'

export interface Group {
  /** Null: patients and carers, whatever each of them is called. */
  team: string | null
  count: number
}

/** Patients and carers first, then the teams of the pathway, also those of which nobody is here yet. */
export function groupsHere(room: Room): Group[] {
  const { here } = peopleOf(room)
  const ofPatients = new Set(
    room.method?.voices.filter(({ group }) => group === 'patients').map(({ key }) => key),
  )
  const teams = room.get('room', room.id)?.pathway ?? []
  return [
    { team: null, count: here.filter(({ voice }) => voice !== null && ofPatients.has(voice)).length },
    ...teams.map((team) => ({
      team,
      count: here.filter(({ microsystem }) => microsystem === team).length,
    })),
  ]
}
