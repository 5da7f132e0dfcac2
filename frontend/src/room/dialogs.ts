/** The room's dialogs. They come when they are wanted, so that the room shows sooner. */

import type { Id, Part } from '../wire/types'

/** Which dialog is open, and what it is about. */
export type Opened =
  | {
      name:
        | 'looks'
        | 'help'
        | 'me'
        | 'wayBack'
        | 'rename'
        | 'leave'
        | 'addPerson'
        | 'lobby'
        | 'notMe'
        | 'tell'
        | 'words'
    }
  | { name: 'invite'; part: Part }
  | { name: 'person'; memberId: Id }

const LOADS: Record<Opened['name'], () => Promise<{ default: unknown }>> = {
  looks: () => import('../ui/LooksDialog.svelte'),
  help: () => import('./HelpDialog.svelte'),
  me: () => import('./MeDialog.svelte'),
  wayBack: () => import('./WayBackDialog.svelte'),
  rename: () => import('./RenameDialog.svelte'),
  leave: () => import('./LeaveDialog.svelte'),
  addPerson: () => import('./AddPersonDialog.svelte'),
  invite: () => import('./InviteDialog.svelte'),
  lobby: () => import('./LobbyDialog.svelte'),
  tell: () => import('./TellDialog.svelte'),
  words: () => import('./WordsDialog.svelte'),
  notMe: () => import('./NotMeDialog.svelte'),
  person: () => import('./PersonDialog.svelte'),
}

/** Fetched ahead while the line is good: a dialog must open on a train, too. */
export function fetchDialogs(): void {
  for (const load of Object.values(LOADS)) load().catch(() => undefined)
}

export function dialogOf({ name }: Opened): () => Promise<{ default: unknown }> {
  return LOADS[name]
}
