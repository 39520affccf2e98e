"""A PostHog of a few dashboards whose answers weigh a megabyte each; a process of its own.

Run as a program: python heavy_server.py TILES BYTES. Prints its port, and serves until it is ended.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POINTS = 365
BOARDS = 3
TEAM = {"id": 1, "name": "Heavy", "timezone": "UTC", "base_currency": "USD"}
ME = {"uuid": "u1", "email": "ada@example.org", "team": TEAM}


def result(size):
    """Give the series of a line chart, as many as weigh this much."""
    days = [f"{datetime(2026, 1, 1) + timedelta(days=n):%Y-%m-%d}" for n in range(POINTS)]
    line = {
        "label": "Series",
        "days": days,
        "labels": days,
        "data": [n % 97 for n in range(POINTS)],
    }
    count = max(1, size // len(json.dumps(line)))
    return [{**line, "label": f"Series {n}"} for n in range(count)]


def insight(number, found):
    now = datetime.now(UTC)
    return {
        "id": number,
        "short_id": f"heavy{number:03}",
        "name": f"Heavy {number}",
        "query": {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery"}},
        "result": found,
        "last_refresh": now.isoformat() if found else None,
        "cache_target_age": (now + timedelta(hours=6)).isoformat(),
    }


def tiles(count, board):
    return [
        {
            "id": 1000 * board + n,
            "layouts": {"sm": {"x": n % 3 * 4, "y": n // 3 * 4, "w": 4, "h": 4}},
            "insight": insight(1000 * board + n, None),
        }
        for n in range(count)
    ]


def boards(count):
    """Give the rows of all dashboards, and each by its path."""
    rows = [{"id": n, "name": f"Heavy {n}"} for n in range(1, BOARDS + 1)]
    by_path = {
        f"dashboards/{row['id']}/": {**row, "tiles": tiles(count, row["id"])} for row in rows
    }
    return {"dashboards/": {"results": rows, "next": None}, **by_path}


class Handler(BaseHTTPRequestHandler):
    """Answers from what was made before."""

    protocol_version = "HTTP/1.1"
    count, body = 0, b""

    def do_GET(self):
        path = self.path.split("?")[0].removeprefix("/api/").removeprefix("projects/1/")
        if path.startswith("insights/"):
            number = int(path.split("/")[1])
            head = json.dumps(insight(number, None))[:-1].encode()
            body = head.replace(b'"result": null', b'"result": ' + self.body) + b"}"
            now = datetime.now(UTC).isoformat().encode()
            body = body.replace(b'"last_refresh": null', b'"last_refresh": "' + now + b'"')
        else:
            known = {
                "users/@me/": ME,
                "": TEAM,
                "projects/": {"results": [TEAM], "next": None},
                **boards(self.count),
            }
            body = json.dumps(known.get(path, {"results": [], "next": None})).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_words):
        """Say nothing."""


if __name__ == "__main__":
    Handler.count = int(sys.argv[1])
    Handler.body = json.dumps(result(int(sys.argv[2]))).encode()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
