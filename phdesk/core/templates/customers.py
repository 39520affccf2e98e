"""Define the template Customer success."""

from phdesk.core.templates.parts import (
    Card,
    Chosen,
    Row,
    Slot,
    Template,
    by,
    card,
    event,
    lifecycle,
    newest,
    number,
    rate,
    retention,
    row,
    trends,
    words,
)
from phdesk.core.templates.slots import ACTIVE, CANCELLED, PAID

TICKET = Slot(
    id="ticket",
    label="Somebody asks for help",
    guesses=("support_ticket_opened", "ticket_created", "help_requested", "feedback_sent"),
)
SOLVED = Slot(
    id="solved",
    label="Somebody gets an answer",
    guesses=("support_ticket_answered", "ticket_solved", "ticket_closed"),
    required=False,
)
TOPIC = Slot(
    id="topic",
    label="What a question is about",
    hint="A property of the question. Without it, questions are split by country.",
    guesses=("category", "topic", "type", "reason", "subject"),
    required=False,
    kind="property",
    of="ticket",
)


def _rows(chosen: Chosen) -> tuple[Row, ...]:
    active = event(chosen["active"], "dau", "Active people")
    asked = event(chosen["ticket"], label="Questions")
    asking = event(chosen["ticket"], "dau", "People who asked")
    help_given = [asked]
    if "solved" in chosen:
        help_given.append(event(chosen["solved"], label="Answers"))
    moves = [event(chosen["paid"], label="Payments")]
    if "cancelled" in chosen:
        moves.append(event(chosen["cancelled"], label="Cancellations"))
        left = card(3, "Cancellations", "Customers who left.", number(moves[-1]), "purple")
    else:
        left = card(3, "Payments", "How often customers paid.", number(moves[0]), "purple")
    return (
        row(
            2,
            card(3, "Active people", "Distinct people who came.", number(active), "green"),
            card(3, "Questions", "How often somebody asked for help.", number(asked)),
            card(
                3,
                "People who ask",
                "Of a hundred active people, how many asked for help.",
                rate(asking, active),
            ),
            left,
        ),
        words("## Help\nMany questions about one thing are a fault of the product."),
        row(
            5,
            card(
                8,
                "Questions by week",
                "With answers, where they are known."
                if len(help_given) > 1
                else "How often somebody asked for help.",
                trends("ActionsLineGraph", *help_given, interval="week", showLegend=True),
            ),
            _topics(chosen),
        ),
        words("## Who stays\nQuiet weeks come before a cancellation."),
        row(
            5,
            card(
                6,
                "New, returning, lost",
                "People of each week, by whether they were here before.",
                lifecycle(chosen["active"]),
            ),
            card(
                6,
                "Paying and leaving",
                "Counts of a week.",
                trends("ActionsLineGraph", *moves, interval="week", showLegend=True),
            ),
        ),
        row(
            7,
            card(
                6,
                "Active after the first payment",
                "Weeks after it with a visit.",
                retention(chosen["paid"], chosen["active"]),
            ),
            card(6, "Newest questions", "With the person who asked.", newest(chosen["ticket"])),
        ),
    )


def _topics(chosen: Chosen) -> Card:
    asked = event(chosen["ticket"], label="Questions")
    if "topic" in chosen:
        name, about, split = (
            "Questions by topic",
            "What to mend first.",
            by(chosen["topic"], limit=8),
        )
    else:
        name, about = "Questions by country", "Where the people are who ask."
        split = by("$geoip_country_code", "person", limit=8)
    return card(4, name, about, trends("ActionsBarValue", asked, split=split))


TEMPLATE = Template(
    key="customers",
    title="Customer success",
    description="For customer success: who is well, who needs help, and who may leave next?",
    tags=("customers", "support"),
    slots=(ACTIVE, TICKET, TOPIC, SOLVED, PAID, CANCELLED),
    rows=_rows,
)
