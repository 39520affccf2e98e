"""Subscriptions to dashboards and insights, and changes to them (reference 9.1)."""

from datetime import datetime

from msgspec import Struct

EMAIL, SLACK, WEBHOOK, TEAMS = "email", "slack", "webhook", "teams"
DAILY, WEEKLY, MONTHLY, YEARLY = "daily", "weekly", "monthly", "yearly"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Subscription(Struct, frozen=True, gc=False, kw_only=True):
    """A dashboard or an insight that PostHog sends to people again and again."""

    id: int
    title: str = ""
    dashboard: int | None = None
    insight: int | None = None
    insight_short_id: str = ""
    resource: str = ""  # the name of what is sent, where the server tells it
    target: str = ""  # email, slack, webhook, teams, or what a newer server says
    value: str = ""  # addresses with commas between, CHANNEL|#name, or an address of the web
    integration: int | None = None
    charts: tuple[int, ...] = ()  # the insights of a dashboard that are drawn, at most six
    frequency: str = ""  # daily, weekly, monthly, yearly
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    position: int | None = None  # of a weekday in its month: 1 the first, -1 the last
    count: int | None = None
    until: datetime | None = None
    start: datetime | None = None  # its time of day is that of every delivery
    next_at: datetime | None = None
    summary: str = ""  # the server's own sentence
    enabled: bool = True
    created_at: datetime | None = None
    creator: str = ""
    prompted: bool = False  # written by a machine after a prompt: only PostHog can change it
    can_pause: bool = False  # the server knows pausing
    picks_charts: bool = False  # the server wants to know what to draw of a dashboard

    @property
    def can_test(self) -> bool:
        """Say whether the server can deliver by hand, which came together with picking charts."""
        return self.picks_charts or self.can_pause


class SubscriptionDraft(Struct, frozen=True, gc=False, kw_only=True):
    """What a subscription is to be."""

    title: str = ""
    dashboard: int | None = None
    insight: int | None = None
    target: str = EMAIL
    value: str = ""
    integration: int | None = None
    charts: tuple[int, ...] | None = None  # None: the server does not ask for them
    frequency: str = WEEKLY
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    position: int | None = None
    start: datetime | None = None
    invitation: str = ""  # to those who are new
