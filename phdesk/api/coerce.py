"""Give a raw JSON value the type we want; a value of the wrong type counts as missing."""

from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import TypeVar

import msgspec
from msgspec import Raw

T = TypeVar("T")

LARGEST = 2**53  # beyond this a JSON number is no safe id

_SCALAR = msgspec.json.Decoder(int | float | str | bool | None)
_FIELDS = msgspec.json.Decoder(dict[str, Raw] | None)
_ELEMENTS = msgspec.json.Decoder(list[Raw] | None)
REFUSED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def scalar(raw: Raw) -> int | float | str | bool | None:
    """Return a plain value, or None for lists, objects and what cannot be read."""
    try:
        value: int | float | str | bool | None = _SCALAR.decode(raw)
    except REFUSED:
        return None
    return value


def optional_text(raw: Raw) -> str | None:
    """Return text, or None."""
    value = scalar(raw)
    return value if isinstance(value, str) else None


def text(raw: Raw) -> str:
    """Return text, empty when there is none."""
    return optional_text(raw) or ""


def number(raw: Raw) -> float | None:
    """Return a number, also one written as text."""
    value = scalar(raw)
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < float("inf") else None


def whole(raw: Raw) -> int | None:
    """Return a whole number of safe size, also one written as text or as 3.0."""
    found = number(raw)
    if found is None or abs(found) > LARGEST or not found.is_integer():
        return None
    return int(found)


def optional_truth(raw: Raw) -> bool | None:
    """Return true or false, or None."""
    value = scalar(raw)
    return value if isinstance(value, bool) else None


def truth(raw: Raw) -> bool:
    """Return true or false, false when there is neither."""
    return scalar(raw) is True


def moment(raw: Raw) -> datetime | None:
    """Return an aware moment in UTC; a time without a zone is taken for UTC."""
    written = optional_text(raw)
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
        utc = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return utc if MINYEAR < utc.year < MAXYEAR else None  # in other zones it would be of no year


def texts(raw: Raw) -> tuple[str, ...]:
    """Return the texts of a list, leaving out what is no text."""
    return tuple(found for item in elements(raw) or () if (found := optional_text(item)))


def fields(raw: Raw) -> dict[str, Raw] | None:
    """Return the fields of an object, or None."""
    try:
        found: dict[str, Raw] | None = _FIELDS.decode(raw)
    except REFUSED:
        return None
    return found


def elements(raw: Raw) -> list[Raw] | None:
    """Return the elements of a list, or None."""
    try:
        found: list[Raw] | None = _ELEMENTS.decode(raw)
    except REFUSED:
        return None
    return found


def part(raw: Raw, decoder: msgspec.json.Decoder[T]) -> T | None:
    """Decode a part of an answer, or give None if it has the wrong kind."""
    try:
        return decoder.decode(raw)
    except REFUSED:
        return None
