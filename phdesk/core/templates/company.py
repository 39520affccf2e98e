"""Define the template Company KPIs."""

from phdesk.core.templates.parts import (
    Chosen,
    Query,
    Row,
    Slot,
    Template,
    by,
    card,
    event,
    number,
    rate,
    row,
    trends,
    words,
)
from phdesk.core.templates.slots import ACTIVATED, ACTIVE, CANCELLED, PAID, SIGNUP

AMOUNT = Slot(
    id="amount",
    label="Amount of money that was paid",
    hint="A number on the event of a payment. Without it, payments are counted.",
    guesses=("amount", "revenue", "value", "price", "total", "$revenue"),
    required=False,
    kind="property",
    of="paid",
    numeric=True,
)


def _rows(chosen: Chosen) -> tuple[Row, ...]:
    active = event(chosen["active"], "dau", "Active people")
    signups = event(chosen["signup"], label="Sign-ups")
    paid, money = _paid(chosen)
    moves = [signups, event(chosen["paid"], label="Payments")]
    if "cancelled" in chosen:
        moves.append(event(chosen["cancelled"], label="Cancellations"))
    return (
        row(
            2,
            card(3, money, "The number to grow, against the month before.", number(paid), "green"),
            card(
                3,
                "Paying customers",
                "Distinct people who paid.",
                number(event(chosen["paid"], "dau", "Paying customers")),
            ),
            card(3, "Sign-ups", "New accounts.", number(signups)),
            card(
                3,
                "Activation",
                "Activated people for a hundred who signed up in the same time.",
                rate(event(chosen["activated"], "dau"), event(chosen["signup"], "dau")),
            ),
        ),
        words(f"## {money}\nWhat came in, and who uses the product."),
        row(
            5,
            card(8, f"{money} by day", "Watch the trend, not the day.", trends(LINE, paid)),
            card(
                4,
                "Active people by week",
                "Distinct people of each week.",
                trends("ActionsBar", active, interval="week"),
            ),
        ),
        words("## Customers\nWho comes, who pays, who leaves."),
        row(
            5,
            card(
                6,
                "Coming and going",
                "Counts of a week that should keep their distance.",
                trends(LINE, *moves, interval="week", showLegend=True),
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
                8,
                "Active people by country",
                "Where they are, by their network address.",
                trends("WorldMap", active, split=by("$geoip_country_code")),
            ),
            card(
                4,
                "The month in numbers",
                "Totals of the period.",
                trends("ActionsTable", active, *moves),
            ),
        ),
    )


def _paid(chosen: Chosen) -> tuple[Query, str]:
    """Add up money where an amount is named, else count payments."""
    if "amount" not in chosen:
        return event(chosen["paid"], label="Payments"), "Payments"
    summed = event(chosen["paid"], "sum", "Revenue", math_property=chosen["amount"])
    return summed, "Revenue"


LINE = "ActionsLineGraph"
TEMPLATE = Template(
    key="company",
    title="Company KPIs",
    description="For the whole company, every Monday: are we growing, and does growth pay?",
    tags=("company", "weekly"),
    slots=(ACTIVE, SIGNUP, ACTIVATED, PAID, AMOUNT, CANCELLED),
    rows=_rows,
)
