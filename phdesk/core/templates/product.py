"""Define the template Product health."""

from phdesk.core.templates.parts import (
    Chosen,
    Row,
    Slot,
    Template,
    card,
    event,
    lifecycle,
    number,
    rate,
    retention,
    row,
    stickiness,
    trends,
    words,
)
from phdesk.core.templates.slots import ACTIVE, SIGNUP

CORE = Slot(
    id="core",
    label="Somebody does what the product is for",
    hint="The one thing that a good visit has in it.",
    guesses=("insight_saved", "report_viewed", "project_created", "message_sent", "task_created"),
)


def _rows(chosen: Chosen) -> tuple[Row, ...]:
    daily = event(chosen["active"], "dau", "Daily users")
    weekly = event(chosen["active"], "weekly_active", "Weekly users")
    monthly = event(chosen["active"], "monthly_active", "Monthly users")
    core = event(chosen["core"], "dau", "People")
    return (
        row(
            2,
            card(3, "Weekly users", "People of the last 7 days.", number(weekly), "blue"),
            card(3, "Monthly users", "People of the last 30 days.", number(monthly)),
            card(
                3,
                "Weekly of monthly users",
                "How many of the month's people were here this week.",
                rate(weekly, monthly),
            ),
            card(3, "People with a good visit", "Who did what the product is for.", number(core)),
        ),
        words("## Habit\nUse comes first; weekends dip, which is as it should be."),
        row(
            5,
            card(
                8,
                "Daily, weekly and monthly users",
                "Three windows over the same visits.",
                trends("ActionsLineGraph", daily, weekly, monthly, showLegend=True),
            ),
            card(
                4,
                "Good visits by week",
                "How often it was done, and by how many people.",
                trends(
                    "ActionsLineGraph",
                    event(chosen["core"], label="Times"),
                    core,
                    interval="week",
                    showLegend=True,
                ),
            ),
        ),
        row(
            5,
            card(
                6,
                "New, returning, lost",
                "People of each week, by whether they were here before.",
                lifecycle(chosen["active"]),
            ),
            card(6, "Days of use", "On how many days people came.", stickiness(chosen["active"])),
        ),
        words("## Do they stay?\nA curve that flattens is a product that is needed."),
        row(
            7,
            card(
                6,
                "Back after signing up",
                "Of those who signed up in a week, who was back in the weeks after.",
                retention(chosen["signup"], chosen["active"]),
            ),
            card(
                6,
                "Back to a good visit",
                "Of those who did it for the first time, who did it again.",
                retention(chosen["core"], chosen["core"]),
            ),
        ),
    )


TEMPLATE = Template(
    key="product",
    title="Product health",
    description="For product managers: do people come back, and what do they do here?",
    tags=("product", "weekly"),
    slots=(ACTIVE, CORE, SIGNUP),
    rows=_rows,
)
