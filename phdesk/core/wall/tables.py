"""Read tables of a parsed file by a scheme, noting each fault where it is instead of stopping."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from phdesk.core.wall.lines import Path
from phdesk.core.wall.secrets import ADVICE, NAMED
from phdesk.core.wall.values import WrongValueError, near, shown


class Fault(Struct, frozen=True, gc=False):
    """What is wrong, and where in the file."""

    path: Path
    words: str


class Notes:
    """All faults of a file, as they are found."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, path: Path, words: str) -> None:
        """Note what is wrong at a place."""
        self.faults.append(Fault(path, words))


Reader: TypeAlias = Callable[[object, Path, Notes], Any]
Scheme: TypeAlias = Mapping[str, Reader]


def value(read: Callable[[object], Any]) -> Reader:
    """Make a reader of a single value one that knows where it is."""

    def placed(held: object, _path: Path, _notes: Notes) -> Any:
        return read(held)

    return placed


def table(scheme: Scheme, homes: Mapping[str, Scheme] | None = None) -> Reader:
    """Give a reader of a table into a dictionary of what was good in it.

    `homes` are schemes of tables beside: a key that belongs into one of them is told so, a slip in
    one of theirs as well.
    """

    def read(held: object, path: Path, notes: Notes) -> dict[str, Any]:
        if not isinstance(held, dict):
            raise WrongValueError(f"must be a table, not {shown(held)}")
        good: dict[str, Any] = {}
        for key, inner in held.items():
            at = (*path, key)
            if key not in scheme:
                notes.add(at, _unknown(key, scheme, homes or {}))
                continue
            try:
                good[key] = scheme[key](inner, at, notes)
            except WrongValueError as why:
                notes.add(at, str(why))
        return good

    return read


def each(read: Reader, what: str) -> Reader:
    """Give a reader of an array, or of one entry that stands for an array of one."""

    def read_all(held: object, path: Path, notes: Notes) -> tuple[Any, ...]:
        if not isinstance(held, list):
            if isinstance(held, str | dict):
                return (read(held, path, notes),)
            raise WrongValueError(f"must be {what}, not {shown(held)}")
        good: list[Any] = []
        for place, inner in enumerate(held):
            at = (*path, place)
            try:
                good.append(read(inner, at, notes))
            except WrongValueError as why:
                notes.add(at, str(why))
        return tuple(good)

    return read_all


def by_name(read: Reader, what: str) -> Reader:
    """Give a reader of tables by names that people choose."""

    def read_all(held: object, path: Path, notes: Notes) -> dict[str, Any]:
        if not isinstance(held, dict):
            raise WrongValueError(f"must be {what}, not {shown(held)}")
        good: dict[str, Any] = {}
        for name, inner in held.items():
            try:
                good[name] = read(inner, (*path, name), notes)
            except WrongValueError as why:
                notes.add((*path, name), str(why))
        return good

    return read_all


def _unknown(key: str, scheme: Scheme, homes: Mapping[str, Scheme]) -> str:
    if key.lower() in NAMED:
        return ADVICE
    home = next((name for name, inner in homes.items() if key in inner), None)
    if home is not None:
        return f"is no key here; it belongs into the table {home}"
    known = {name: name for name in scheme}
    for home, inner in homes.items():
        known |= {name: f"{home}.{name}" for name in inner if name not in scheme}
    hint = near(key, known)
    return f"is no key here{hint or f'; known are {_sorted(scheme)}'}"


def _sorted(scheme: Scheme) -> str:
    return ", ".join(sorted(scheme))
