"""Tell programs on the same computer how a monitor is: /healthz and /metrics on loopback.

Imported only where a port is set. What is told is a value that the watch leaves here; nothing that
is asked reaches the watch or the window.
"""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

import msgspec
from prometheus_client.exposition import choose_encoder

from phdesk.core.wall.health import worries
from phdesk.models.status import Status
from phdesk.services.metrics import Gathered

LOOPBACK = "127.0.0.1"
NAMES = ("127.0.0.1", "localhost")  # a web page that gave itself this address calls it otherwise
SILENT = 15.0  # seconds without a word of the watch
POLL = 0.5  # seconds between looks whether to close
PATIENCE = 5.0  # seconds for a question to be asked in
Answer: TypeAlias = tuple[int, str, bytes]


class HealthPort:
    """Listens until it is closed; raises OSError where the port is taken."""

    def __init__(self, port: int) -> None:
        self._status: Status | None = None
        self._told = time.monotonic()
        self._server = _Server((LOOPBACK, port), _Visit)
        self._server.answers = self
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL,), name="phdesk-health", daemon=True
        )
        self._thread.start()

    def tell(self, status: Status) -> None:
        """Leave what is to be told from now on."""
        self._status, self._told = status, time.monotonic()

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)

    def health(self) -> Answer:
        """Answer 200, or 503 with the reasons."""
        reasons = self._reasons()
        body = msgspec.json.encode({"healthy": not reasons, "reasons": reasons})
        return 503 if reasons else 200, "application/json", body

    def metrics(self, accept: str) -> Answer:
        """Answer with all figures, in the format that is asked for."""
        encode, kind = choose_encoder(accept)
        body: bytes = encode(Gathered(self._status, healthy=not self._reasons()))
        return 200, kind, body

    def _reasons(self) -> tuple[str, ...]:
        silence = time.monotonic() - self._told
        if silence > SILENT:
            return (f"The watch has said nothing for {silence:.0f} seconds.",)
        return ("The monitor is starting.",) if self._status is None else worries(self._status)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    answers: HealthPort


class _Visit(BaseHTTPRequestHandler):
    timeout = PATIENCE
    server: _Server

    def do_GET(self) -> None:
        """Answer one question."""
        code, kind, body = self._answer()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_words: object) -> None:
        """Write nothing: who asks every few seconds would fill the log."""

    def _answer(self) -> Answer:
        host = self.headers.get("Host", LOOPBACK).rsplit(":", 1)[0]
        if host not in NAMES:
            return 403, "text/plain", b"only for this computer\n"
        match self.path.split("?")[0]:
            case "/healthz":
                return self.server.answers.health()
            case "/metrics":
                return self.server.answers.metrics(self.headers.get("Accept", ""))
        return 404, "text/plain", b"there are /healthz and /metrics\n"
