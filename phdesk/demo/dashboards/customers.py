"""Define the dashboard Customer success."""

from phdesk.demo.dashboards.parts import (
    Board,
    axes,
    by,
    card,
    events,
    heading,
    newest,
    number,
    retention,
    row,
    sql,
    trends,
)

_TICKETS = events("support_ticket_opened", custom_name="Tickets")
_NPS = """round(100 * (countIf(properties.score >= 9) - countIf(properties.score <= 6))
    / count(), 0)"""

BOARD = Board(
    name="Customer success",
    description=(
        "For customer success: who is happy, who is waiting for an answer, and who may leave next?"
        " Demo data."
    ),
    tags=("customers", "support"),
    date_from="-30d",
    rows=(
        row(
            2,
            card(
                3,
                "Net promoter score",
                "Promoters less detractors, of a hundred answers.",
                sql(
                    "BoldNumber",
                    """select SCORE as nps from events
                    where event = 'nps_answered' and {filters}""".replace("SCORE", _NPS),
                    **axes("nps", "nps"),
                ),
                "purple",
            ),
            card(
                3,
                "Time to first reply",
                "Half of all tickets are answered sooner.",
                number(
                    events(
                        "support_ticket_answered",
                        "median",
                        math_property="first_reply_seconds",
                        custom_name="Median",
                    ),
                    aggregationAxisFormat="duration",
                ),
            ),
            card(3, "Tickets opened", "New questions and reports.", number(_TICKETS)),
            card(
                3,
                "Cancelled subscriptions",
                "Customers who stopped paying.",
                number(events("subscription_cancelled", custom_name="Cancellations")),
            ),
        ),
        heading("## Support\nWhat people ask for, and who asks."),
        row(
            5,
            card(
                8,
                "Tickets by category",
                "Stacked by week.",
                trends("ActionsBar", _TICKETS, split=by("category"), interval="week"),
            ),
            card(
                4,
                "Tickets by plan",
                "Plan of the person who asked.",
                trends("ActionsPie", _TICKETS, split=by("plan", "person")),
            ),
        ),
        row(
            5,
            card(
                6,
                "Net promoter score by month",
                "Since the data begins.",
                sql(
                    "ActionsLineGraph",
                    """select toStartOfMonth(timestamp) as month, SCORE as nps,
                        count() as answers from events where event = 'nps_answered'
                        group by month order by month""".replace("SCORE", _NPS),
                    **axes("month", "nps"),
                ),
            ),
            card(
                6,
                "Invoices paid by day",
                "How many, not how much.",
                trends("ActionsBar", events("invoice_paid", custom_name="Invoices")),
            ),
        ),
        row(
            6,
            card(
                6,
                "Quiet paying customers",
                "Paid in the last 30 days, longest without a visit first.",
                sql(
                    "ActionsTable",
                    """select person.properties.company as company,
                       person.properties.plan as plan,
                       toDate(maxIf(timestamp, event = '$pageview')) as last_visit,
                       sumIf(properties.amount, event = 'invoice_paid') as paid
                       from events where timestamp > now() - interval 30 day
                       and person.properties.plan in ('pro', 'enterprise')
                       group by person_id having paid > 0 order by last_visit limit 20""",
                ),
            ),
            card(
                6,
                "Customers who stay active",
                "Weeks after the first invoice with a visit.",
                retention({"id": "subscription_started"}, {"id": "$pageview"}, "Week", 8),
            ),
        ),
        row(
            5,
            card(
                12,
                "Newest tickets",
                "The latest 25, with the person and what it is about.",
                newest(
                    "support_ticket_opened",
                    "person",
                    "properties.category",
                    "person.properties.company",
                    "properties.plan",
                ),
            ),
        ),
    ),
)
