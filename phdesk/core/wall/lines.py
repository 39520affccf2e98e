"""Say on which line of a TOML text each key stands: Python's parser knows, but does not tell.

Nothing is parsed here a second time; the parser itself is asked. A statement is the shortest run
of lines that it takes alone, and an entry of an array over several lines begins on the first one
with which, once closed, the array holds it. Both follow from what TOML is: each statement stands
for itself, and no value ends before its last character.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]  # keys, and places in arrays from 0
CLOSING = ("]", "]]", "}]", "]}", "]}]", "]]]")  # of arrays three deep, and tables in them
ENDS = ("]", "}", '"""', "'''")  # a value over several lines ends with one of these
LONGEST = 400  # lines of one statement in which entries are told apart
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


def located(text: str) -> dict[Path, int]:
    """Give the line of each key, table and entry of a text that is TOML; lines count from 1."""
    lines = text.replace("\r\n", "\n").split("\n")
    found: dict[Path, int] = {(): 1}
    arrays: dict[Path, int] = {}
    table: Path = ()
    start = 0
    while start < len(lines):
        end, parsed = _statement(lines, start)
        if lines[start].lstrip().startswith("["):
            table = _header(parsed, start + 1, found, arrays)
        else:
            for path, line in _entries(lines, start, end, parsed):
                found.setdefault(table + path, line)
        start = end
    return found


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """Give the line of a key, or of the innermost that is written of what it stands in."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def written(path: Path) -> str:
    """Write a path as people read it: `screens.lobby.items[2]` is the second item."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{_quoted(part)}" for part in path]
    return "".join(parts).removeprefix(".")


def syntax_fault(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """Give the line of what is no TOML, and what the parser says of it."""
    words = str(error)
    place = _PLACE.search(words)
    if place is None:
        return 1, words
    last = len(text.rstrip().split("\n"))
    return int(place[1] or last), words[: place.start()]


def _statement(lines: Sequence[str], start: int) -> tuple[int, dict[str, Any]]:
    """Find where the statement that begins on a line ends, and what it says."""
    for end in range(start + 1, len(lines) + 1):
        if end > start + 1 and not any(mark in lines[end - 1] for mark in ENDS):
            continue
        parsed = _parsed("\n".join(lines[start:end]))
        if parsed is not None:
            return end, parsed
    raise ValueError("not a TOML document")


def _header(
    parsed: Mapping[str, Any], line: int, found: dict[Path, int], arrays: dict[Path, int]
) -> Path:
    """Enter a table, or the next one of an array of tables."""
    path: Path = ()
    held: Any = parsed
    while held:
        name, held = next(iter(held.items()))
        path = (*path, name)
        found.setdefault(path, line)
        if isinstance(held, list):  # only the last name of a header in double brackets
            arrays[path] = arrays.get(path, 0) + 1
            held = None
        if path in arrays:
            path = (*path, arrays[path] - 1)
            found.setdefault(path, line)
    return path


def _entries(
    lines: Sequence[str], start: int, end: int, parsed: Mapping[str, Any]
) -> Iterator[tuple[Path, int]]:
    """Give the line of all that one statement holds; the first that is given of a path counts."""
    first = start + 1  # of the lines that no closing has made whole yet
    inner = range(start + 1, end) if end - start <= LONGEST else ()
    for cut in inner:
        part = "\n".join(lines[start:cut])
        whole = next(filter(None, (_parsed(f"{part}\n{each}") for each in CLOSING)), None)
        if whole is None:
            continue
        yield from ((path, first) for path in _paths(whole))
        first = cut + 1
    yield from ((path, first) for path in _paths(parsed))


def _paths(value: Any, at: Path = ()) -> Iterator[Path]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in pairs:
        path = (*at, key)
        yield path
        if isinstance(held, dict | list):
            yield from _paths(held, path)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _quoted(name: str) -> str:
    return name if _BARE.fullmatch(name) else f'"{name}"'
