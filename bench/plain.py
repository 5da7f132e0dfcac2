"""What Bigroom is measured beside: a plain FastAPI broadcast that keeps nothing, checks nothing and knows nobody."""

import sys

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
sockets: set[WebSocket] = set()


@app.websocket("/live")
async def live(socket: WebSocket) -> None:
    await socket.accept()
    sockets.add(socket)
    await socket.send_text("here")
    try:
        while True:
            text = await socket.receive_text()
            for other in list(sockets):
                await other.send_text(text)
    except WebSocketDisconnect:
        sockets.discard(socket)


if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="warning",
    )
