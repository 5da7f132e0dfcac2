/** The calls of Bigroom over HTTP: JSON in, JSON out, and one kind of trouble. */

import type { Method } from '../room/method'
import type { Part } from '../wire/types'

export class Trouble extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly text?: string,
  ) {
    super(code)
  }
}

export interface WayBack {
  url: string
  phrase: string
}
export interface Joined {
  room_id: string
  member_id: string
  way_back?: WayBack
  /** A coach lets them in first. */
  waiting?: boolean
}
export interface MyRoom {
  id: string
  name: string
  part: Part
  /** The title of a stage that is under way. */
  stage?: string | null
  /** The one that is on, else the next one. */
  next_meeting?: { id: string; starts_at: string; minutes: number; state: 'planned' | 'live' } | null
}
export interface Invited {
  invitation_id: string
  url: string
}
export interface Voice {
  key: string
  title: string
}
export interface Joining {
  token?: string
  code?: string
  way_back?: string
  name?: string
  voice?: string
  microsystem?: string
  as_new?: boolean
  shared_computer?: boolean
}

export const setUp = (body: { token: string; name: string; email: string; password: string }) =>
  call('POST', '/api/setup', body)
export const signIn = (body: { email: string; password: string } | { token: string }) =>
  call('POST', '/api/session', body)
export const signOut = () => call('DELETE', '/api/session')
export const makeAccount = (body: { email: string; password: string }) => call('POST', '/api/account', body)
export const myRooms = () => call<MyRoom[]>('GET', '/api/rooms')
export const voices = async () =>
  (await call<{ voices: Voice[] }>('GET', '/api/methods/flow_roadmap/1')).voices
/** What the practice room is furnished with. */
export const practiceMethod = () => call<Method>('GET', '/api/methods/flow_roadmap/1')
export const makeRoom = (body: { name: string; method: string; pathway?: string[]; timezone?: string }) =>
  call<{ room_id: string; member_id: string }>('POST', '/api/rooms', body)
export const join = (body: Joining) => call<Joined>('POST', '/api/join', body)
/** What the room that a link leads into has agreed. */
export const agreed = async (token: string) =>
  (await call<{ rules: string[] }>('POST', '/api/join/agreed', { token })).rules
export const invite = (roomId: string, part: Part) =>
  call<Invited>('POST', `/api/rooms/${roomId}/invitations`, { part })
export const revoke = (roomId: string, invitationId: string) =>
  call('DELETE', `/api/rooms/${roomId}/invitations/${invitationId}`)
/** A wall shows it: asking again keeps it. */
export const shownCode = (roomId: string) =>
  call<{ code: string; expires_at: string }>('GET', `/api/rooms/${roomId}/code`)
export const newWayBack = (roomId: string, memberId: string) =>
  call<WayBack>('POST', `/api/rooms/${roomId}/members/${memberId}/way_back`)

export async function call<T = unknown>(method: string, path: string, body?: object): Promise<T> {
  const response = await send(method, path, body)
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  throw troubleOf(response.status, answer)
}

async function send(method: string, path: string, body?: object): Promise<Response> {
  const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  try {
    return await fetch(path, { method, credentials: 'same-origin', ...json })
  } catch {
    throw new Trouble(0, 'no_connection')
  }
}

function troubleOf(status: number, answer: unknown): Trouble {
  const { code, params, text } = (answer ?? {}) as Partial<Trouble>
  return new Trouble(status, code ?? 'no_answer', params ?? {}, text)
}
