"""Define the template Experiment results."""

from phdesk.core.templates.parts import (
    Chosen,
    Row,
    Slot,
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

SEEN = Slot(
    id="seen",
    label="Somebody sees the experiment",
    guesses=("experiment_exposure", "$feature_flag_called", "$experiment_exposure"),
)
GOAL = Slot(
    id="goal",
    label="Somebody reaches the goal",
    guesses=("onboarding_completed", "signed_up", "subscription_started", "purchase"),
)
GUARD = Slot(
    id="guard",
    label="What must not get worse",
    hint="An event that should stay as it is, such as a cancellation.",
    guesses=("subscription_cancelled", "support_ticket_opened", "$exception"),
    required=False,
)
VARIANT = Slot(
    id="variant",
    label="Property with the variant",
    hint="On both events: which version a person saw.",
    guesses=("variant", "$feature_flag_response", "$experiment_variant"),
    kind="property",
    of="seen",
)


def _rows(chosen: Chosen) -> tuple[Row, ...]:
    seen = event(chosen["seen"], "dau", "Saw it")
    goal = event(chosen["goal"], "dau", "Reached the goal")
    steps = (event(chosen["seen"], label="Saw it"), event(chosen["goal"], label="Reached the goal"))
    variants = by(chosen["variant"], limit=5)
    heroes = [
        card(
            3,
            "People at the goal",
            "Distinct people, with the experiment and without.",
            number(goal),
            "green",
        ),
        card(3, "People in the experiment", "Distinct people who saw it.", number(seen)),
        card(3, "Goal for a hundred people", "Of both groups together.", rate(goal, seen)),
    ]
    if "guard" in chosen:
        guard = number(event(chosen["guard"], label="Times"))
        heroes.append(card(3, "Must not get worse", "How often it happened.", guard))
    else:
        times = number(event(chosen["seen"], label="Times"))
        heroes.append(card(3, "Times it was shown", "All of them, of all people.", times))
    return (
        row(2, *heroes),
        words(
            "## What we want to know\n**We expect:** write the hypothesis here.\n\n"
            "**We decide when** each group has as many people as were planned.",
            2,
        ),
        row(
            5,
            card(
                8,
                "Goal by variant",
                "From seeing it to the goal, within 14 days.",
                funnel(*steps, split=variants, layout="vertical"),
            ),
            card(
                4,
                "How people were split",
                "Should be as it was planned.",
                trends("ActionsPie", seen, split=variants),
            ),
        ),
        row(
            5,
            card(
                6,
                "New in the experiment by day",
                "A day without anybody is a day on which it was off.",
                trends("ActionsBar", seen, split=variants, showLegend=True),
            ),
            card(
                6,
                "Goals by day",
                "Early days say little.",
                trends("ActionsBar", goal, split=variants, showLegend=True),
            ),
        ),
        words("## Does it last?\nA difference that closes again was a surprise, not a gain."),
        row(
            5,
            card(
                6,
                "Goal by week and variant",
                "Share of each week's people.",
                funnel(*steps, split=variants, interval="week", funnelVizType="trends"),
            ),
            card(
                6,
                "Time to the goal",
                "How long it takes those who get there.",
                funnel(*steps, funnelVizType="time_to_convert"),
            ),
        ),
    )


TEMPLATE = Template(
    key="experiment",
    title="Experiment results",
    description="For the team of an experiment: does the change bring more people to the goal?",
    tags=("experiment",),
    slots=(SEEN, GOAL, VARIANT, GUARD),
    rows=_rows,
)
