"""Insights that only point to another one: whose number they are, and its result in their place.

The insight that is pointed to is shown as it is saved (reference 6.8): it is no tile of the
dashboard, so neither dates nor filters of the dashboard reach it.
"""

from msgspec import structs

from phdesk.core.jsonvalue import as_dict, as_text, parse
from phdesk.core.question import question_of
from phdesk.models.insight import Insight, Pointed

SAVED = "SavedInsightNode"
MARK = SAVED.encode()


def pointed_id(insight: Insight) -> str:
    """Give the short id of the insight that this one points to; empty for all others."""
    if MARK not in bytes(insight.query):  # most are not: they are not read twice
        return ""
    question = question_of(as_dict(parse(insight.query)))
    return (as_text(question.source.get("shortId")) or "") if question.kind == SAVED else ""


def filled(own: Insight, found: Insight) -> Insight:
    """Give an insight the answer of the one that it points to; names and number stay its own."""
    return structs.replace(
        own,
        result=found.result,
        columns=found.columns,
        types=found.types,
        has_more=found.has_more,
        last_refresh=found.last_refresh,
        cache_target_age=found.cache_target_age,
        next_allowed_client_refresh=found.next_allowed_client_refresh,
        is_cached=found.is_cached,
        timezone=found.timezone,
        status=found.status,
        error=found.error,
        no_access=found.no_access,
        resolved_from=found.resolved_from,
        resolved_to=found.resolved_to,
        pointed=Pointed(
            short_id=found.short_id,
            name=found.name or found.derived_name,
            query=found.query,
            filters=found.filters,
        ),
    )
