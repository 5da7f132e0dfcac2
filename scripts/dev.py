"""`make dev`: the server with reload and Vite with hot reload, ended together by Ctrl-C."""

import os
import signal
import subprocess

from scripts.environment import make_environment, tool
from scripts.node import FRONTEND, install_packages, node_environment, npm_command
from scripts.stamps import ROOT
from scripts.telling import say


def main() -> None:
    make_environment("dev")
    install_packages()
    say("· Starting the server (reload) and Vite; open the address that Vite prints. Ctrl-C ends both.")
    server = subprocess.Popen([tool("bigroom"), "serve", "--reload"], cwd=ROOT, start_new_session=True)
    vite = subprocess.Popen(
        npm_command("run", "dev"), cwd=FRONTEND, env=dict(node_environment()), start_new_session=True
    )
    try:
        _until_one_ends(server, vite)
    except KeyboardInterrupt:
        say("")
    finally:
        for process in (server, vite):
            _end(process)


def _until_one_ends(*processes: subprocess.Popen[bytes]) -> None:
    ours = {process.pid for process in processes}
    ended = 0
    while ended not in ours:
        ended, _status = os.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Each runs in a session of its own: npm and the reloader have children that must end with them."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    process.wait()


if __name__ == "__main__":
    main()
