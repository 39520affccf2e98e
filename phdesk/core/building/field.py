"""What a window shows of a draft, as data: one setting, its choices, its value now."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.building.draft import Draft, at

Control = Literal[
    "choice",  # one of `options`
    "several",  # some of `options`, a list
    "flag",  # true or false
    "text",
    "number",  # a whole one between `least` and `most`
    "decimal",  # any number
    "texts",  # a list of texts that a person writes
    "event",  # one event or action, an entity of retention
    "series",  # events and actions with what is counted of them: see `series`
    "conditions",  # property filters: see `conditions`
    "breakdown",  # see `breakdowns`
    "formulas",  # see `formulas`
    "dates",  # `date_from` and `date_to`, see core.filter_entry
    "exclusions",  # events between two steps: see `exclusions`
    "sql",  # the text of a query
    "column",  # one of the columns that came, by name
    "columns",  # some of them, with their settings: see `axes`
    "goals",  # lines at a value: see `goals`
    "variables",  # SQL variables of the project
    "counted",  # people, or a type of group by its number
]


class Option(Struct, frozen=True, gc=False):
    """One choice: `value` goes to `changed`, `newer` says that servers of 2024 refuse it."""

    value: Any
    label: str
    newer: bool = False


class Field(Struct, frozen=True, gc=False, kw_only=True):
    """One setting. `name` says where it lies in the query and goes to `changed`.

    `value` is what holds now, also where the query says nothing and PostHog's default does. `fixed`
    says in a sentence why it cannot be edited here; it is kept as it is.
    """

    name: str
    label: str
    control: Control
    section: str = ""
    options: tuple[Option, ...] = ()
    default: Any = None
    value: Any = None
    least: int | None = None
    most: int | None = None
    hint: str = ""
    fixed: str = ""
    newer: bool = False  # servers of 2024 refuse it


class Untouched(Struct, frozen=True, gc=False):
    """A part of a query that phdesk does not edit: where it lies, and its name for people."""

    name: str
    label: str


def filled(field: Field, draft: Draft) -> Field:
    """Give a setting its value, and keep a choice that is not known among its options."""
    value = at(draft, field.name, field.default)
    options = field.options
    if field.control == "choice" and all(one.value != value for one in options):
        options = (*options, Option(value, str(value)))
    return replace(field, value=value, options=options)


def without_newer(field: Field) -> Field:
    """Leave out what servers of 2024 refuse, but for what is chosen already."""
    chosen = field.value if isinstance(field.value, list) else [field.value]
    kept = tuple(one for one in field.options if not one.newer or one.value in chosen)
    return replace(field, options=kept)


def named(words: Mapping[str, str], newer: frozenset[str] = frozenset()) -> tuple[Option, ...]:
    """Make options of values and their names."""
    return tuple(Option(value, label, value in newer) for value, label in words.items())
