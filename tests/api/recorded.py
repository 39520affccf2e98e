"""Recordings of real exchanges, read with nothing but the standard library."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.shared import FIXTURES, RECORDINGS


@cache
def exchange(name: str) -> dict[str, Any]:
    """Return a whole recorded exchange."""
    return json.loads((RECORDINGS / f"{name}.json").read_bytes())


def body(name: str) -> bytes:
    """Return the body of a recorded answer as it would come over the wire."""
    response = exchange(name)["response"]
    if "json" in response:
        return json.dumps(response["json"]).encode()
    return response.get("text", "").encode()


def headers(name: str) -> dict[str, str]:
    return exchange(name)["response"]["headers"]


def status(name: str) -> int:
    return exchange(name)["response"]["status"]


def names() -> list[str]:
    """Return the names of all recordings, none where they are not at hand."""
    return sorted(path.stem for path in RECORDINGS.glob("*.json"))


def fixtures(folder: str) -> list[Path]:
    return sorted((FIXTURES / folder).glob("*.json"))
