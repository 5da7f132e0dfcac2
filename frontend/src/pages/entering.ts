/** From a link, a code or a phrase into the room, or as far as its door. */

import { door } from './arrival.svelte'
import { type Joined, type Joining, join } from './api'
import { rememberBrowser, rememberShared } from './known'
import { navigation } from './navigation.svelte'
import { roomPath } from './routes'

export async function enter(asked: Joining): Promise<void> {
  const joined = await join(asked)
  if (asked.shared_computer) rememberShared()
  else rememberBrowser()
  door.arrival = arrivalOf(asked, joined)
  navigation.replace(roomPath(joined.room_id) + (navigation.at && `#${navigation.at}`))
}

function arrivalOf(asked: Joining, joined: Joined) {
  return {
    roomId: joined.room_id,
    memberId: joined.member_id,
    wayBack: joined.way_back,
    isKnown: joined.way_back === undefined && !joined.waiting,
    isWaiting: joined.waiting,
    token: asked.token,
    code: asked.code,
  }
}
