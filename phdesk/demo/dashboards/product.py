"""Define the dashboard Product health."""

from phdesk.demo.dashboards.parts import (
    Board,
    Card,
    card,
    events,
    insight,
    number,
    percent,
    retention,
    row,
    trends,
    where,
)

_IN_APP = {"properties": [where("$current_url", "icontains", "app.lumenlane.example")]}
_USERS = events("$pageview", "dau", custom_name="Daily users", **_IN_APP)
_WEEKLY = events("$pageview", "weekly_active", custom_name="Weekly users", **_IN_APP)
_MONTHLY = events("$pageview", "monthly_active", custom_name="Monthly users", **_IN_APP)

BOARD = Board(
    name="Product health",
    description=(
        "For product managers: do people come back, and what do they do when they are here?"
        " Demo data."
    ),
    tags=("product", "weekly"),
    date_from="-30d",
    pinned=True,
    rows=(
        row(
            2,
            card(3, "Weekly active users", "Users of the last 7 days.", number(_WEEKLY)),
            card(3, "Monthly active users", "Users of the last 30 days.", number(_MONTHLY)),
            card(
                3,
                "Weekly of monthly users",
                "How many of the month's users were here this week.",
                number(
                    _WEEKLY,
                    _MONTHLY,
                    **percent("Weekly of monthly users"),
                ),
            ),
            card(
                3,
                "Sessions",
                "Distinct sessions in the app.",
                number(events("$pageview", "unique_session", custom_name="Sessions", **_IN_APP)),
            ),
        ),
        row(
            1,
            Card(9, text="## Habit\nUse comes first; weekends dip, which is as it should be."),
            Card(3, button=("How we count active users", "https://lumenlane.example/docs")),
        ),
        row(
            5,
            card(
                8,
                "Daily, weekly and monthly users",
                "Three windows over the same page views of the app.",
                trends("ActionsLineGraph", _USERS, _WEEKLY, _MONTHLY, look={"showLegend": True}),
            ),
            card(
                4,
                "Features used",
                "People who used each feature.",
                trends(
                    "ActionsBarValue",
                    events("report_viewed", "dau", custom_name="Reports"),
                    events("insight_saved", "dau", custom_name="Saved insights"),
                    events("project_created", "dau", custom_name="New projects"),
                    events("teammate_invited", "dau", custom_name="Invitations"),
                ),
            ),
        ),
        row(
            5,
            card(
                6,
                "Lifecycle of users",
                "New, returning, resurrecting and dormant users of each week.",
                insight(
                    "LifecycleQuery",
                    series=[events("$pageview", **_IN_APP)],
                    interval="week",
                    dateRange={"date_from": "-90d"},
                    lifecycleFilter={"showLegend": True},
                ),
                filters={"date_from": "-90d"},  # weeks need more days than the board has
            ),
            card(
                6,
                "Stickiness",
                "On how many days people used the app.",
                insight(
                    "StickinessQuery",
                    series=[events("$pageview", **_IN_APP)],
                    interval="day",
                    dateRange={"date_from": "-30d"},
                    stickinessFilter={"display": "ActionsBar"},
                ),
            ),
        ),
        row(
            6,
            card(
                6,
                "Weekly retention after sign-up",
                "Of those who signed up in a week, who was back in the weeks after.",
                retention({"id": "signed_up"}, {"id": "$pageview", **_IN_APP}, "Week", 9),
            ),
            card(
                6,
                "Paths through the app",
                "The most common ways from page to page.",
                insight(
                    "PathsQuery",
                    dateRange={"date_from": "-30d"},
                    pathsFilter={
                        "includeEventTypes": ["$pageview"],
                        "startPoint": "https://app.lumenlane.example/home",
                        "stepLimit": 4,
                        "edgeLimit": 24,
                    },
                ),
            ),
        ),
    ),
)
