"""Providers of identities on loopback: a certified one, and one that says whatever a test has it say."""

import base64
import hashlib
import json
import re
import subprocess
import threading
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from httpx import AsyncClient, Response
from joserfc import jwt
from joserfc.jwk import ECKey

from scripts.node import node_environment
from tests.support.server import ROOT

CLIENT, SECRET = "bigroom", "a secret that only this test and its provider know"


class Trust:
    """`oidc-provider`, certified by the OpenID Foundation, as a process of its own."""

    def __init__(self, *come_back_to: str) -> None:
        script = str(ROOT / "tests" / "support" / "trust.mjs")
        self._process = subprocess.Popen(
            ["node", script, CLIENT, SECRET, *come_back_to],
            env=dict(node_environment()),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.issuer = self._read_issuer()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    async def signs_in(self, who: str, address: str) -> str:
        """Somebody types their name and agrees, as in a browser; gives the address to which they are sent back."""
        async with AsyncClient(base_url=self.issuer) as browser:
            answer = await browser.get(address)
            while (onward := _onward(answer)) is None or onward.startswith(self.issuer) or onward.startswith("/"):
                if onward is not None:
                    answer = await browser.get(onward)
                else:
                    assert answer.status_code == 200, answer.text
                    answer = await _typed(browser, answer.text, who)
            return onward

    def _read_issuer(self) -> str:
        assert self._process.stdout is not None
        said = []
        for line in self._process.stdout:
            said.append(line)
            if line.startswith("issuer "):
                return line.split()[1]
        raise RuntimeError("The provider did not start:\n" + "".join(said))


def _onward(answer: Response) -> str | None:
    place: str | None = answer.headers.get("location")
    return place


async def _typed(browser: AsyncClient, page: str, who: str) -> Response:
    """The page's form, with a name where it asks for one."""
    action = re.search(r'action="([^"]+)"', page)
    assert action, page
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page))
    if 'name="login"' in page:
        fields |= {"login": who, "password": "anything"}
    return await browser.post(unescape(action[1]), data=fields)


def a_key(name: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig", "alg": "ES256"})


class Teller:
    """An issuer with a real key that says whatever it is told to say, true or not."""

    def __init__(self) -> None:
        self.key = a_key("one")
        self.published = self.key
        self.asked = 0
        """How often anybody has asked anything of it."""
        self.supports: dict[str, Any] = {}
        self._grants: dict[str, tuple[str, str]] = {}
        """Code → the challenge that came with the way here, and the token to give."""
        teller = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                teller._answer(self, teller._published(self.path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                teller._answer(self, teller._exchanged(dict(parse_qsl(body))))

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        """A second time does nothing."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def sends_back(self, address: str, at: float, **says: Any) -> str:
        """Where somebody who came to this address is sent back to, with a token of these claims waiting."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        claims = {
            "iss": self.issuer,
            "sub": "grace",
            "aud": CLIENT,
            "iat": at,
            "exp": at + 300,
            "nonce": asked["nonce"],
            "email": "grace@trust.example",
            "name": "Grace",
        } | says
        said = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode({"alg": "ES256", "kid": self.key.kid}, said, self.key)
        code = f"code-{len(self._grants)}"
        self._grants[code] = (asked["code_challenge"], token)
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def _published(self, path: str) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.supports,
            }
        return {"keys": [self.published.as_dict(private=False)]} if path == "/keys" else None

    def _exchanged(self, body: dict[str, str]) -> dict[str, Any] | None:
        challenge, token = self._grants.pop(body["code"], ("", ""))
        digest = hashlib.sha256(body["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != challenge:
            return None
        return {"id_token": token, "access_token": "none", "token_type": "Bearer"}

    def _answer(self, line: BaseHTTPRequestHandler, told: dict[str, Any] | None) -> None:
        self.asked += 1
        body = json.dumps(told or {"error": "invalid_grant"}).encode()
        line.send_response(200 if told else 400)
        line.send_header("Content-Type", "application/json")
        line.send_header("Content-Length", str(len(body)))
        line.end_headers()
        line.wfile.write(body)
