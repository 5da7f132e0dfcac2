/** What crosses the wire, as docs/protocol.md says it. */

export type Id = string
/** ISO 8601 in UTC with milliseconds. */
export type Moment = string

interface RowFields {
  id: Id
  created_at: Moment
  removed_at: Moment | null
  redacted_at: Moment | null
  locked_by: Id | null
}

export type Part = 'coach' | 'member' | 'sponsor' | 'observer' | 'wall'
export type RoleName = 'leader' | 'recorder' | 'timekeeper' | 'facilitator'
export type StepState = 'not_started' | 'doing' | 'done'
export type Confidence = 'know' | 'think' | 'find_out'

export interface RoomInfo extends RowFields {
  name: string
  method: string
  method_version: number
  language: string
  timezone: string
  pathway: string[]
  door: 'open' | 'lobby'
}
export interface Member extends RowFields {
  name: string
  voice: string | null
  microsystem: string | null
  part: Part
  state: 'active' | 'waiting' | 'removed'
  without_device: boolean
}
export interface Invitation extends RowFields {
  part: Part
  expires_at: Moment | null
  max_uses: number | null
  uses: number
  revoked_at: Moment | null
}
export interface Place extends RowFields {
  view: string
  by: Id | null
}
export interface MeetingRole extends RowFields {
  role: RoleName
  member_id: Id | null
}
export interface Step extends RowFields {
  stage: string
  key: string
  state: StepState
  note: string | null
  changed_at: Moment | null
  changed_by: Id | null
}
export interface Column {
  key: string
  title: string
  question: string
}
export interface Board extends RowFields {
  title: string
  step_key: string | null
  audience: 'all' | 'coaches'
  columns: Column[]
}
export interface Evidence {
  text: string
  source: string | null
  date: string | null
  url: string | null
}
export interface Card extends RowFields {
  board_id: Id
  audience: 'all' | 'coaches'
  column: string
  text: string | null
  rank: string
  rev: number
  kind: string | null
  confidence: Confidence | null
  author_id: Id | null
  proxy_for: Id | null
  voice: string | null
  corrected_by: Id | null
  original: string | null
  from_patient: boolean
  theme_id: Id | null
  evidence: Evidence[]
  hidden: boolean
}
export interface CardText extends RowFields {
  card_id: Id
  text: string | null
  by: Id | null
  base_rev: number
}
export interface Theme extends RowFields {
  board_id: Id
  title: string | null
  rank: string
  chosen_at: Moment | null
  reason: string | null
}
export interface GlobalAim {
  process?: string
  place?: string
  start?: string
  end?: string
  benefits?: string[]
  reasons?: string[]
}
export interface SpecificAim {
  direction?: string
  measure?: string
  baseline?: string
  target?: string
  population?: string
  by?: string
}
export interface Aim extends RowFields {
  kind: 'global' | 'specific'
  slots: GlobalAim & SpecificAim
  state: 'draft' | 'proposed' | 'agreed'
  agreed_at: Moment | null
}

export interface Rows {
  room: RoomInfo
  member: Member
  invitation: Invitation
  place: Place
  role: MeetingRole
  step: Step
  board: Board
  card: Card
  card_text: CardText
  theme: Theme
  aim: Aim
}

export type Command =
  | { type: 'rooms.rename_room'; name: string }
  | { type: 'rooms.set_part'; member_id: Id; part: Part }
  | { type: 'rooms.remove_member'; member_id: Id; close_door: boolean }
  | { type: 'rooms.leave' }
  | {
      type: 'rooms.add_person'
      member_id: Id
      name: string
      voice?: string | null
      microsystem?: string | null
    }
  | { type: 'rooms.set_me'; name?: string; voice?: string | null; microsystem?: string | null }
  | { type: 'rooms.assign_role'; role: RoleName; member_id: Id | null }
  | { type: 'rooms.bring_everyone'; view: string }
  | { type: 'rooms.redact'; kind: string; row_id: Id }
  | { type: 'roadmap.set_step'; step_id: Id; state: StepState; note?: string }
  | { type: 'roadmap.set_aim'; aim_id: Id; kind: 'global' | 'specific'; slots: GlobalAim | SpecificAim }
  | { type: 'roadmap.propose_aim'; aim_id: Id }
  | { type: 'roadmap.agree_aim'; aim_id: Id }
  | {
      type: 'board.add_card'
      card_id: Id
      board_id: Id
      column: string
      text: string
      kind?: string | null
      from_patient?: boolean
      proxy_for?: Id | null
    }
  | { type: 'board.edit_card'; card_id: Id; text: string; base_rev: number }
  | { type: 'board.settle_text'; card_id: Id; text_id: Id | null }
  | {
      type: 'board.set_card'
      card_id: Id
      kind?: string | null
      confidence?: Confidence | null
      from_patient?: boolean
      proxy_for?: Id | null
      evidence?: Evidence[]
    }
  | { type: 'board.move_card'; card_id: Id; column?: string; theme_id?: Id | null; after?: Id | null }
  | { type: 'board.remove_card'; card_id: Id }
  | { type: 'board.restore_card'; card_id: Id }
  | { type: 'board.add_theme'; theme_id: Id; board_id: Id; title: string }
  | { type: 'board.rename_theme'; theme_id: Id; title: string }
  | { type: 'board.choose_theme'; theme_id: Id; reason: string }

export type Kind = keyof Rows
export type AnyRow = Rows[Kind]
/** Rows of a frame, by kind. Kinds this build does not know may be among them. */
export type RowLists = { [K in Kind]?: Rows[K][] }
/** `tables[kind].get(id)`: what one member sees of the room. */
export type Tables = { readonly [K in Kind]?: ReadonlyMap<Id, Rows[K]> }

export interface Fact {
  type: string
  [field: string]: unknown
}
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
