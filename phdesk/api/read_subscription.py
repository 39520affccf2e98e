"""Read and write subscriptions (reference 9.1) in the shapes of 2024 and 2026."""

from collections.abc import Mapping
from typing import Any

from msgspec import Raw, json

from phdesk.api import coerce
from phdesk.models.insight import NULL
from phdesk.models.subscription import Subscription, SubscriptionDraft

PROMPT = "ai_prompt"


def read_subscription(raw: Raw) -> Subscription | None:
    """Read a subscription; None for what has no number."""
    sent = coerce.fields(raw) or {}
    number = coerce.whole(_of(sent, "id"))
    if number is None:
        return None
    kind = coerce.text(_of(sent, "resource_type"))
    return Subscription(
        id=number,
        title=coerce.text(_of(sent, "title")),
        dashboard=coerce.whole(_of(sent, "dashboard")),
        insight=coerce.whole(_of(sent, "insight")),
        insight_short_id=coerce.text(_of(sent, "insight_short_id")),
        resource=coerce.text(_of(sent, "resource_name")),
        target=coerce.text(_of(sent, "target_type")),
        value=coerce.text(_of(sent, "target_value")),
        integration=coerce.whole(_of(sent, "integration_id")),
        charts=_numbers(_of(sent, "dashboard_export_insights")),
        frequency=coerce.text(_of(sent, "frequency")),
        interval=coerce.whole(_of(sent, "interval")) or 1,
        weekdays=coerce.texts(_of(sent, "byweekday")),
        position=coerce.whole(_of(sent, "bysetpos")),
        count=coerce.whole(_of(sent, "count")),
        until=coerce.moment(_of(sent, "until_date")),
        start=coerce.moment(_of(sent, "start_date")),
        next_at=coerce.moment(_of(sent, "next_delivery_date")),
        summary=coerce.text(_of(sent, "summary")),
        enabled=coerce.optional_truth(_of(sent, "enabled")) is not False,
        created_at=coerce.moment(_of(sent, "created_at")),
        creator=_name(_of(sent, "created_by")),
        prompted=kind == PROMPT,
        can_pause="enabled" in sent,
        picks_charts="dashboard_export_insights" in sent,
    )


def draft_body(draft: SubscriptionDraft) -> bytes:
    """Write a whole subscription; what is not said is left out, for the server to choose."""
    return json.encode({key: value for key, value in _whole(draft).items() if value is not None})


def changes_body(before: SubscriptionDraft, after: SubscriptionDraft) -> bytes:
    """Write only what is to change, so that all else stays as it is, known to us or not."""
    old, new = _whole(before), _whole(after)
    return json.encode({key: value for key, value in new.items() if old[key] != value})


def _whole(draft: SubscriptionDraft) -> dict[str, Any]:
    start = draft.start
    return {
        "dashboard": draft.dashboard,
        "insight": draft.insight,
        "target_type": draft.target,
        "target_value": draft.value,
        "integration_id": draft.integration,
        "dashboard_export_insights": None if draft.charts is None else list(draft.charts),
        "frequency": draft.frequency,
        "interval": draft.interval,
        "byweekday": list(draft.weekdays) or None,
        "bysetpos": draft.position,
        "start_date": None if start is None else f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "title": draft.title or None,
        "invite_message": draft.invitation or None,
    }


def _numbers(raw: Raw) -> tuple[int, ...]:
    found = (coerce.whole(item) for item in coerce.elements(raw) or ())
    return tuple(one for one in found if one is not None)


def _name(raw: Raw) -> str:
    person = coerce.fields(raw) or {}
    return coerce.text(_of(person, "first_name")) or coerce.text(_of(person, "email"))


def _of(sent: Mapping[str, Raw], key: str) -> Raw:
    return sent.get(key, NULL)
