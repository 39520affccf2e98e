"""What a person enters of a subscription, read as they write it; what cannot be, by field and why.

PostHog counts days and hours of subscriptions in UTC; a person enters them in the zone of this
computer, so a note says where the two part.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.subscription_words import (
    CHARTS,
    CONNECTION,
    DAYS,
    EVERY,
    TITLE,
    VALUE,
    rhythm,
)
from phdesk.models.subscription import (
    EMAIL,
    MONTHLY,
    SLACK,
    TEAMS,
    WEBHOOK,
    WEEKDAYS,
    WEEKLY,
    YEARLY,
    Subscription,
    SubscriptionDraft,
)

MOST_CHARTS = 6
LONGEST_TITLE = 100
MOST_INTERVAL = 99
ALWAYS, LEAP = 28, (2, 29)  # the last day of every month; what iCalendar's rules leave out else
CONNECTED = (SLACK, TEAMS)  # ways that go through a connection made in PostHog
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")
_CHANNEL = re.compile(r"[A-Za-z0-9]+\|.*\S")


class Entry(Struct, frozen=True, gc=False, kw_only=True):
    """A subscription as it is entered; day and time are of this computer's zone."""

    title: str = ""
    target: str = EMAIL
    value: str = ""
    connection: str = ""  # the number of an integration
    charts: tuple[int, ...] = ()
    frequency: str = WEEKLY
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    position: int | None = None
    day: date
    at: time
    invitation: str = ""


def draft_of(one: Subscription) -> SubscriptionDraft:
    """Make of a subscription the draft that changes nothing of it."""
    return SubscriptionDraft(
        title=one.title,
        dashboard=one.dashboard,
        insight=one.insight,
        target=one.target,
        value=one.value,
        integration=one.integration,
        charts=one.charts if one.picks_charts and one.dashboard is not None else None,
        frequency=one.frequency,
        interval=one.interval,
        weekdays=one.weekdays,
        position=one.position,
        start=one.start,
    )


def is_made_of(draft: SubscriptionDraft, one: Subscription) -> bool:
    """Tell whether a subscription is what a draft asked for, by what no server writes otherwise."""
    return (
        (one.dashboard, one.insight) == (draft.dashboard, draft.insight)
        and (one.target, _recipients(one.value)) == (draft.target, _recipients(draft.value))
        and (one.frequency, one.interval) == (draft.frequency, draft.interval)
        and draft.title.strip() in ("", one.title.strip())
    )


def first_draft(title: str, now: datetime, zone: tzinfo | None = None) -> SubscriptionDraft:
    """Propose a subscription, to whatever it will be: every Monday at nine, from today on."""
    today = now.astimezone(zone).date()
    start = _moment(today, time(9), zone)
    return SubscriptionDraft(title=title[:LONGEST_TITLE], weekdays=(WEEKDAYS[0],), start=start)


def entry_of(draft: SubscriptionDraft, zone: tzinfo | None = None) -> Entry:
    """Write a draft as a person would enter it."""
    start = (draft.start or datetime(2026, 1, 1, 9, tzinfo=UTC)).astimezone(zone)
    return Entry(
        title=draft.title,
        target=draft.target,
        value=draft.value.replace(",", ", ") if draft.target == EMAIL else draft.value,
        connection="" if draft.integration is None else str(draft.integration),
        charts=draft.charts or (),
        frequency=draft.frequency,
        interval=draft.interval,
        weekdays=draft.weekdays,
        position=draft.position,
        day=start.date(),
        at=start.time().replace(second=0, microsecond=0),
        invitation=draft.invitation,
    )


def read_entry(
    entry: Entry, base: SubscriptionDraft, zone: tzinfo | None = None
) -> SubscriptionDraft | Mapping[str, str]:
    """Read what was entered over what there was; what is wrong is told by field."""
    wrong: dict[str, str] = {}
    before = entry_of(base, zone)
    weekdays, position = _days(entry, before, wrong)
    same_time = (entry.day, entry.at) == (before.day, before.at) and base.start is not None
    draft = replace(
        base,
        title=entry.title.strip(),
        target=entry.target,
        value=base.value if entry.value == before.value else _value(entry, wrong),
        integration=_connection(entry, wrong),
        charts=None if base.charts is None else _charts(entry, wrong),
        frequency=entry.frequency,
        interval=entry.interval,
        weekdays=weekdays,
        position=position,
        start=base.start if same_time else _moment(entry.day, entry.at, zone),
        invitation=entry.invitation.strip(),
    )
    if not draft.value and VALUE not in wrong:
        wrong[VALUE] = "Say to whom it goes."
    if len(draft.title) > LONGEST_TITLE:
        wrong[TITLE] = f"At most {LONGEST_TITLE} characters; these are {len(draft.title)}."
    if not 1 <= entry.interval <= MOST_INTERVAL:
        wrong[EVERY] = f"From 1 to {MOST_INTERVAL}."
    return wrong or draft


def entry_words(entry: Entry) -> str:
    """Say in a sentence what is entered: "Every week on Monday at 09:00"."""
    weekdays, position = _days(entry, None, {})
    return f"{rhythm(entry.frequency, entry.interval, weekdays, position)} at {entry.at:%H:%M}"


def zone_words(entry: Entry, zone: tzinfo | None = None) -> str:
    """Say where the entry and PostHog, which counts in UTC, part; and which months are left out."""
    start = _moment(entry.day, entry.at, zone)
    weekdays, _ = _days(entry, None, {})
    by_date = entry.frequency in (MONTHLY, YEARLY) and not weekdays
    said = []
    if start.time() != entry.at or start.date() != entry.day:
        said.append(f"{entry.at:%H:%M} here is {start:%H:%M} UTC, by which PostHog goes all year.")
    if start.date() != entry.day and (weekdays or by_date):
        other = "before" if start.date() < entry.day else "after"
        choose = "choose the weekdays as they are in UTC" if weekdays else f"day {start.day} counts"
        said.append(f"There it is the day {other}: {choose}.")
    if by_date and entry.frequency == MONTHLY and start.day > ALWAYS:
        said.append(f"Months without day {start.day} are left out.")
    if by_date and entry.frequency == YEARLY and (start.month, start.day) == LEAP:
        said.append("Years without 29 February are left out.")
    return " ".join(said)


def _days(
    entry: Entry, before: Entry | None, wrong: dict[str, str]
) -> tuple[tuple[str, ...], int | None]:
    """Give the weekdays that count, and which of a month; untouched, they stay as they were."""
    chosen = (entry.frequency, entry.weekdays, entry.position)
    if before is not None and chosen == (before.frequency, before.weekdays, before.position):
        return entry.weekdays, entry.position
    if entry.frequency == WEEKLY:
        if not entry.weekdays:
            wrong[DAYS] = "Choose at least one weekday."
        return tuple(day for day in WEEKDAYS if day in entry.weekdays), None
    if entry.frequency == MONTHLY and entry.position is not None:
        if not entry.weekdays:
            wrong[DAYS] = "Choose a weekday."
        return tuple(day for day in WEEKDAYS if day in entry.weekdays), entry.position
    return (), None


def _value(entry: Entry, wrong: dict[str, str]) -> str:
    text = entry.value.strip()
    if entry.target == EMAIL:
        found = [part for part in re.split(r"[\s,;]+", text) if part]
        odd = next((part for part in found if not _EMAIL.fullmatch(part)), "")
        if odd or not found:
            wrong[VALUE] = f"“{odd}” is no e-mail address." if odd else "Give at least one address."
        return ",".join(dict.fromkeys(found))
    if entry.target == SLACK and text and not _CHANNEL.fullmatch(text):
        wrong[VALUE] = (
            "Write the channel as its ID and name, such as C0123ABCD|#growth. Slack shows the ID "
            "at the end of the channel's details."
        )
    if entry.target == WEBHOOK and not _is_address(text):
        wrong[VALUE] = "Give an address that begins with https://."
    return text


def _recipients(value: str) -> frozenset[str]:
    return frozenset(part.strip().casefold() for part in value.split(","))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets without an end
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _connection(entry: Entry, wrong: dict[str, str]) -> int | None:
    text = entry.connection.strip()
    if entry.target not in CONNECTED or not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        wrong[CONNECTION] = "This is a number, as PostHog gives its connections."
        return None
    return int(text)


def _charts(entry: Entry, wrong: dict[str, str]) -> tuple[int, ...]:
    if not 1 <= len(entry.charts) <= MOST_CHARTS:
        wrong[CHARTS] = f"Choose one to {MOST_CHARTS} charts, as many as PostHog sends at once."
    return entry.charts


def _moment(day: date, at: time, zone: tzinfo | None) -> datetime:
    """Give the moment of a day and time in a zone; None is this computer's."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
