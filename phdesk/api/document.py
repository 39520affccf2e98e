"""Read JSON files that people give: one dashboard or insight, lists of them, recorded exchanges."""

from typing import TypeAlias

import msgspec
from msgspec import Raw, Struct

from phdesk.api import coerce, decoding
from phdesk.api.errors import UnreadableError
from phdesk.api.nouns import list_noun, noun
from phdesk.api.refusal import from_body, from_response
from phdesk.api.wire import unpack
from phdesk.models.dashboard import Dashboard, DashboardRow
from phdesk.models.insight import NULL, Insight

_FRAME = msgspec.json.Decoder(dict[str, Raw] | list[Raw])
_ANYTHING = msgspec.json.Decoder(Raw)
_QUERY_KEYS = {"cache_key", "is_cached", "last_refresh", "query_status", "hogql", "modifiers"}
_ERROR_KEYS = {"type", "code", "detail", "attr", "extra", "error"}


class InsightDocument(Struct, frozen=True, gc=False):
    """One insight, or an answer of the query endpoint put into one."""

    insight: Insight


class DashboardDocument(Struct, frozen=True, gc=False):
    """One dashboard with its tiles."""

    dashboard: Dashboard


class InsightsDocument(Struct, frozen=True, gc=False):
    """A page of insights; `total` counts them all, if the file tells."""

    insights: tuple[Insight, ...]
    total: int | None = None


class DashboardsDocument(Struct, frozen=True, gc=False):
    """A page of dashboards without their tiles."""

    rows: tuple[DashboardRow, ...]


class Template(Struct, frozen=True, gc=False):
    """A dashboard template: it has tiles but no results."""

    name: str
    description: str = ""
    tiles: int = 0


class TemplatesDocument(Struct, frozen=True, gc=False):
    """Dashboard templates."""

    templates: tuple[Template, ...]


Document: TypeAlias = (
    InsightDocument | DashboardDocument | InsightsDocument | DashboardsDocument | TemplatesDocument
)


class _Exchange(Struct, gc=False):
    """What a recording adds to the body: the query that was asked, and the path."""

    query: Raw = NULL
    path: str = ""


def document(data: bytes) -> Document:
    """Read a file. Raises UnreadableError for what it does not know, ApiError for an error body."""
    frame = _frame(data)
    if isinstance(frame, dict):
        request, response = (coerce.fields(frame.get(key, NULL)) for key in ("request", "response"))
        if request is not None and response is not None:
            return _recorded(request, response)
    return _document(data, _Exchange())


def _frame(data: bytes) -> dict[str, Raw] | list[Raw]:
    """Take the top of a file apart."""
    bare = unpack(data, _ANYTHING, "The file")
    if bytes(bare).lstrip()[:1] not in (b"{", b"["):
        raise _refusal(_scalar_noun(bare))
    frame: dict[str, Raw] | list[Raw] = unpack(data, _FRAME, "The file")
    return frame


def _scalar_noun(bare: Raw) -> str:
    value = coerce.scalar(bare)
    if value is None:
        return "nothing (null)"
    if isinstance(value, bool):
        return "true or false"
    return "a text" if isinstance(value, str) else "a number"


def _recorded(request: dict[str, Raw], response: dict[str, Raw]) -> Document:
    """Read the body of a recorded exchange."""
    body = _body(response)
    status = coerce.whole(response.get("status", NULL)) or 200
    if status >= 400 and b'"query_status"' not in body:
        raise from_response(status, _headers(response), body)
    if not body.strip():
        raise UnreadableError("The recorded answer is empty.")
    sent = coerce.fields(request.get("json", NULL)) or {}
    exchange = _Exchange(sent.get("query", NULL), coerce.text(request.get("path", NULL)))
    return _document(body, exchange)


def _body(response: dict[str, Raw]) -> bytes:
    if "json" in response:
        return bytes(response["json"])
    return coerce.text(response.get("text", NULL)).encode(errors="replace")


def _headers(response: dict[str, Raw]) -> dict[str, str]:
    sent = coerce.fields(response.get("headers", NULL)) or {}
    return {name: coerce.text(value) for name, value in sent.items()}


def _document(data: bytes, exchange: _Exchange) -> Document:
    """Read a body by what it looks like."""
    frame = _frame(data)
    if isinstance(frame, list):
        return _listed(data, frame, exchange)
    body = _shared_page(frame)
    if body is not None:
        return _document(bytes(body), exchange)
    found = _single(data, frame, exchange)
    if found is not None:
        return found
    items = coerce.elements(frame.get("results", NULL))
    if items is not None:
        return _listed(data, items, exchange)
    if _is_error(frame):
        raise from_body(data)
    raise _refusal(noun(frame))


def _shared_page(frame: dict[str, Raw]) -> Raw | None:
    """Return what a shared page holds. Alerts have an insight too, but also an id."""
    if "id" in frame:
        return None
    contents = (frame.get("dashboard", NULL), frame.get("insight", NULL))
    return next((raw for raw in contents if coerce.fields(raw)), None)


def _single(data: bytes, frame: dict[str, Raw], exchange: _Exchange) -> Document | None:
    """Read one dashboard, insight, template or query answer."""
    if _is_insight(frame):
        return InsightDocument(decoding.insight(data))
    if "template_name" in frame:
        return TemplatesDocument((_template(frame),))
    if _is_dashboard(frame):
        if "tiles" in frame:
            return DashboardDocument(decoding.dashboard(data))
        return DashboardsDocument((decoding.dashboard(data).row,))
    if not _QUERY_KEYS.isdisjoint(frame):
        return _query_answer(data, frame, exchange)
    return None


def _query_answer(data: bytes, frame: dict[str, Raw], exchange: _Exchange) -> Document | None:
    """Read an answer of the query endpoint, or of polling it."""
    if "results" in frame or "result" in frame:
        return _with_query(decoding.query_response(data), exchange)
    if coerce.fields(frame.get("query_status", NULL)) is None:
        return None
    poll = decoding.query_status(data)
    return _with_query(poll.insight or decoding.query_response(data), exchange)


def _with_query(insight: Insight, exchange: _Exchange) -> InsightDocument:
    """Put the query that was asked into its answer, which does not repeat it."""
    if insight.query != NULL:
        return InsightDocument(insight)
    return InsightDocument(msgspec.structs.replace(insight, query=exchange.query))


def _listed(data: bytes, items: list[Raw], exchange: _Exchange) -> Document:
    """Read a list by its first object, or by where an empty one came from."""
    objects = [found for raw in items if (found := coerce.fields(raw)) is not None]
    first = objects[0] if objects else {}
    if _is_insight(first) or (not items and exchange.path.endswith("/insights/")):
        page = decoding.insights(data)
        return InsightsDocument(page.items, page.count)
    if "template_name" in first:
        return TemplatesDocument(tuple(_template(each) for each in objects))
    if _is_dashboard(first) or (not items and exchange.path.endswith("/dashboards/")):
        return DashboardsDocument(decoding.dashboard_rows(data).items)
    raise _refusal(list_noun(first) if items else "an empty list")


def _is_insight(frame: dict[str, Raw]) -> bool:
    """Tell insights: a question with its answer, or by the short id that only they have.

    Those that shrank to an id, because their user may not see them, tell so by the access level.
    """
    if "short_id" in frame:
        return not {"query", "filters", "result", "user_access_level"}.isdisjoint(frame)
    asked = any(coerce.fields(frame.get(key, NULL)) for key in ("query", "filters"))
    return asked and not {"result", "results"}.isdisjoint(frame)


def _is_dashboard(frame: dict[str, Raw]) -> bool:
    """Tell dashboards by their tiles, else by what only they have."""
    if "short_id" in frame:
        return False
    if coerce.elements(frame.get("tiles", NULL)) is not None:
        return True
    return {"id", "tiles"} <= frame.keys() or {"id", "pinned", "name"} <= frame.keys()


def _template(frame: dict[str, Raw]) -> Template:
    return Template(
        name=coerce.text(frame.get("template_name", NULL)),
        description=coerce.text(frame.get("dashboard_description", NULL)),
        tiles=len(coerce.elements(frame.get("tiles", NULL)) or ()),
    )


def _is_error(frame: dict[str, Raw]) -> bool:
    """Tell PostHog's error envelope, and the bare forms of older handlers."""
    if not frame or not frame.keys() <= _ERROR_KEYS:
        return False
    return bool(coerce.text(frame.get("detail", NULL)) or coerce.text(frame.get("error", NULL)))


def _refusal(what: str) -> UnreadableError:
    return UnreadableError(f"The file holds {what}, not a dashboard or insight.")
