"""Subscriptions in words: to whom, how often, when next, and why not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct

from phdesk.core.ages import absolute
from phdesk.core.dates import DAYS as WEEK
from phdesk.core.dates import short_month
from phdesk.core.refused import at_fields
from phdesk.models.failure import Cause, Failure
from phdesk.models.subscription import (
    DAILY,
    EMAIL,
    MONTHLY,
    SLACK,
    TEAMS,
    WEBHOOK,
    WEEKDAYS,
    WEEKLY,
    YEARLY,
    Subscription,
)

TARGETS = {EMAIL: "E-mail", SLACK: "Slack", TEAMS: "Microsoft Teams", WEBHOOK: "Webhook"}
UNITS = {DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year"}
POSITIONS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
TITLE, TARGET, VALUE, CONNECTION = "title", "target", "value", "connection"
CHARTS, EVERY, DAYS, START, INVITATION = "charts", "every", "days", "start", "invitation"
FIELDS = {  # where a person finds what a server names
    "title": TITLE,
    "target_type": TARGET,
    "target_value": VALUE,
    "integration_id": CONNECTION,
    "dashboard_export_insights": CHARTS,
    "frequency": EVERY,
    "interval": EVERY,
    "byweekday": DAYS,
    "bysetpos": DAYS,
    "start_date": START,
    "invite_message": INVITATION,
}
NO_PLAN = (
    "The plan of this PostHog does not include subscriptions. A change of plan in PostHog's "
    "billing settings is the way to them; a snapshot of the dashboard can be sent by hand."
)


class Standing(Struct, frozen=True, gc=False):
    """How a subscription stands: a word, and names of an icon and of a colour beside it."""

    word: str
    icon: str
    color: str


def standing(one: Subscription) -> Standing:
    """Say how a subscription stands."""
    if not one.enabled:
        return Standing("Paused", "minus", "muted")
    if one.next_at is None:
        return Standing("Ended", "check", "muted")
    return Standing("On", "check", "good")


def target_words(target: str) -> str:
    """Name the way by which something is sent; what only a newer server knows, in its word."""
    return TARGETS.get(target, target.replace("_", " ").capitalize() or "Not known")


def recipients(one: Subscription) -> str:
    """Say to whom something goes: "ada@example.org, bob@example.org", "#growth in Slack"."""
    if one.target == EMAIL:
        return ", ".join(part.strip() for part in one.value.split(",") if part.strip())
    shown = one.value.rpartition("|")[2] if one.target in (SLACK, TEAMS) else one.value
    return f"{shown} in {target_words(one.target)}"


def rhythm(frequency: str, interval: int, weekdays: Sequence[str], position: int | None) -> str:
    """Say how often: "Every week on Monday", "Every 2 months on the last Friday"."""
    unit = UNITS.get(frequency)
    if unit is None:
        return frequency.replace("_", " ").capitalize()
    text = f"Every {unit}" if interval == 1 else f"Every {interval} {unit}s"
    known = [day.capitalize() for day in WEEKDAYS if day in weekdays]
    if not known:
        return text
    whole = len(known) == len(WEEKDAYS)
    days = "day" if whole else _listed(known, "or" if position else "and")
    if position is not None:
        return f"{text} on the {POSITIONS.get(position, str(position))} {days}"
    return text if whole else f"{text} on {days}"


def rhythm_of(one: Subscription, zone: tzinfo | None = None) -> str:
    """Say how often, on which day, and at which time of the zone (None: this computer's).

    PostHog counts in UTC all year, so the time is that of the next delivery, which a change of
    clocks moves; and where it is another day there, day and time are said as they are there.
    """
    text = rhythm(one.frequency, one.interval, one.weekdays, one.position)
    if one.frequency not in UNITS:
        text = one.summary or text
    at = one.next_at or one.start
    if at is not None:
        here, there = at.astimezone(zone), at.astimezone(UTC)
        by_day = one.frequency != DAILY or bool(one.weekdays)
        elsewhere = by_day and here.date() != there.date()
        shown = there if elsewhere else here
        text += _day_of(one)
        text += f" at {shown:%H:%M}{' UTC' if elsewhere else ''}"
    if one.until is not None:
        end = one.until.astimezone(zone)
        text += f", until {end.day} {short_month(end)} {end.year}"
    return text if one.count is None else f"{text}, {one.count} times in all"


def _day_of(one: Subscription) -> str:
    """Say on which day of a month or year, of UTC, where no weekday says it."""
    if one.start is None or one.weekdays:
        return ""
    start = one.start.astimezone(UTC)
    if one.frequency == MONTHLY:
        return f" on day {start.day}"
    return f" on {start.day} {short_month(start)}" if one.frequency == YEARLY else ""


def next_words(one: Subscription, now: datetime, zone: tzinfo | None = None) -> str:
    """Say when the next delivery is, as the server last told."""
    if not one.enabled:
        return "None while paused"
    if one.next_at is None:
        return "None any more"
    if one.next_at <= now:
        return "Due now"
    here, today = one.next_at.astimezone(zone), now.astimezone(zone)
    if here.date() == today.date():
        return f"Today {here:%H:%M}"
    if here.date() == (today + timedelta(days=1)).date():
        return f"Tomorrow {here:%H:%M}"
    return f"{WEEK[here.weekday()]} {absolute(one.next_at, now, zone)}"


def refusal_words(failure: Failure) -> str:
    """Say why subscriptions cannot be had or changed, and what helps."""
    if failure.cause is Cause.MISSING_SCOPE:
        scope = failure.scope or "subscription:read"
        return (
            f"The key lacks the scope {scope}. Add it to the key in PostHog, under Settings, "
            "Personal API keys; then look again."
        )
    if failure.cause is Cause.PLAN:
        return NO_PLAN
    if failure.cause is Cause.NOT_FOUND:
        return "This server has no such subscription, or none at all."
    return failure.message


def refused_fields(failure: Failure) -> dict[str, str]:
    """Say at which fields a server refused a subscription; under an empty name it is the whole."""
    return at_fields(failure, FIELDS, refusal_words(failure))


def _listed(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
