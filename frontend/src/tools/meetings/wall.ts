/** Meetings on a wall: by the same first words of a place as on everybody's screen, and the hour under everything. */

export const WALL = {
  consent: () => import('./agreeing/WallConsent.svelte'),
  glossary: () => import('./agreeing/WallGlossary.svelte'),
  rules: () => import('./agreeing/WallRules.svelte'),
  score: () => import('./agreeing/WallScore.svelte'),

  agenda: () => import('./plan/WallAgenda.svelte'),
  actions: () => import('./close/WallActions.svelte'),
  decisions: () => import('./close/WallDecisions.svelte'),
  parked: () => import('./close/WallParked.svelte'),
  record: () => import('./close/WallRecord.svelte'),
}
export const FOOT = () => import('./hour/WallHour.svelte')
export const WELCOME = [() => import('./hour/WallNext.svelte')]

/** Over the foot: who speaks, and who would like to. */
export const LINES = [() => import('./people/WallTurns.svelte')]
