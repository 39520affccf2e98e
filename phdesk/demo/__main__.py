"""Run the demo server until stdin closes or a signal comes."""

import argparse
import json
import os
import signal
import sys
import threading
from datetime import timedelta
from types import FrameType

from phdesk.demo.server import DemoServer


def main() -> int:
    """Print one line of JSON when ready, serve, and return 0."""
    parser = argparse.ArgumentParser(prog="python -m phdesk.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--seed", type=int, default=7, help="another seed, another company")
    old = "after so many minutes answers are old; else as PostHog has it"
    parser.add_argument("--fresh", type=float, metavar="MINUTES", help=old)
    wanted = parser.parse_args()
    fresh = timedelta(minutes=wanted.fresh) if wanted.fresh else None
    over = threading.Event()

    def finish(_number: int, _frame: FrameType | None) -> None:
        over.set()

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
    with DemoServer(wanted.port, seed=wanted.seed, fresh=fresh) as server:
        ready = {"url": server.url, "key": server.key, "project": server.project_id}
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        threading.Thread(target=_watch_stdin, args=(over,), daemon=True).start()
        over.wait()
    return 0


def _watch_stdin(over: threading.Event) -> None:
    # Not through sys.stdin: a thread inside its lock at exit would abort the interpreter.
    while os.read(0, 4096):
        pass
    over.set()


if __name__ == "__main__":
    sys.exit(main())
