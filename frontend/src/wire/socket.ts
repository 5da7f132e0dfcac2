/** The room over a WebSocket. */

import type { ResumePoint } from './replica'
import type { OpenTransport } from './transport'
import type { ClientMessage, ServerMessage } from './types'

export const SUBPROTOCOL = 'bigroom.v1'

export function openSocket(roomId: string, origin?: string, Socket?: typeof WebSocket): OpenTransport {
  return (resume, listener) => {
    const server = (origin ?? location.origin).replace(/^http/, 'ws')
    const url = `${server}/api/rooms/${roomId}/live${since(resume)}`
    const socket = new (Socket ?? WebSocket)(url, SUBPROTOCOL)
    socket.onmessage = ({ data }) => listener.heard(JSON.parse(data) as ServerMessage[])
    socket.onclose = ({ code }) => listener.gone(code)
    const send = (message: ClientMessage) => socket.send(JSON.stringify(message))
    return {
      send,
      prove: (t) => send({ type: 'ping', t }),
      close() {
        // A dead network keeps a closing socket for minutes: nobody waits for its last words.
        socket.onmessage = socket.onclose = null
        socket.close()
      },
    }
  }
}

export function since(resume: ResumePoint | null): string {
  return resume ? `?since=${resume.seq}&epoch=${encodeURIComponent(resume.epoch)}` : ''
}
