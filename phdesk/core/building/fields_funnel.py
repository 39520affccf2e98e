"""Settings of funnels (reference 6.2.1)."""

from phdesk.core.building import fields_shared as shared
from phdesk.core.building.draft import Draft, at, word
from phdesk.core.building.field import Field, Option, named
from phdesk.core.building.words import (
    ATTRIBUTIONS,
    LAYOUTS,
    ORDERS,
    STEP_REFERENCES,
    VIZ_TYPES,
    WINDOW_UNITS,
)
from phdesk.core.jsonvalue import as_dict, as_list
from phdesk.core.names import series_name

OWN = "funnelsFilter."
MOST_STEPS = 30
MOST_BINS = 90


def funnel_fields(draft: Draft) -> tuple[Field, ...]:
    """Give the settings that matter for what is shown of the funnel."""
    viz = word(draft, f"{OWN}funnelVizType", "steps")
    parts = [
        shared.choice(
            f"{OWN}funnelVizType", "Show", named(VIZ_TYPES), "steps", section=shared.DATA
        ),
        shared.series("Steps", most=MOST_STEPS),
        shared.counted(),
        *_way(),
        Field(
            name=f"{OWN}exclusions",
            label="Leave out who did",
            control="exclusions",
            section=shared.DATA,
        ),
        *shared.filters(),
    ]
    if viz in {"steps", "trends"}:
        parts.append(shared.breakdown())
    if viz == "steps" and at(draft, "breakdownFilter"):
        parts += _attribution(draft)
    parts.append(shared.dates())
    if viz == "trends":
        parts.append(shared.interval())
    parts.append(shared.compare(draft, newer=True))
    return (*parts, *_look(draft, viz))


def step_options(draft: Draft) -> tuple[Option, ...]:
    """Offer the steps of a funnel, counted from 0 as PostHog does, by their names."""
    steps = enumerate(as_list(at(draft, "series")))
    return tuple(
        Option(place, f"{place + 1}. {series_name(as_dict(node))}") for place, node in steps
    )


def _way() -> tuple[Field, ...]:
    """Say in which order and within what time the steps count."""
    order = named(ORDERS)
    return (
        shared.choice(f"{OWN}funnelOrderType", "Order", order, "ordered", section=shared.DATA),
        shared.number(f"{OWN}funnelWindowInterval", "Within", 1, 365 * 24, 14, section=shared.DATA),
        shared.choice(
            f"{OWN}funnelWindowIntervalUnit",
            "Within, unit",
            named(WINDOW_UNITS),
            "day",
            section=shared.DATA,
        ),
    )


def _attribution(draft: Draft) -> list[Field]:
    kind = f"{OWN}breakdownAttributionType"
    parts = [
        shared.choice(
            kind, "Value taken from", named(ATTRIBUTIONS), "first_touch", section=shared.FILTERS
        )
    ]
    if at(draft, kind) == "step":
        parts.append(
            shared.choice(
                f"{OWN}breakdownAttributionValue",
                "Value taken from step",
                step_options(draft),
                0,
                section=shared.FILTERS,
            )
        )
    return parts


def _look(draft: Draft, viz: str) -> list[Field]:
    if viz == "steps":
        return [
            shared.choice(f"{OWN}layout", "Layout", named(LAYOUTS), "vertical"),
            shared.choice(
                f"{OWN}funnelStepReference", "Conversion from", named(STEP_REFERENCES), "total"
            ),
        ]
    if viz == "time_to_convert":
        steps = step_options(draft)
        return [
            shared.choice(f"{OWN}funnelFromStep", "From step", steps, 0),
            shared.choice(f"{OWN}funnelToStep", "To step", steps, max(len(steps) - 1, 0)),
            shared.number(f"{OWN}binCount", "Bars", 1, MOST_BINS, None, hint="empty: as they fit"),
        ]
    goals = Field(
        name=f"{OWN}goalLines", label="Goals", control="goals", section=shared.CHART, newer=True
    )
    return [
        shared.flag(f"{OWN}showLegend", "Show legend", newer=True),
        shared.flag(f"{OWN}showValuesOnSeries", "Show values", newer=True),
        goals,
    ]
