"""Find keys in a file of walls: they are read by whoever reads the file, so they are refused."""

import re
from collections.abc import Iterator
from typing import Any

from phdesk.core.wall.lines import Path

ADVICE = (
    "keys never stand in this file, because it is shared and copied; name where the key lies "
    "by key_env, key_file or key_credential, and make a new one, for this one may be known"
)
NAMED = frozenset(
    {"key", "api_key", "apikey", "token", "secret", "password", "personal_api_key", "phx"}
)
_KEY = re.compile(r"(?<![A-Za-z0-9])ph[acrsx]_[A-Za-z0-9]{6,}\w*")
_BEARER = re.compile(r"\bbearer\s+\S{8,}", re.IGNORECASE)
_USER = re.compile(r"://[^/\s\"'@]*:[^/\s\"'@]+@")


def is_secret(text: str) -> bool:
    """Tell a key of PostHog, a bearer token, or an address with a password in it."""
    return any(pattern.search(text) for pattern in (_KEY, _BEARER, _USER))


def scrubbed(text: str) -> str:
    """Take what is secret out of a text that is said back."""
    for pattern in (_KEY, _BEARER, _USER):
        text = pattern.sub("…", text)
    return text


def secret_lines(text: str) -> list[int]:
    """Give the lines that hold a key, comments included; lines count from 1."""
    return [number for number, line in enumerate(text.split("\n"), start=1) if is_secret(line)]


def secret_paths(value: Any, at: Path = ()) -> Iterator[Path]:
    """Give where a parsed file holds a key, however it is written there."""
    if isinstance(value, str):
        if is_secret(value):
            yield at
        return
    pairs: Any = ()
    if isinstance(value, dict):
        yield from ((*at, key) for key in value if is_secret(key))
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, held in pairs:
        yield from secret_paths(held, (*at, key))
