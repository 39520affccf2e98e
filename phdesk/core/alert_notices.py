"""What PostHog's alerts did, as notices: in the words of the list, leading to the tile."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from phdesk.core.alert_news import AlertEvent
from phdesk.core.alert_words import last_value, rule_words
from phdesk.core.formatting import Format
from phdesk.models.account import Project
from phdesk.models.alert import Alert
from phdesk.models.notice import Notice, NoticeKind

KINDS: Mapping[str, NoticeKind] = {
    "firing": "fired",
    "errored": "broken",
    "resolved": "resolved",
    "snoozed": "snoozed",
    "closed": "closed",
}
ENDED = "It was switched off, changed or deleted in PostHog."

NAMED = 5  # alerts, at the first look

PLAIN = Format()


class TilePlace(Struct, frozen=True, gc=False):
    """A tile that shows an insight, and its dashboard."""

    dashboard: int
    tile: int
    dashboard_name: str = ""
    how: Format = PLAIN  # in which its insight writes numbers


def notices_of(
    events: Iterable[AlertEvent],
    account: str,
    project: Project,
    places: Mapping[int, TilePlace],
    now: datetime,
) -> tuple[Notice, ...]:
    """Make a notice of each event; its id says which one, whoever found it."""
    return tuple(_notice(event, account, project, places, now) for event in events)


def first_look(
    alerts: Iterable[Alert], account: str, project: Project, now: datetime
) -> tuple[Notice, ...]:
    """Count what fires when nothing was ever known of a project's alerts: that is no news."""
    names = sorted(alert.name or alert.insight_name for alert in alerts if alert.firing)
    if not names:
        return ()
    title = "1 alert is firing" if len(names) == 1 else f"{len(names)} alerts are firing"
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    counted = Notice(
        id=f"posthog/{account}/{project.id}/first",
        source="posthog",
        subject="first",
        account=account,
        project=project.id,
        title=title,
        project_name=project.name,
        body=f"{', '.join(filter(None, names[:NAMED]))}{more}.",
        kind="counted",
        at=now,
    )
    return (counted,)


def _notice(
    event: AlertEvent,
    account: str,
    project: Project,
    places: Mapping[int, TilePlace],
    now: datetime,
) -> Notice:
    alert = event.alert
    place = places.get(alert.insight_id or 0)
    how = place.how if place is not None else PLAIN
    name = f"{event.id}{now.isoformat()}" if event.by_hand else event.id
    return Notice(
        id=f"posthog/{account}/{project.id}/{name}",
        source="posthog",
        subject=alert.id,
        account=account,
        project=project.id,
        dashboard=place.dashboard if place is not None else None,
        tile=place.tile if place is not None else None,
        insight=alert.insight_short_id,
        title=alert.name or alert.insight_name,
        project_name=project.name,
        dashboard_name=place.dashboard_name if place is not None else "",
        body=_body(event, how),
        kind=KINDS[event.kind],
        loud=not event.by_hand,
        at=event.at or now,
        until=alert.snoozed_until if event.kind == "snoozed" else None,
        value=alert.value,
        value_text=last_value(alert, how) if alert.value is not None else "",
    )


def _body(event: AlertEvent, how: Format) -> str:
    alert = event.alert
    if event.kind == "closed":
        return ENDED
    if event.kind == "snoozed":
        until = alert.snoozed_until
        return f"Until {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC." if until is not None else ""
    if alert.value is None:
        return ""
    return f"{rule_words(alert, how)}; last value {last_value(alert, how)}."
