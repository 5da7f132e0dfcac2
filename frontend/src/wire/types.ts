/** What crosses the wire: rows, commands and facts as the server declares them, and the frames around them. */

import type { Aim, Card, Idea, Member, MeetingRole, Rows, Step, Wire } from './wire.gen'

export type {
  Action,
  Aim,
  Benchmark,
  Board,
  Card,
  BoardCapture as Capture,
  CardText,
  Column,
  Decision,
  Evidence,
  GlobalSlots,
  Idea,
  IdeaCapture,
  IdeaStep,
  Invitation,
  Item,
  Lane,
  MapChange,
  MapEdge,
  MapStep,
  MapPath,
  MapTotals,
  Meeting,
  MeetingRole,
  Member,
  Merge,
  Parked,
  ProcessMap,
  RoomInfo,
  Rows,
  Shadowing,
  SpecificSlots,
  Step,
  Theme,
  Time as MapTime,
  Touchpoint,
} from './wire.gen'

export type Id = string
/** ISO 8601 in UTC with milliseconds. */
export type Moment = string

export type Command = Wire['Command']
export type Fact = Wire['Fact']

export type Part = Member['part']
export type RoleName = MeetingRole['role']
export type Place = Rows['place']
export type IdeaState = Idea['state']
export type StepState = Step['state']
export type AimKind = Aim['kind']
export type Confidence = NonNullable<Card['confidence']>

export type Kind = keyof Rows
export type AnyRow = Rows[Kind]
/** Rows of a frame, by kind. Kinds this build does not know may be among them. */
export type RowLists = { [K in Kind]?: Rows[K][] }
/** `tables[kind].get(id)`: what one member sees of the room. */
export type Tables = { readonly [K in Kind]?: ReadonlyMap<Id, Rows[K]> }

export interface Presence {
  /** `<tool>` or `<tool>/<row id>`; null while somebody only browses. */
  view: string | null
  cursor: [number, number] | null
  editing: Id | null
}

export interface Hello {
  type: 'hello'
  member_id: Id
  epoch: string
  seq: number
  /** Milliseconds since 1970 on the server's clock. */
  now: number
  build: string
  tick_ms: number
}
export interface Snapshot {
  type: 'snapshot'
  epoch: string
  seq: number
  part: number
  of: number
  rows: RowLists
}
export interface Delta {
  type: 'delta'
  seq: number
  at: Moment
  by: Id | null
  fact: Fact | null
  put: RowLists
  drop: { [K in Kind]?: Id[] }
}
export interface At {
  type: 'at'
  seq: number
  tick_ms?: number
}
export interface Ack {
  type: 'ack'
  id: Id
  seq: number
}
export interface Refused {
  type: 'refused'
  id: Id
  code: string
  params: Record<string, unknown>
  /** English, for a code this build has no words for. */
  text: string
}
export interface Failed {
  type: 'failed'
  id: Id
  code: string
  retry_ms: number
}
export interface Here {
  type: 'presence'
  members: Record<Id, Presence | null>
}
export interface Pong {
  type: 'pong'
  t: number
  now: number
}
export interface Bye {
  type: 'bye'
  code: number
  retry_ms: number | null
}
export type ServerMessage = Hello | Snapshot | Delta | At | Ack | Refused | Failed | Here | Pong | Bye

export interface Do {
  type: 'do'
  id: Id
  command: Command
}
export type ClientMessage = Do | ({ type: 'presence' } & Presence) | { type: 'ping'; t: number }
