"""Take JSON from the wire: mend what msgspec would refuse, and name the fields we read.

Every field is `Raw`, so any JSON value in any place is taken; `coerce` gives it a type afterwards.
"""

import json as slow_json
import math
import re
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from phdesk.api.errors import UnreadableError
from phdesk.models.insight import NULL

T = TypeVar("T")

_BOM = b"\xef\xbb\xbf"
_SHAPES = bytes.maketrans(b"123456789E", b"000000000e")
_LONG_EXPONENTS = (b"0e000", b"0e+000")  # may be too large for a float, where it is a number
_NUMBER_BEFORE = re.compile(rb"(?:^|[\[:,\s])-?\d+(?:\.\d+)?$")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_KINDS = {"array": "a list", "object": "an object", "str": "text", "int": "a number"}
_KINDS |= {"float": "a number", "bool": "true or false", "null": "nothing (null)"}


class DashboardWire(Struct, gc=False):
    """A dashboard or a row of the list of dashboards."""

    id: Raw = NULL
    name: Raw = NULL
    description: Raw = NULL
    pinned: Raw = NULL
    tags: Raw = NULL
    folder: Raw = NULL
    created_at: Raw = NULL
    created_by: Raw = NULL
    last_accessed_at: Raw = NULL
    last_viewed_at: Raw = NULL
    is_shared: Raw = NULL
    user_access_level: Raw = NULL
    effective_privilege_level: Raw = NULL
    effective_restriction_level: Raw = NULL
    tiles: Raw = NULL
    filters: Raw = NULL
    persisted_filters: Raw = NULL
    variables: Raw = NULL
    breakdown_colors: Raw = NULL
    data_color_theme_id: Raw = NULL
    customization: Raw = NULL


class TileWire(Struct, gc=False):
    """A tile of a dashboard."""

    id: Raw = NULL
    insight: Raw = NULL
    text: Raw = NULL
    button_tile: Raw = NULL
    widget: Raw = NULL
    layouts: Raw = NULL
    color: Raw = NULL
    error: Raw = NULL
    filters_overrides: Raw = NULL
    show_description: Raw = NULL
    transparent_background: Raw = NULL


class InsightWire(Struct, gc=False):
    """An insight, or an answer of the query endpoint (then the rows are in `results`)."""

    id: Raw = NULL
    short_id: Raw = NULL
    name: Raw = NULL
    derived_name: Raw = NULL
    description: Raw = NULL
    query: Raw = NULL
    filters: Raw = NULL
    result: Raw = NULL
    results: Raw = NULL
    columns: Raw = NULL
    types: Raw = NULL
    hasMore: Raw = NULL  # noqa: N815
    last_refresh: Raw = NULL
    cache_target_age: Raw = NULL
    next_allowed_client_refresh: Raw = NULL
    is_cached: Raw = NULL
    timezone: Raw = NULL
    query_status: Raw = NULL
    resolved_date_range: Raw = NULL
    tags: Raw = NULL
    error: Raw = NULL
    user_access_level: Raw = NULL
    alerts: Raw = NULL


class StatusWire(Struct, gc=False):
    """The state of a background calculation; `results` is a whole query answer."""

    id: Raw = NULL
    complete: Raw = NULL
    error: Raw = NULL
    error_message: Raw = NULL
    error_code: Raw = NULL
    results: Raw = NULL
    query_progress: Raw = NULL


class ProjectWire(Struct, gc=False):
    """A project in a list or alone."""

    id: Raw = NULL
    name: Raw = NULL
    organization: Raw = NULL
    organization_id: Raw = NULL
    timezone: Raw = NULL
    week_start_day: Raw = NULL
    base_currency: Raw = NULL
    is_demo: Raw = NULL
    primary_dashboard: Raw = NULL
    default_data_theme: Raw = NULL


class UserWire(Struct, gc=False):
    """The answer of `@me`."""

    id: Raw = NULL
    uuid: Raw = NULL
    first_name: Raw = NULL
    email: Raw = NULL
    team: Raw = NULL
    organization: Raw = NULL
    organizations: Raw = NULL


class OrganizationWire(Struct, gc=False):
    """An organization with its projects, as `@me` holds it."""

    id: Raw = NULL
    name: Raw = NULL
    teams: Raw = NULL
    projects: Raw = NULL
    membership_level: Raw = NULL


def unpack(data: bytes, decoder: msgspec.json.Decoder[T], what: str) -> T:
    """Decode a whole answer; `what` begins the sentence of the error, as in "The dashboard"."""
    try:
        return _decode(valid_text(data), decoder)
    except msgspec.ValidationError as error:
        raise UnreadableError(f"{what} could not be read: {_shape(str(error))}.") from None
    except msgspec.DecodeError as error:
        raise UnreadableError(f"{what} could not be read: {_syntax(data, str(error))}.") from None
    except RecursionError:
        raise UnreadableError(f"{what} could not be read: it is nested too deeply.") from None


def valid_text(data: bytes) -> bytes:
    """Drop a byte-order mark and replace bytes that are not UTF-8."""
    text = data.removeprefix(_BOM)
    if text.isascii():
        return text
    try:
        text.decode()
    except UnicodeDecodeError:
        return text.decode(errors="replace").encode()
    return text


def _decode(text: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    """Decode, and once more after mending when msgspec refuses what others would take."""
    if _has_huge_number(text):
        return decoder.decode(_mended(text))
    try:
        return decoder.decode(text)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError as error:
        try:
            mended = _mended(text)
        except ValueError:
            raise error from None
        return decoder.decode(mended)


def _has_huge_number(text: bytes) -> bool:
    """Tell whether a number such as 1e400 stands in the text: `Raw` would pass it on unseen."""
    shape = text.translate(_SHAPES)  # several times faster than a regular expression
    return any(_finds_number(text, shape, exponent) for exponent in _LONG_EXPONENTS)


def _finds_number(text: bytes, shape: bytes, exponent: bytes) -> bool:
    """Tell numbers with a long exponent from strings such as "cache_7e123"."""
    at = shape.find(exponent)
    while at >= 0:
        if _NUMBER_BEFORE.search(text, max(0, at - 40), at + 1):
            return True
        at = shape.find(exponent, at + 1)
    return False


def _mended(text: bytes) -> bytes:
    """Rewrite JSON with NaN, infinities and overflowing numbers as null; ValueError if not JSON."""
    value = slow_json.loads(text, parse_constant=_nothing, parse_float=_finite, strict=False)
    rewritten = slow_json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _LONE_SURROGATE.sub("\ufffd", rewritten).encode()


def _nothing(_name: str) -> None:
    return None


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _shape(error: str) -> str:
    """Say in words that the top of the answer has the wrong kind."""
    expected, _, rest = error.partition(", got `")
    got = rest.partition("`")[0]
    if not got:
        return error.rstrip(".")
    wanted = _KINDS.get(expected.removeprefix("Expected `").rstrip("`"), "a list")
    return f"{wanted} was expected, not {_KINDS.get(got, got)}"


def _syntax(data: bytes, error: str) -> str:
    """Say in words that the answer is not JSON, and where."""
    start = data[:200].removeprefix(_BOM).lstrip()
    if not start:
        return "it is empty"
    if start.startswith(b"<"):
        return "it is a web page, not JSON"
    where = error.rpartition("(")[2].rstrip(")") if error.endswith(")") else "it ends too early"
    return f"it is not valid JSON ({where})"
