"""The parts of a chart that its legend names, whatever its kind, and a chart without some of them.

What is a share of all parts becomes a share of those that are left; figures that were sent for
the whole, such as a funnel's steps, stay as they came.
"""

from collections.abc import Sequence
from typing import Any, TypeGuard

from msgspec import structs

from phdesk.core.charts.shapes import BoxPlotBody, SlopeBody
from phdesk.core.charts.spec import Body, FunnelBody, PieBody, ProportionBody, Share, XYBody
from phdesk.core.formatting import number, percent

Parted = XYBody | PieBody | ProportionBody | SlopeBody | BoxPlotBody | FunnelBody
Name = tuple[str, bool, int]  # label, of the period before, how many of that name came earlier

FIELDS: dict[type, str] = {
    XYBody: "series",
    PieBody: "shares",
    ProportionBody: "shares",
    SlopeBody: "slopes",
    BoxPlotBody: "series",
    FunnelBody: "groups",
}


def is_parted(body: object) -> TypeGuard[Parted]:
    """Tell whether a chart is of a kind whose parts can be hidden."""
    return type(body) in FIELDS


def names(body: Parted) -> list[Name]:
    """Give each part's name, those of one label told apart by their order."""
    seen: dict[tuple[str, bool], int] = {}
    made = []
    for one in _parts(body):
        key = (one.label, getattr(one, "previous", False))
        seen[key] = seen.get(key, -1) + 1
        made.append((*key, seen[key]))
    return made


def shown(body: Parted) -> list[bool]:
    """Tell of each part whether it is in the chart."""
    return [not one.hidden for one in _parts(body)]


def of_shown(body: Body) -> bool:
    """Tell whether figures of a chart are shares of the parts that are shown."""
    return isinstance(body, PieBody | ProportionBody)


def without(body: Parted, gone: tuple[int, ...]) -> Body:
    """Hide parts by their numbers; the legend still names them."""
    kept = tuple(
        structs.replace(one, hidden=True) if i in gone else one
        for i, one in enumerate(_parts(body))
    )
    made: Any = structs.replace(body, **{FIELDS[type(body)]: kept}, set_aside=gone)
    if isinstance(made, PieBody | ProportionBody):
        return _shared_anew(made)
    if isinstance(made, XYBody):
        overlays = tuple(one for one in made.overlays if one.series not in gone)
        return structs.replace(made, overlays=overlays)
    return made  # type: ignore[no-any-return]


def _parts(body: Parted) -> Sequence[Any]:
    parts: Sequence[Any] = getattr(body, FIELDS[type(body)])
    return parts


def _shared_anew(body: PieBody | ProportionBody) -> PieBody | ProportionBody:
    """Give the shares of what is shown, and its total where there was one."""
    wholes = {before: _whole(body.shares, previous=before) for before in (False, True)}
    shares = tuple(
        structs.replace(one, share_text=_share_text(one, wholes[one.previous]))
        for one in body.shares
    )
    left = any(not one.hidden and not one.previous for one in shares)
    total = number(wholes[False] if left else None, body.format) if body.total_text else ""
    return structs.replace(body, shares=shares, total_text=total)


def _whole(shares: Sequence[Share], *, previous: bool) -> float:
    mine = (one for one in shares if one.previous is previous and not one.hidden)
    return sum(one.value or 0.0 for one in mine)


def _share_text(share: Share, whole: float) -> str:
    if not share.share_text or share.hidden or share.value is None or whole <= 0:
        return ""
    return percent(share.value / whole, 1)
