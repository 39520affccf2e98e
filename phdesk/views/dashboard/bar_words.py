"""From a dashboard's filters to what the bar says; no Qt in it."""

from datetime import datetime

from msgspec import Struct

from phdesk.core.dates import zone
from phdesk.core.filter_ranges import range_words
from phdesk.core.filter_variables import holding, used_variables, variable_words
from phdesk.core.filter_words import (
    TEST_ACCOUNTS,
    breakdown_words,
    condition_words,
    group_words,
    interval_words,
)
from phdesk.core.filters import Variable
from phdesk.models.account import Project
from phdesk.store.overrides import effective_of
from phdesk.store.state import DashboardState


class BarWords(Struct, frozen=True, gc=False, kw_only=True):
    """What the bar says, in words."""

    dates: str = ""
    interval: str = ""
    conditions: tuple[str, ...] = ()
    nested: str = ""  # conditions that are shown, not edited
    breakdown: str = ""
    tests: str = ""  # what holds about test accounts
    variables: tuple[tuple[str, str], ...] = ()  # id, words
    temporary: bool = False

    @property
    def is_plain(self) -> bool:
        """Tell whether four buttons say it all."""
        return self == BarWords(dates=self.dates, interval=self.interval)


def bar_words(state: DashboardState, project: Project | None, now: datetime) -> BarWords:
    """Say the filters that are asked for now."""
    asked = effective_of(state)
    here = now.astimezone(zone(project.timezone if project is not None else None))
    variables = variables_of(state)
    return BarWords(
        dates=range_words(asked.date_from, asked.date_to, here),
        interval=interval_words(asked.interval),
        conditions=tuple(condition_words(one) for one in asked.properties),
        nested=group_words(asked.group) if asked.group else "",
        breakdown=breakdown_words(asked.breakdown) if asked.breakdown else "",
        tests="" if asked.test_accounts is None else TEST_ACCOUNTS[asked.test_accounts],
        variables=tuple((one.id, variable_words(one)) for one in variables),
        temporary=state.override is not None,
    )


def variables_of(state: DashboardState) -> tuple[Variable, ...]:
    """Give the SQL variables that the dashboard's tiles use, with the values that hold."""
    tiles = (held.tile.insight for held in state.tiles.values())
    used = used_variables(insight.query for insight in tiles if insight is not None)
    override = state.override.variables if state.override is not None else ()
    return holding(used, state.variables, override) if used else ()


def place_facts(state: DashboardState, project: Project | None, now: datetime) -> tuple[str, ...]:
    """Say of which project and filters the numbers are, for what leaves the window."""
    return (*project_facts(project), _filter_fact(bar_words(state, project, now)))


def project_facts(project: Project | None) -> tuple[str, ...]:
    """Say of which project something is, if that is known."""
    known = project is not None and project.id
    return (f"Project: {project.name or project.id}",) if project is not None and known else ()


def _filter_fact(words: BarWords) -> str:
    """Say the filters in a line."""
    temporary = "temporary, not saved" if words.temporary else ""
    parts = (
        words.dates,
        words.interval if words.interval != "Interval" else "",
        *words.conditions,
        words.nested,
        words.breakdown,
        words.tests,
        *(said for _, said in words.variables),
        temporary,
    )
    return f"Filters: {' · '.join(part for part in parts if part)}"
