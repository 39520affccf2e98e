"""Settings that several kinds of insight have: series, filters, breakdown, dates, comparison."""

from phdesk.core.building.draft import Draft, at
from phdesk.core.building.field import Field, Option, named
from phdesk.core.building.words import INTERVALS, NEWER_INTERVALS

DATA, FILTERS, TIME = "Data", "Filters", "Time"
COUNTED = "aggregation_group_type_index"
CHART, AXIS, MORE = "Chart", "Axis", "More"
COMPARE = (
    Option(None, "No comparison"),
    Option({"compare": True}, "The period before"),
    Option({"compare": True, "compare_to": "-1d"}, "The day before"),
    Option({"compare": True, "compare_to": "-1w"}, "The week before"),
    Option({"compare": True, "compare_to": "-1m"}, "The month before"),
    Option({"compare": True, "compare_to": "-1y"}, "The year before"),
)


def series(label: str = "Series", most: int | None = None) -> Field:
    """Give the list of events and actions."""
    return Field(name="series", label=label, control="series", section=DATA, least=1, most=most)


def counted() -> Field:
    """Give who is counted, people or groups, which a project alone can name."""
    return Field(name=COUNTED, label="Count", control="counted", section=DATA)


def filters() -> tuple[Field, ...]:
    """Give the conditions on events, and the choice about test accounts."""
    return (
        Field(name="properties", label="Only events where", control="conditions", section=FILTERS),
        Field(
            name="filterTestAccounts",
            label="Leave out test accounts",
            control="flag",
            section=FILTERS,
            default=False,
        ),
    )


def breakdown(*, newer: bool = False) -> Field:
    """Give the breakdown."""
    return Field(
        name="breakdownFilter",
        label="Break down by",
        control="breakdown",
        section=FILTERS,
        newer=newer,
    )


def dates(default: str = "-7d") -> Field:
    """Give the range of dates."""
    return Field(
        name="dateRange",
        label="Dates",
        control="dates",
        section=TIME,
        default={"date_from": default},
    )


def interval() -> Field:
    """Give the length of a bucket."""
    return Field(
        name="interval",
        label="Interval",
        control="choice",
        section=TIME,
        options=named(INTERVALS, NEWER_INTERVALS),
        default="day",
    )


def compare(draft: Draft, *, newer: bool = False) -> Field:
    """Give the comparison; whatever says nothing of one is none."""
    held = at(draft, "compareFilter")
    none = not isinstance(held, dict) or not held.get("compare")
    stated = None if none else {key: one for key, one in held.items() if one is not None}
    options: tuple[Option, ...] = COMPARE
    if all(one.value != stated for one in options):
        options = (*options, Option(stated, f"Against {held.get('compare_to')}"))
    return Field(
        name="compareFilter",
        label="Compare with",
        control="choice",
        section=TIME,
        options=options,
        value=stated,
        newer=newer,
    )


def flag(name: str, label: str, *, default: bool = False, newer: bool = False) -> Field:
    """Give a switch of the chart."""
    return Field(
        name=name, label=label, control="flag", section=CHART, default=default, newer=newer
    )


def choice(  # noqa: PLR0913
    name: str,
    label: str,
    options: tuple[Option, ...],
    default: object,
    *,
    section: str = CHART,
    newer: bool = False,
    hint: str = "",
) -> Field:
    """Give a choice."""
    return Field(
        name=name,
        label=label,
        control="choice",
        section=section,
        options=options,
        default=default,
        newer=newer,
        hint=hint,
    )


def text(
    name: str, label: str, *, section: str = AXIS, newer: bool = False, hint: str = ""
) -> Field:
    """Give a text."""
    return Field(
        name=name,
        label=label,
        control="text",
        section=section,
        default="",
        newer=newer,
        hint=hint,
    )


def number(  # noqa: PLR0913
    name: str,
    label: str,
    least: int,
    most: int,
    default: int | None,
    *,
    section: str = CHART,
    newer: bool = False,
    hint: str = "",
) -> Field:
    """Give a whole number."""
    return Field(
        name=name,
        label=label,
        control="number",
        section=section,
        least=least,
        most=most,
        default=default,
        newer=newer,
        hint=hint,
    )
