"""Read what lies around an insight: annotations, colour themes, names of groups."""

from collections.abc import Mapping

from msgspec import Raw

from phdesk.api import coerce
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.group_type import GroupType
from phdesk.models.insight import NULL

HEX_DIGITS = frozenset("0123456789abcdef")
Fields = Mapping[str, Raw]


def read_annotation(raw: Raw) -> Annotation | None:
    """Read an annotation; None for one that is deleted, hidden or has no moment."""
    sent = coerce.fields(raw) or {}
    at = coerce.moment(_of(sent, "date_marker"))
    hidden = coerce.truth(_of(sent, "hidden_in_user_interface"))
    if at is None or hidden or coerce.truth(_of(sent, "deleted")):
        return None
    return Annotation(
        id=coerce.whole(_of(sent, "id")) or 0,
        content=" ".join(coerce.text(_of(sent, "content")).split()),
        at=at,
        scope=coerce.text(_of(sent, "scope")),
        insight_id=coerce.whole(_of(sent, "dashboard_item")),
        insight_short_id=coerce.text(_of(sent, "insight_short_id")),
        dashboard_id=coerce.whole(_of(sent, "dashboard_id")),
    )


def read_color_theme(raw: Raw) -> ColorTheme | None:
    """Read a theme; None for one without an id or without any colour."""
    sent = coerce.fields(raw) or {}
    number = coerce.whole(_of(sent, "id"))
    colors = _colors(_of(sent, "colors"))
    if number is None or not any(colors):
        return None
    return ColorTheme(
        id=number,
        name=coerce.text(_of(sent, "name")),
        colors=colors,
        is_global=coerce.truth(_of(sent, "is_global")),
    )


def read_group_type(raw: Raw) -> GroupType | None:
    """Read a type of groups; None for one without a number or any name."""
    sent = coerce.fields(raw) or {}
    number = coerce.whole(_of(sent, "group_type_index"))
    plain = coerce.text(_of(sent, "group_type")).strip()
    one = coerce.text(_of(sent, "name_singular")).strip() or plain
    several = coerce.text(_of(sent, "name_plural")).strip() or (f"{one}s" if one else "")
    return None if number is None or not one else GroupType(index=number, one=one, several=several)


def _colors(raw: Raw) -> tuple[str, ...]:
    """Read colours sent as a list, or by their tokens."""
    items = coerce.elements(raw)
    if items is not None:
        return tuple(_color(item) for item in items)
    named = coerce.fields(raw) or {}
    places = {_place(token): _color(color) for token, color in named.items() if _place(token)}
    return tuple(places.get(place, "") for place in range(1, max(places, default=0) + 1))


def _place(token: str) -> int:
    name, _, number = token.partition("-")
    small = number.isascii() and number.isdigit() and len(number) < 4
    return int(number) if name == "preset" and small else 0


def _color(raw: Raw) -> str:
    """Read `#rrggbb`, or the short `#rgb`; empty for anything else."""
    text = coerce.text(raw).strip().lower()
    if text[:1] != "#" or len(text) not in {4, 7} or not set(text[1:]) <= HEX_DIGITS:
        return ""
    return text if len(text) == 7 else "#" + "".join(digit * 2 for digit in text[1:])


def _of(sent: Fields, key: str) -> Raw:
    return sent.get(key, NULL)
