"""Which answers may name single people, so that they can be left out of what is passed on.

Nobody can tell from an answer alone whether it names people, so this errs towards "it may": lists
of events, persons, groups and sessions do; tables of SQL may hold anything; all else does when it
is broken down, or selects, by a property that is named like one of a person.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.jsonvalue import as_dict, as_list, as_str, parse
from phdesk.core.names import breakdown_keys, insight_title
from phdesk.core.question import Question, read_question
from phdesk.models.alert import Alert
from phdesk.models.dashboard import Dashboard, TextCard, Tile
from phdesk.models.insight import Insight

COUNTED = frozenset(  # kinds whose answers are counts of people or events, whatever they ask
    {
        "TrendsQuery",
        "FunnelsQuery",
        "RetentionQuery",
        "StickinessQuery",
        "LifecycleQuery",
        "PathsQuery",
        "PathsV2Query",
        "CalendarHeatmapQuery",
        "WebOverviewQuery",
    }
)
TABLES = ("", "ActionsTable")
_PERSONAL = re.compile(
    r"mail|phone|mobile|address|birth|passw|ssn|passport"
    r"|(?:^|[^a-z])(?:ip|person|persons|people|latitude|longitude)(?![a-z])"
    r"|(?:distinct|person|user|customer|member|device|session|anon)[_ ]?id"
    r"|(?:user|first|last|full|sur|nick|display|customer|person|member|contact)[_ ]?name"
    r"|^\$?(?:name|username|login|handle|uuid)$",
    re.IGNORECASE,
)
# Of a mail address, found from its sign back: forwards each letter of megabytes might begin one.
_MAIL_NAME = re.compile(rb"[\w.%+\-]{1,64}\Z")
_MAIL_HOST = re.compile(rb"@[A-Za-z\d\-]{1,63}(?:\.[A-Za-z\d\-]{1,63}){0,5}\.[A-Za-z]{2,24}")
_LONGEST_NAME = 64
LEFT_OUT = "(left out)"
Colors = tuple[tuple[str, str], ...]  # breakdown value, colour token
# What a server quotes of a query; an apostrophe inside a word begins nothing.
_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|[\w.%+\-]{1,64}@[\w.\-]{1,255}")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def may_name_people(insight: Insight) -> bool:
    """Say whether an insight's answer may hold rows or names of single people."""
    question = read_question(insight)
    if question.kind == "HogQLQuery":
        named = any(map(is_personal, _selected(insight, question)))
        return question.display in TABLES or named or bool(mail_in(insight))
    if question.kind not in COUNTED or mail_in(insight):
        return True
    return any(map(is_personal, breakdown_keys(question))) or _breaks_by_sql(question)


def mail_in(insight: Insight) -> str:
    """Give the first mail address in an answer, whatever its property is called; "" for none."""
    result = bytes(insight.result)
    for host in _MAIL_HOST.finditer(result):
        at = host.start()
        name = _MAIL_NAME.search(result, max(0, at - _LONGEST_NAME), at)
        if name is not None:
            return result[name.start() : host.end()].decode(errors="replace")
    return ""


def is_personal(name: str) -> bool:
    """Say whether a property or column is named like one that tells who somebody is."""
    return bool(_PERSONAL.search(_HUMP.sub("_", name)))


def _selected(insight: Insight, question: Question) -> list[str]:
    columns = [as_str(column) for column in as_list(parse(insight.columns))]
    words = re.findall(r"\w+", as_str(question.source.get("query")))
    return columns + words


def _breaks_by_sql(question: Question) -> bool:
    """Tell breakdowns by an expression: what it makes of a person cannot be known."""
    breakdown = as_dict(question.source.get("breakdownFilter"))
    kinds = [as_dict(one).get("type") for one in as_list(breakdown.get("breakdowns"))]
    return "hogql" in (breakdown.get("breakdown_type"), *kinds)


def without_people(dashboard: Dashboard) -> Dashboard:
    """Leave out what may name people: answers, their colours, and what filters compare with.

    A tile whose answer goes becomes a text card in its place that says so.
    """
    tiles = tuple(map(_tile_without, dashboard.tiles))
    return replace(
        dashboard,
        tiles=tiles,
        filters=_scrubbed(dashboard.filters),
        saved_filters=_scrubbed(dashboard.saved_filters),
        variables=_scrubbed(dashboard.variables),
        breakdown_colors=colors_of(tiles, dashboard.breakdown_colors),
    )


def colors_of(tiles: Iterable[Tile], colors: Colors) -> Colors:
    """Choose the colours of values that the answers of these tiles name: no other says any."""
    answers = [bytes(tile.insight.result) for tile in tiles if tile.insight is not None]
    return tuple(
        (value, color)
        for value, color in colors
        if any(way in answer for way in _written(value) for answer in answers)
    )


def _written(value: str) -> tuple[bytes, ...]:
    """Write a text as JSON may have it."""
    return tuple(json.dumps(value, ensure_ascii=plain).encode() for plain in (True, False))


def _tile_without(tile: Tile) -> Tile:
    insight = tile.insight
    if insight is None:
        return replace(tile, error=_told_of_nobody(tile.error))
    if may_name_people(insight):
        title = _MARKUP.sub(r"\\\1", insight_title(insight, read_question(insight)))
        body = f"**{title}**\n\nLeft out of this snapshot: it may name single people."
        return Tile(id=tile.id, text=TextCard(body), sm=tile.sm, color=tile.color)
    pointed, status = insight.pointed, insight.status
    if pointed is not None:
        query, filters = _scrubbed(pointed.query), _scrubbed(pointed.filters)
        pointed = replace(pointed, query=query, filters=filters)
    kept = replace(
        insight,
        query=_scrubbed(insight.query),
        filters=_scrubbed(insight.filters),
        pointed=pointed,
        alerts=insight.alerts and tuple(map(_mailed_to_nobody, insight.alerts)),
        error=_told_of_nobody(insight.error),
        status=status and replace(status, error_message=_told_of_nobody(status.error_message)),
    )
    return replace(tile, insight=kept, error=_told_of_nobody(tile.error))


def _told_of_nobody(reason: str | None) -> str | None:
    """Take out of a server's words what they quote, and mail addresses."""
    return reason and _QUOTED.sub(LEFT_OUT, reason)


def _mailed_to_nobody(alert: Alert) -> Alert:
    return replace(alert, users=(), names=())


def _scrubbed(raw: Raw) -> Raw:
    """Take the values out of filters on personal properties, wherever they stand in JSON."""
    value = parse(raw)
    clean = _clean(value)
    return raw if clean == value else Raw(msgspec.json.encode(clean))


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if not isinstance(value, dict):
        return value
    if is_personal(as_str(value.get("key"))) or is_personal(as_str(value.get("code_name"))):
        names = ("key", "value") if value.get("type") == "hogql" else ("value",)
        return {**value, **{name: LEFT_OUT for name in names if name in value}}
    return {key: _clean(item) for key, item in value.items()}
