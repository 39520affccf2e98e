"""Read insights, query answers and the state of background calculations."""

import msgspec
from msgspec import Raw

from phdesk.api import coerce
from phdesk.api.read_alert import read_alerts
from phdesk.api.refusal import HIDDEN_CAUSE
from phdesk.api.wire import InsightWire, StatusWire
from phdesk.models.insight import NULL, Insight, QueryStatus

INSIGHT = msgspec.json.Decoder(InsightWire)
STATUS = msgspec.json.Decoder(StatusWire)


def read_insight(wire: InsightWire) -> Insight:
    """Make an insight of what came, whether alone, in a tile or from the query endpoint."""
    status_wire = coerce.part(wire.query_status, STATUS)
    status = read_status(status_wire) if status_wire else None
    period = coerce.fields(wire.resolved_date_range) or {}
    return Insight(
        id=coerce.whole(wire.id),
        short_id=coerce.text(wire.short_id),
        name=coerce.text(wire.name),
        derived_name=coerce.text(wire.derived_name),
        description=coerce.text(wire.description),
        query=wire.query,
        filters=wire.filters,
        result=wire.results if wire.result == NULL else wire.result,
        columns=wire.columns,
        types=wire.types,
        has_more=coerce.truth(wire.hasMore),
        last_refresh=coerce.moment(wire.last_refresh),
        cache_target_age=coerce.moment(wire.cache_target_age),
        next_allowed_client_refresh=coerce.moment(wire.next_allowed_client_refresh),
        is_cached=coerce.truth(wire.is_cached),
        timezone=coerce.optional_text(wire.timezone),
        status=status,
        resolved_from=coerce.optional_text(period.get("date_from", NULL)),
        resolved_to=coerce.optional_text(period.get("date_to", NULL)),
        tags=coerce.texts(wire.tags),
        error=error_text(wire.error) or _status_error(status),
        no_access=coerce.text(wire.user_access_level) == "none",
        alerts=read_alerts(wire.alerts),
    )


def read_status(wire: StatusWire) -> QueryStatus:
    """Make a state of what came."""
    return QueryStatus(
        id=coerce.text(wire.id),
        complete=coerce.truth(wire.complete),
        error=coerce.truth(wire.error),
        error_message=coerce.optional_text(wire.error_message),
        error_code=coerce.optional_text(wire.error_code),
    )


def _status_error(status: QueryStatus | None) -> str | None:
    """Say why a background calculation failed, if it did."""
    if status is None or not status.error:
        return None
    return status.error_message or HIDDEN_CAUSE


def read_progress(raw: Raw) -> float | None:
    """Return the share of rows read."""
    entry = coerce.fields(raw) or {}
    done = coerce.number(entry.get("rows_read", NULL))
    total = coerce.number(entry.get("estimated_rows_total", NULL))
    if done is None or total is None or total <= 0:
        return None
    return min(1.0, max(0.0, done / total))


def error_text(raw: Raw) -> str | None:
    """Return the text of an error that is sent as text or as {type, message}."""
    entry = coerce.fields(raw)
    if entry is None:
        return coerce.optional_text(raw) or None
    words = (coerce.text(entry.get(key, NULL)) for key in ("message", "detail", "type"))
    return next(filter(None, words), "The server could not read this.")
