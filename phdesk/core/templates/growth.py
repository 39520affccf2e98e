"""Define the template Growth and acquisition."""

from phdesk.core.templates.parts import (
    Chosen,
    Row,
    Template,
    by,
    card,
    event,
    funnel,
    number,
    rate,
    row,
    trends,
    words,
)
from phdesk.core.templates.slots import ACTIVATED, PAID, SIGNUP, VISIT


def _rows(chosen: Chosen) -> tuple[Row, ...]:
    visitors = event(chosen["visit"], "dau", "Visitors")
    signups = event(chosen["signup"], label="Sign-ups")
    steps = (
        event(chosen["visit"], label="Visited"),
        event(chosen["signup"], label="Signed up"),
        event(chosen["activated"], label="Got value"),
        event(chosen["paid"], label="Paid"),
    )
    return (
        row(
            2,
            card(3, "Sign-ups", "New accounts of the period.", number(signups), "green"),
            card(3, "Visitors", "Distinct people who came.", number(visitors)),
            card(
                3,
                "Visitors who sign up",
                "Sign-ups for a hundred visitors.",
                rate(event(chosen["signup"], "dau"), visitors),
            ),
            card(
                3,
                "New customers",
                "People who paid for the first time.",
                number(event(chosen["paid"], "first_time_for_user", "New customers")),
            ),
        ),
        words("## From visit to customer\nThe longest fall between two steps is where to work."),
        row(
            5,
            card(
                8,
                "From visit to payment",
                "Steps in this order, within 14 days.",
                funnel(*steps, layout="vertical"),
            ),
            card(
                4,
                "Sign-ups by site",
                "The site that sent them.",
                trends("ActionsPie", signups, split=by("$referring_domain", limit=6)),
            ),
        ),
        words("## Where people come from\nA source that nobody tagged cannot be told from none."),
        row(
            5,
            card(
                6,
                "Visitors by source",
                "By utm_source; who came without one is None.",
                trends("ActionsAreaGraph", visitors, split=by("utm_source", limit=5)),
            ),
            card(
                6,
                "Sign-ups so far",
                "All sign-ups of the period, added up.",
                trends("ActionsLineGraphCumulative", signups),
            ),
        ),
        row(
            5,
            card(
                6,
                "Sign-up to value, by week",
                "Share of each week's sign-ups that got there.",
                funnel(*steps[1:3], interval="week", funnelVizType="trends"),
            ),
            card(
                6,
                "Time from sign-up to value",
                "How long it takes those who get there.",
                funnel(*steps[1:3], funnelVizType="time_to_convert"),
            ),
        ),
    )


TEMPLATE = Template(
    key="growth",
    title="Growth and acquisition",
    description=(
        "For marketing and growth: where do people come from, and where are they lost on the way"
        " to becoming customers?"
    ),
    tags=("growth", "marketing"),
    slots=(VISIT, SIGNUP, ACTIVATED, PAID),
    rows=_rows,
)
