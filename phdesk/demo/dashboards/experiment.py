"""Define the dashboard Experiment results."""

from phdesk.demo.dashboards.parts import (
    Board,
    axes,
    by,
    card,
    events,
    funnel,
    heading,
    retention,
    row,
    sql,
    trends,
    where,
)

_SHOWN = events("experiment_exposure", custom_name="Saw the experiment")


def _rate(variant: str) -> str:
    text = """
        select round(100 * uniqIf(person_id, event = 'onboarding_completed')
            / uniqIf(person_id, event = 'experiment_exposure'), 1) as percent
        from events where properties.variant = 'VARIANT' and {filters}"""
    return text.replace("VARIANT", variant)


def _group(variant: str) -> dict[str, object]:
    chosen = [where("variant", "exact", [variant])]
    return retention(
        {"id": "experiment_exposure", "properties": chosen}, {"id": "$pageview"}, "Week", 7
    )


BOARD = Board(
    name="Experiment results",
    description=(
        "For the onboarding team: does the checklist bring more sign-ups through onboarding, and"
        " do they stay? Demo data."
    ),
    tags=("experiment", "onboarding"),
    date_from="-60d",
    unopened=120,  # the experiment is forgotten: a fault that the check finds
    rows=(
        row(
            2,
            card(
                3,
                "People in the experiment",
                "Everyone who signed up since the start.",
                trends("BoldNumber", events("experiment_exposure", "dau", custom_name="People")),
            ),
            card(
                3,
                "Onboarded, control",
                "Percent of those without the checklist.",
                sql("BoldNumber", _rate("control"), **axes("percent", "percent", suffix=" %")),
            ),
            card(
                3,
                "Onboarded, with checklist",
                "Percent of those with the checklist.",
                sql("BoldNumber", _rate("test"), **axes("percent", "percent", suffix=" %")),
                "green",
            ),
            card(
                3,
                "Projects created",
                "First projects of both groups.",
                trends(
                    "BoldNumber",
                    events(
                        "project_created",
                        "dau",
                        custom_name="First projects",
                        properties=[where("variant", "is_set")],
                    ),
                ),
            ),
        ),
        heading(
            "## Onboarding checklist\n**Hypothesis:** a checklist after sign-up brings more people"
            " to a first project.\n**Decide when** both groups have 200 people.",
            2,
        ),
        row(
            5,
            card(
                8,
                "Onboarding by variant",
                "Control and test, step by step.",
                funnel(
                    _SHOWN,
                    events("project_created", custom_name="Created a project"),
                    events("onboarding_completed", custom_name="Finished onboarding"),
                    split=by("variant"),
                    layout="vertical",
                ),
            ),
            card(
                4,
                "How people were split",
                "Should be close to half and half.",
                trends("ActionsPie", _SHOWN, split=by("variant")),
            ),
        ),
        row(
            5,
            card(
                6,
                "Exposures by day",
                "People who entered the experiment.",
                trends("ActionsBar", _SHOWN, split=by("variant"), look={"showLegend": True}),
            ),
            card(
                6,
                "Onboarded by week and variant",
                "Counts of finished onboardings.",
                sql(
                    "ActionsBar",
                    """select toStartOfWeek(timestamp) as week,
                       countIf(properties.variant = 'control') as control,
                       countIf(properties.variant = 'test') as test
                       from events where event = 'onboarding_completed' and {filters}
                       group by week order by week""",
                    **axes("week", "control", "test"),
                ),
            ),
        ),
        heading("## Do they stay?\nLeft without, right with the checklist."),
        row(
            6,
            card(6, "Retention, control", "Weeks after sign-up.", _group("control")),
            card(6, "Retention, with checklist", "Weeks after sign-up.", _group("test")),
        ),
    ),
)
