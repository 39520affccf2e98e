"""What is new of PostHog's alerts: which of two lists tells it, and what happened between them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from phdesk.models.alert import CALM, ERRORED, FIRING, SNOOZED, Alert

Kind = Literal["firing", "errored", "resolved", "snoozed", "closed"]


class AlertEvent(Struct, frozen=True, gc=False, kw_only=True):
    """An alert that turned; the same turn has the same id, whoever finds it and whenever.

    What a person did has no time that the server tells, and an id only with that of the look.
    """

    id: str
    kind: Kind
    alert: Alert
    at: datetime | None  # when the server noticed
    by_hand: bool = False  # no check found it


def newest_alerts(
    held: tuple[Alert, ...] | None, came: tuple[Alert, ...] | None
) -> tuple[Alert, ...] | None:
    """Choose between two tellings of the same alerts; None says nothing of them.

    The one that came last says which there are; of each, the one that knows the later check says
    how it stands.
    """
    if came is None or not held:
        return held if came is None else came
    known = {alert.id: alert for alert in held}
    return tuple(_newest(known.get(alert.id), alert) for alert in came)


def _newest(held: Alert | None, came: Alert) -> Alert:
    if held is None:
        return came
    if is_older(came, held):
        return held
    if came.value is None and came.last_checked_at == held.last_checked_at:
        return replace(came, value=held.value)  # of servers of 2024 lists do not say it
    return came


def is_older(alert: Alert, other: Alert) -> bool:
    """Say whether an alert is told as it was before a check that another telling knows."""
    if alert.last_checked_at is None or other.last_checked_at is None:
        return False  # never checked, or its rule is new: nothing is known of the order
    return alert.last_checked_at < other.last_checked_at


def events_between(before: Sequence[Alert], after: Sequence[Alert]) -> tuple[AlertEvent, ...]:
    """Find what alerts did between two lists, the oldest first.

    What a person did is an event only where it ends or takes up again what is not well.
    """
    known = {alert.id: alert for alert in before}
    listed = {alert.id for alert in after}
    found = [event for alert in after if (event := _event(known.get(alert.id), alert))]
    found += [_made("closed", one, None) for one in before if _lasts(one) and one.id not in listed]
    return tuple(sorted(found, key=_order))


def _order(event: AlertEvent) -> tuple[bool, float, str]:
    return event.at is not None, event.at.timestamp() if event.at is not None else 0.0, event.id


def _event(before: Alert | None, alert: Alert) -> AlertEvent | None:
    if before is not None and is_older(alert, before):
        return None
    if before is not None and _lasts(before) and _ended(before, alert):
        is_asleep = alert.enabled and alert.state == SNOOZED
        return _made("snoozed" if is_asleep else "closed", alert, None)
    if not alert.enabled:
        return None
    if alert.state == FIRING:
        return _begun(before, alert) if _fired(before, alert) else None
    if before is None or not before.enabled or before.state == alert.state:
        return None
    if alert.state == ERRORED:
        return _made("errored", alert, alert.last_checked_at)
    if alert.state == CALM and _lasts(before):
        return _made("resolved", alert, alert.last_checked_at)
    return None


def _ended(before: Alert, alert: Alert) -> bool:
    """Say whether a person ended what was not well; with another rule it is calm unchecked."""
    is_anew = alert.state == CALM and not _checked(before, alert)
    return not alert.enabled or alert.state == SNOOZED or is_anew


def _lasts(alert: Alert) -> bool:
    return alert.enabled and alert.state in (FIRING, ERRORED)


def _fired(before: Alert | None, alert: Alert) -> bool:
    """Say whether it began to fire; PostHog tells each beginning once, and notes when.

    It may note that some time after the check that began it: one check makes one beginning.
    """
    if before is None or before.state != FIRING or not before.enabled:
        return True
    return before.last_notified_at is not None and _told(before, alert) and _checked(before, alert)


def _begun(before: Alert | None, alert: Alert) -> AlertEvent:
    """Name a beginning by when PostHog told it, unless what it told was one before."""
    if _told(before, alert):
        return _made("firing", alert, alert.last_notified_at)
    if before is None or _checked(before, alert):
        return _made("firing", alert, alert.last_checked_at)
    return _made("firing", alert, None)  # was woken or switched on again, and fires as before


def _told(before: Alert | None, alert: Alert) -> bool:
    told = alert.last_notified_at
    known = before.last_notified_at if before is not None else None
    return told is not None and (known is None or told > known)


def _checked(before: Alert, alert: Alert) -> bool:
    """Say whether a check found it; an alert that gets another rule is calm without one."""
    at, known = alert.last_checked_at, before.last_checked_at
    return at is not None and (known is None or at > known)


def _made(kind: Kind, alert: Alert, at: datetime | None) -> AlertEvent:
    stamp = at.isoformat() if at is not None else ""
    name = f"{alert.id}/{kind}/{stamp}"
    return AlertEvent(id=name, kind=kind, alert=alert, at=at, by_hand=at is None)
