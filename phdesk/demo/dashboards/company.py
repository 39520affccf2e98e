"""Define the dashboard Company KPIs."""

from phdesk.demo.dashboards.parts import (
    Board,
    by,
    card,
    events,
    heading,
    number,
    percent,
    row,
    trends,
)

_MONEY = {"aggregationAxisPrefix": "$", "decimalPlaces": 0}
_PAID = events("invoice_paid", "sum", math_property="amount", custom_name="Revenue")
_ACTIVE = events("$pageview", "dau", custom_name="Active people")

BOARD = Board(
    name="Company KPIs",
    description=(
        "For the whole company, every Monday: are we growing, and does growth pay?"
        " Demo data of the invented company Lumen Lane."
    ),
    tags=("company", "weekly"),
    date_from="-30d",
    pinned=True,
    rows=(
        row(
            2,
            card(
                3,
                "Monthly recurring revenue",
                "Invoices go out every 30 days, so 30 days of them are one month of revenue.",
                number(_PAID, **_MONEY),
                "green",
            ),
            card(
                3,
                "Paying customers",
                "Distinct customers with a paid invoice.",
                number(events("invoice_paid", "dau", custom_name="Paying customers")),
            ),
            card(
                3,
                "New sign-ups",
                "People who made an account.",
                number(events("signed_up", custom_name="Sign-ups")),
            ),
            card(
                3,
                "Activation rate",
                "Sign-ups that finished onboarding: a project and a teammate.",
                number(
                    events("onboarding_completed"),
                    events("signed_up"),
                    **percent("Activation rate"),
                ),
            ),
        ),
        heading("## Revenue\nWhat customers paid, by day and by plan."),
        row(
            5,
            card(
                8,
                "Revenue by day",
                "Sum of paid invoices; weekends are billed too.",
                trends("ActionsLineGraph", _PAID, look=_MONEY, interval="day"),
            ),
            card(
                4,
                "Revenue by plan",
                "Share of paid invoices by plan.",
                trends("ActionsPie", _PAID, look=_MONEY, split=by("plan")),
            ),
        ),
        heading("## Customers\nWho comes, who pays, who leaves."),
        row(
            5,
            card(
                6,
                "Sign-ups, subscriptions, cancellations",
                "Three counts a week that should keep their distance.",
                trends(
                    "ActionsLineGraph",
                    events("signed_up", custom_name="Sign-ups"),
                    events("subscription_started", custom_name="Subscriptions"),
                    events("subscription_cancelled", custom_name="Cancellations"),
                    look={"showLegend": True},
                    interval="week",
                ),
            ),
            card(
                6,
                "Sign-ups so far",
                "All sign-ups of the period, added up.",
                trends("ActionsLineGraphCumulative", events("signed_up", custom_name="Sign-ups")),
            ),
        ),
        row(
            5,
            card(
                8,
                "Active people by country",
                "Distinct people with a page view.",
                trends("WorldMap", _ACTIVE, split=by("$geoip_country_code")),
            ),
            card(
                4,
                "The month in numbers",
                "Totals against the period before.",
                trends(
                    "ActionsTable",
                    _ACTIVE,
                    events("project_created", custom_name="Projects created"),
                    events("teammate_invited", custom_name="Teammates invited"),
                    events("subscription_started", custom_name="Subscriptions"),
                    compareFilter={"compare": True},
                ),
            ),
        ),
    ),
)
