"""Pick values out of JSON of which nothing is sure: the wanted type, or a default."""

import math
from collections.abc import Iterable
from typing import Any

import msgspec

LARGEST_WHOLE = 2**256  # the largest whole numbers that ClickHouse has
EXACT_WHOLE = 2**53  # beyond it floats skip whole numbers


def parse(raw: msgspec.Raw | bytes) -> Any:
    """Read JSON, or give None when it cannot be read."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return None


def as_str(value: object, default: str = "") -> str:
    """Give a text; numbers are written out, all else is the default."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return default


def as_text(value: object) -> str | None:
    """Give a text that says something, or None."""
    return value if isinstance(value, str) and value.strip() else None


def as_number(value: object) -> float | None:
    """Give a finite number, whole ones exactly; accepts numbers written as text."""
    if isinstance(value, bool):
        return None
    number = _read(value) if isinstance(value, str) else value
    if isinstance(number, int) and abs(number) > LARGEST_WHOLE:
        return None  # arithmetic with floats would overflow
    if isinstance(number, float):
        return _tidy(number) if math.isfinite(number) else None
    return number if isinstance(number, int) else None


def as_numbers(values: Iterable[object]) -> tuple[float | None, ...]:
    """Give many numbers, each as `as_number` does; counts, as most are, are let through at once."""
    return tuple(
        value if type(value) is int and -EXACT_WHOLE < value < EXACT_WHOLE else as_number(value)
        for value in values
    )


def as_float(value: object, default: float | None = None) -> float | None:
    """Give a finite float; accepts numbers written as text."""
    number = as_number(value)
    return default if number is None else float(number)


def as_int(value: object, default: int | None = None) -> int | None:
    """Give a whole number; accepts `12`, `12.0` and `"12"`."""
    number = as_number(value)
    return int(number) if number is not None and number == int(number) else default


def as_bool(value: object, *, default: bool = False) -> bool:
    """Give a truth value; accepts `true` and `1`, also as text."""
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), default)
    return bool(value) if isinstance(value, int | float) else default


def as_dict(value: object) -> dict[str, Any]:
    """Give an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """Give a list, or an empty one."""
    return value if isinstance(value, list) else []


def written(value: object) -> str:
    """Write any JSON value compactly, as one line of text."""
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, OverflowError, RecursionError, msgspec.EncodeError):
        return ""


def _tidy(number: float) -> float:
    """Give whole floats as whole numbers, so that exports say 12 rather than 12.0."""
    return int(number) if abs(number) < EXACT_WHOLE and number == int(number) else number


def _read(text: str) -> float | None:
    if "_" in text:  # Python reads 1_000, JSON does not
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None
