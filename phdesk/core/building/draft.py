"""An insight's query while it is edited: what is not understood is carried along untouched.

A name such as `trendsFilter.display` or `series.0.math` says where in the query something lies:
of the source, or of the node around it after `node.`, as in `node.chartSettings.xAxis`.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from phdesk.core.building.older import modernised, old_names, renamed
from phdesk.core.jsonvalue import as_dict, as_list, as_str, as_text, parse
from phdesk.models.insight import Insight

OUTER = "node."  # begins the names of what lies around the source
VIZ, CHART, TABLE = "InsightVizNode", "DataVisualizationNode", "DataTableNode"
WRAPPERS = frozenset({VIZ, CHART, TABLE})
OWN_FILTER = {  # what can be edited, and the part of the source that belongs to it alone
    "TrendsQuery": "trendsFilter",
    "FunnelsQuery": "funnelsFilter",
    "RetentionQuery": "retentionFilter",
    "StickinessQuery": "stickinessFilter",
    "LifecycleQuery": "lifecycleFilter",
    "PathsQuery": "pathsFilter",
    "HogQLQuery": "",
}
NOT_JSON = "The question of this insight could not be read."
NOTHING = "This insight asks nothing yet."
LEGACY = "This insight is stored in the form that PostHog used before 2024."
EARLY = "This insight is stored in a form of 2023, with older names."
BECOMES = (
    "What you change here is saved as a query of today, as PostHog does it; until then the insight "
    "stays as it is."
)
LOST = "A query of today has no place for {}."
POINTS = "This tile points to another insight; open that one to edit it."
OTHER_KIND = "phdesk shows insights of this kind ({}), but does not edit them."
ASKS_NOTHING = frozenset({"insight", "date_from", "date_to"})  # filters of an empty insight


class Draft(Struct, frozen=True, gc=False, kw_only=True):
    """A query while it is edited. `query` is never changed in place: each change is a new draft.

    `opened` is the query as it was when it was opened or begun, and `raw` the bytes it came as.
    `closed` says in a sentence why nothing of it can be edited; it is empty when it can. `older`
    says that it is stored in a form of before, of which `query` is the form of today.
    """

    query: Mapping[str, Any]
    opened: Mapping[str, Any]
    raw: bytes = b""
    closed: str = ""
    older: str = ""

    @property
    def node(self) -> str:
        """Name the kind of the outermost node."""
        return as_str(self.query.get("kind"))

    @property
    def kind(self) -> str:
        """Name the kind of the source, such as "TrendsQuery"."""
        return as_str(self.source.get("kind"))

    @property
    def source(self) -> Mapping[str, Any]:
        """Give the source inside the wrapper; without a wrapper the query itself."""
        return as_dict(self.query.get("source")) if self.node in WRAPPERS else self.query

    @property
    def own(self) -> str:
        """Name the part that belongs to the kind alone, such as "trendsFilter"."""
        return OWN_FILTER.get(self.kind, "")

    @property
    def is_new(self) -> bool:
        """Say whether it was begun here, and not opened."""
        return not self.raw


def opened(query: Mapping[str, Any] | Raw | bytes) -> Draft:
    """Open a query to edit it; one that cannot be edited is closed and says why."""
    raw = bytes(msgspec.json.encode(query) if isinstance(query, Mapping) else query)
    found = parse(raw)
    if not isinstance(found, dict) or not found:
        closed = NOTHING if found in (None, {}) and raw.strip() in (b"", b"null", b"{}") else ""
        return Draft(query={}, opened={}, raw=raw, closed=closed or NOT_JSON)
    draft = Draft(query=found, opened=found, raw=raw)
    closed = _obstacle(draft)
    if not closed and _is_early(draft):
        newer = renamed(found)
        return Draft(query=newer, opened=newer, raw=raw, older=f"{EARLY} {BECOMES}")
    return replace(draft, closed=closed)


def opened_insight(insight: Insight) -> Draft:
    """Open an insight as it is saved, read by itself: a dashboard's answer holds its filters too.

    One with legacy filters alone is opened as the query that asks the same, or closed.
    """
    draft = opened(insight.query)
    if insight.pointed is not None or draft.node == "SavedInsightNode":
        return replace(draft, closed=POINTS)
    filters = as_dict(parse(insight.filters))
    if not draft.query and any(one for key, one in filters.items() if key not in ASKS_NOTHING):
        return _of_filters(filters)
    return draft


def _of_filters(filters: Mapping[str, Any]) -> Draft:
    """Open legacy filters; `raw` is the query in which they would be saved."""
    found = modernised(filters)
    if found.obstacle:
        return Draft(query={}, opened={}, closed=f"{LEGACY} {found.obstacle}")
    lost = f" {LOST.format(' and '.join(found.lost))}" if found.lost else ""
    raw = msgspec.json.encode(found.query)
    said = f"{LEGACY} {BECOMES}{lost}"
    return Draft(query=found.query, opened=found.query, raw=raw, older=said)


def written(draft: Draft) -> dict[str, Any]:
    """Give the query as it is sent."""
    return dict(draft.query)


def body(draft: Draft) -> Raw:
    """Write the query as JSON; one in which nothing was changed is sent as it came, to the byte.

    A changed one is normalised in three ways: no spaces between its parts, numbers and letters
    spelled in the shortest way, and of a key that stood twice the last alone.
    """
    return Raw(msgspec.json.encode(draft.query) if is_changed(draft) or draft.is_new else draft.raw)


def is_changed(draft: Draft) -> bool:
    """Say whether it asks something else than when it was opened, in whatever order it stands."""
    return _canonical(draft.query) != _canonical(draft.opened)


def asked(draft: Draft) -> Raw:
    """Write the source alone, as `/query/` takes it."""
    return Raw(msgspec.json.encode(draft.source))


def at(draft: Draft, name: str, default: Any = None) -> Any:
    """Give what lies at a name; nothing and null are the default."""
    found: Any = draft.query
    for key in path_of(draft, name):
        found = _inside(found, key)
        if found is None:
            return default
    return found


def word(draft: Draft, name: str, default: str = "") -> str:
    """Give the word that lies at a name, such as that of a choice; all else is the default."""
    return as_text(at(draft, name)) or default


def put(draft: Draft, name: str, value: Any) -> Draft:
    """Change what lies at a name, and nothing else; None takes it away.

    What is taken away becomes what it was when it was opened: null, or not there.
    """
    path = path_of(draft, name)
    if value is None:
        return replace(draft, query=_without(draft.query, path, draft.opened))
    return replace(draft, query=_with(draft.query, path, value))


def inserted(draft: Draft, name: str, index: int, value: Any) -> Draft:
    """Put something into the list at a name, before an index."""
    items = [*as_list(at(draft, name))]
    items.insert(index, value)
    return put(draft, name, items)


def removed(draft: Draft, name: str, index: int) -> Draft:
    """Take something out of the list at a name."""
    items = as_list(at(draft, name))
    return put(draft, name, [one for place, one in enumerate(items) if place != index])


def moved(draft: Draft, name: str, index: int, to: int) -> Draft:
    """Move something within the list at a name."""
    items = [*as_list(at(draft, name))]
    if not (0 <= index < len(items) and 0 <= to < len(items)):
        return draft
    items.insert(to, items.pop(index))
    return put(draft, name, items)


def path_of(draft: Draft, name: str) -> tuple[str, ...]:
    """Give the keys from the outermost node to a name."""
    if name.startswith(OUTER):
        return tuple(name.removeprefix(OUTER).split("."))
    inside = ("source",) if draft.node in WRAPPERS else ()
    return (*inside, *name.split(".")) if name else inside


def _obstacle(draft: Draft) -> str:
    """Say why a query cannot be edited."""
    if draft.node == "SavedInsightNode":
        return POINTS
    if draft.kind not in OWN_FILTER:
        return OTHER_KIND.format(draft.kind or draft.node or "no kind")
    return ""


def _is_early(draft: Draft) -> bool:
    """Say whether a query has names of before 2024, as the first ones had."""
    own = as_dict(draft.source.get(draft.own)) if draft.own else {}
    old = old_names(draft.kind, own) or isinstance(draft.source.get("breakdown"), dict)
    return bool(draft.own and old)


def _inside(found: Any, key: str) -> Any:
    if isinstance(found, list):
        index = int(key) if key.isdecimal() else -1
        return found[index] if 0 <= index < len(found) else None
    return found.get(key) if isinstance(found, Mapping) else None


def _with(found: Any, path: tuple[str, ...], value: Any) -> Any:
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(found, list) and key.isdecimal():
        index = int(key)
        return [
            _with(one, rest, value) if place == index else one for place, one in enumerate(found)
        ]
    held = found if isinstance(found, Mapping) else {}
    return {**held, key: _with(held.get(key), rest, value)}


def _without(found: Any, path: tuple[str, ...], before: Any) -> Any:
    """Take a key away, and with it what is empty then and was not there before."""
    key, rest = path[0], path[1:]
    was = _inside(before, key)
    if isinstance(found, list):
        index = int(key) if key.isdecimal() else -1
        if not rest:
            return [one for place, one in enumerate(found) if place != index]
        return [
            _without(one, rest, was) if place == index else one for place, one in enumerate(found)
        ]
    if not isinstance(found, Mapping) or key not in found:
        return found
    left = _without(found[key], rest, was) if rest else None
    if left or (rest and left is not None and isinstance(was, Mapping | list)):
        return {**found, key: left}
    if isinstance(before, Mapping) and key in before and was is None:
        return {**found, key: None}
    return {name: value for name, value in found.items() if name != key}


def _canonical(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic")
