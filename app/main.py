"""The composition root: settings, database, tools, engine and routes become one app. Nothing imports it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from sqlmodel import Session
from starlette.types import ASGIApp

from app.db import Database
from app.frontend import Frontend
from app.keeping import routes as keeping_routes
from app.keeping.caretaker import Caretaker
from app.keeping.serving import SERVER, serving
from app.logs import log_to_stderr
from app.metrics import Metrics
from app.people import account, check, oidc, sessions
from app.people import routes as people_routes
from app.people.gate import Gate
from app.people.keys import Keys
from app.people.people import People
from app.people.problems import Problem, tell_problems
from app.rooms import joining, routes, stream, vouching
from app.rooms.bus import bus_at
from app.rooms.engine import Engine
from app.rooms.socket import live
from app.server import Server, uvicorn_settings
from app.settings import Settings
from app.tools import registry

ROOT = Path(__file__).parent


class App(FastAPI):
    """With the gate before everything, so that even an answer nobody foresaw carries its headers."""

    def build_middleware_stack(self) -> ASGIApp:
        return Gate(super().build_middleware_stack(), self.state.settings)


def make_app(settings: Settings) -> FastAPI:
    """The whole product as one ASGI app."""
    packed = ROOT / "_frontend"
    frontend = Frontend(packed if packed.exists() else ROOT.parent / "frontend" / "dist")

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        frontend.keep(settings.data / "builds")
        database = Database(settings.database_url, SERVER)
        keys = Keys.from_file(settings.keys_file)
        bus = bus_at(settings.bus, keys.hashed("bus", "name")[:16])
        engine = Engine(settings, database, registry(), frontend.build, bus)
        people = People(settings, database, keys=keys, now=engine.clock.now)
        providers = oidc.Providers(settings, people.now)
        people.on_session_ended.append(engine.end_session)
        engine.ended_since = EndedSessions(database, engine.clock.now())
        app.state.database = database
        app.state.providers = providers
        app.state.engine, app.state.people, app.state.metrics = engine, people, Metrics(engine)
        engine.answered.append(app.state.metrics.answered)
        engine.start()
        caretaker = Caretaker(database, settings.keep_days, engine.clock.now, engine.peopled)
        with serving(database):
            caretaker.start()
            yield
            await asyncio.gather(engine.stop(), caretaker.stop())
        await providers.close()
        database.close()

    app = App(title="Bigroom", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.settings = settings
    tell_problems(app)
    app.add_api_websocket_route("/api/rooms/{room_id}/live", live)
    for router in (
        people_routes.router,
        account.router,
        oidc.router,
        check.router,
        joining.router,
        vouching.router,
        routes.router,
        stream.router,
        keeping_routes.router,
        *(tool.router for tool in registry().tools if tool.router is not None),
    ):
        app.include_router(router)
    _watch(app)
    app.add_api_route("/{path:path}", frontend, methods=["GET", "HEAD"], include_in_schema=False)
    return app


def _watch(app: FastAPI) -> None:
    """How an operator and a proxy see whether all is well. Any Host may ask."""

    @app.get("/healthz")
    async def healthz(request: Request) -> dict[str, bool]:
        return {"alive": True, "writes": request.app.state.engine.writes}

    @app.get("/readyz")
    async def readyz(request: Request) -> JSONResponse:
        ready = not request.app.state.engine.is_draining
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    @app.get("/metrics")
    async def metrics(request: Request) -> Response:
        return Response(request.app.state.metrics.text(), media_type="text/plain; version=0.0.4")

    @app.get("/api/{path:path}", include_in_schema=False)
    async def no_such_call(path: str) -> None:
        raise Problem(404, "not_found", kind="page")


class EndedSessions:
    """Which sessions ended on any process since we last asked and got an answer."""

    OVERLAP = timedelta(seconds=5)
    """Clocks of processes differ; told twice does no harm."""

    def __init__(self, database: Database, now: datetime) -> None:
        self._database = database
        self._asked = now

    def __call__(self, now: datetime) -> list[str]:
        with Session(self._database.engine.execution_options(read_only=True)) as sql:
            ended = sessions.ended_since(sql, self._asked - self.OVERLAP, now)
        self._asked = now
        return ended


def serve(settings: Settings, *, reload: bool = False) -> None:
    """Serve until told to stop."""
    log_to_stderr()
    shared = uvicorn_settings(settings.host, settings.port)
    if reload:
        uvicorn.run("app.main:app_from_environment", factory=True, reload=True, reload_dirs=[str(ROOT)], **shared)
        return
    app = make_app(settings)
    Server(uvicorn.Config(app, **shared), app).run()


def app_from_environment() -> ASGIApp:
    """For a server that imports the app by name."""
    return make_app(Settings())
