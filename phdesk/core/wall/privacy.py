"""Hide amounts of money, or who people are, in what a tile shows: on a wall everyone looks.

The view itself is changed, before anything is painted of it: nothing readable lies under a blur.
Picture, table, sentence and what a screen reader says are all made of the same changed view.

What is money and who is named nobody can tell for certain, so this errs towards hiding. A tile
that counts money loses all its figures, and its chart keeps its shape alone: values are scaled, so
that the largest is 100. A tile that may name people (`core.people`) loses all names, and as a
table of people all cells. What a text does not say by its form, such as a name in a text card,
stays.
"""

import math
import re
from collections.abc import Callable, Collection
from typing import Any

from msgspec import Struct, structs

from phdesk.core.charts.long_rows import whole
from phdesk.core.charts.spec import (
    Column,
    FunnelBody,
    FunnelStep,
    GoalLine,
    MetricBody,
    NoticeBody,
    NumberBody,
    RetentionRow,
    SankeyBody,
    Table,
    TableBody,
    TileView,
    Value,
    XYBody,
)
from phdesk.core.dates import parse_iso
from phdesk.core.formatting import BLOCK, HIDDEN, Format
from phdesk.core.people import may_name_people
from phdesk.core.wall.money import (
    has_money,
    has_sign,
    is_of_money,
    without_figures,
    without_money,
)
from phdesk.models.insight import Insight
from phdesk.models.wall import Blur

Visit = Callable[[Any, str, Struct], Any]
NO_WORDS = frozenset(  # texts that are not shown, or never come from data
    {
        "accent", "actors", "code", "color", "colors", "currency", "delta_color", "direction",
        "display", "kind", "kind_label", "legend_place", "link", "mark", "no_sum", "placement",
        "rule", "short_id", "state", "style", "url", "x_starts",
    }
)  # fmt: skip
FIGURES = frozenset(
    {
        "average_time_text", "came_text", "change_text", "column_totals", "count_text",
        "delta_text", "dropoff_text", "dropped_rate_text", "dropped_text", "end_text",
        "high_text", "low_text", "rate_text", "share_text", "short", "size_text", "start_text",
        "text", "time_text", "total_text", "value_labels", "went_text",
    }
)  # fmt: skip
TIMES = frozenset({"range_label", "range_dates", "x_end", "start_title", "end_title"})
BUCKETS = frozenset({"x_labels", "x_titles", "x_dated"})
SAID = frozenset(  # names of what is counted
    {
        "caption", "column_title", "columns", "comparison", "event", "headline", "label", "name",
        "row_title", "title", "x_label",
    }
)  # fmt: skip
VALUES = frozenset({"count", "value", "values"})  # numbers that may come without decimals
SHARES = frozenset({"rate", "ratio", "strength"})  # 0 to 1: they say how, not how much
LARGEST = 100.0
_LETTER = re.compile(r"[^\W\d_]")
_MAIL = re.compile(r"[^\s@<>()\[\],;]+@[^\s@<>()\[\],;]+")
NAMELESS = "{title}: {kind}, names of people are hidden."


def blurred(view: TileView, blur: Collection[Blur], insight: Insight | None = None) -> TileView:
    """Hide what a wall is not to show; `insight` is the one that the view was made of."""
    if blur:
        view = structs.replace(view, table=whole(view.table))  # else rows yet to come pass unseen
    counts = "amounts" in blur and _counts_money(view)
    if "people" in blur:
        names = insight is not None and may_name_people(insight)
        view = _without_names(view) if names else view
        view = _each(view, _without_mail) if "@" in _words(view) else view
    if "amounts" in blur:
        view = _without_amounts(view) if counts else view
        view = _each(view, _without_money) if has_sign(_words(view)) else view
    return view


def hides(view: TileView, blur: Collection[Blur], insight: Insight | None = None) -> bool:
    """Tell whether a view, already blurred, hides something: words beside it must not say it."""
    if not blur:
        return False
    formats: list[tuple[str, Any]] = []
    _all(view, Format, formats)
    if BLOCK in _words(view) or any(how.style == HIDDEN for _, how in formats):
        return True
    if "people" in blur and insight is not None and may_name_people(insight):
        return True
    return "amounts" in blur and _counts_money(view)


def _each(value: Any, visit: Visit, name: str = "", owner: Struct | None = None) -> Any:
    """Change every text and number in a struct, wherever it stands in it."""
    if isinstance(value, Struct):
        if isinstance(value, Format):
            return visit(value, name, owner or value)
        pairs = ((each, getattr(value, each)) for each in value.__struct_fields__)
        changed = {each: _each(held, visit, each, value) for each, held in pairs}
        return structs.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple([_each(held, visit, name, owner) for held in value])
    return value if owner is None else visit(value, name, owner)


def _all(
    value: Any, kind: type | tuple[type, ...], found: list[tuple[str, Any]], name: str = ""
) -> None:
    """Find every text, number or format in a struct, with the name of its field."""
    if isinstance(value, kind):
        found.append((name, value))
    elif isinstance(value, Struct):
        for each in value.__struct_fields__:
            _all(getattr(value, each), kind, found, each)
    elif isinstance(value, tuple):
        for held in value:
            if isinstance(held, kind):
                found.append((name, held))
            elif isinstance(held, (Struct, tuple)):
                _all(held, kind, found, name)


def _words(view: TileView) -> str:
    """Join all that is said: looking through it at once is fast."""
    found: list[tuple[str, Any]] = []
    _all(view, str, found)
    return "\n".join([text for name, text in found if name not in NO_WORDS])


def _without_mail(value: Any, name: str, _owner: Struct) -> Any:
    return _MAIL.sub(BLOCK, value) if isinstance(value, str) and name not in NO_WORDS else value


def _without_money(value: Any, name: str, _owner: Struct) -> Any:
    return without_money(value) if isinstance(value, str) and name not in NO_WORDS else value


# Amounts


def _counts_money(view: TileView) -> bool:
    """Tell whether any figure of a view is money, by its format, its sign or its name."""
    if isinstance(view.body, NoticeBody):
        return False
    formats: list[tuple[str, Any]] = []
    _all(view.body, Format, formats)
    if any(is_of_money(how) for _, how in formats):
        return True
    words = _words(structs.replace(view, description="", warning=""))
    if isinstance(view.body, FunnelBody | SankeyBody):  # they count people: "prices" is a page
        return without_money(words) != words
    return has_money(words)


def _without_amounts(view: TileView) -> TileView:
    if view.kind == "text":
        return view  # of its words only the amounts go
    numbers: list[tuple[str, Any]] = []
    _all(view.body, (float, int), numbers)
    amounts = [abs(value) for name, value in numbers if _is_amount(value, name)]
    largest = max(amounts, default=0.0)
    scale = LARGEST / largest if largest else 1.0

    def visit(value: Any, name: str, owner: Struct) -> Any:
        if isinstance(value, Format):
            return Format(style=HIDDEN)
        if isinstance(value, str):
            return _hidden_figure(value, name, owner)
        return value * scale if _is_amount(value, name) else value

    return structs.replace(
        view,
        body=_each(view.body, visit),
        table=_table_without_amounts(view.table),
        summary=without_figures(view.summary),
        alert=without_figures(view.alert),  # the note has none but a time
        warning=without_figures(view.warning),
        description=without_figures(view.description),
    )


def _is_amount(value: object, name: str) -> bool:
    if isinstance(value, bool) or name in SHARES:
        return False
    is_number = isinstance(value, float) or (isinstance(value, int) and name in VALUES)
    return is_number and math.isfinite(value)  # type: ignore[arg-type]


def _hidden_figure(text: str, name: str, owner: Struct) -> str:
    """Hide a text of a chart as far as it may be a figure."""
    if not text or name in NO_WORDS or name in TIMES:
        return text
    if name in SAID:
        return _hidden_bin(text)
    if name in BUCKETS:
        timed = not isinstance(owner, XYBody) or bool(owner.x_starts)
        return text if timed else without_figures(text)  # bins of amounts
    return BLOCK if name in FIGURES else without_figures(text)


def _hidden_bin(name: str) -> str:
    """Hide a name that is a number or a range of them: who breaks down by amounts gets amounts."""
    bare = without_figures(name)
    return name if _LETTER.search(bare.replace(BLOCK, "")) else bare


def _table_without_amounts(table: Table) -> Table:
    numeric = [column.numeric for column in table.columns]

    def hides(place: int, value: Value, text: str) -> bool:
        if value is None or isinstance(value, bool):
            return False
        in_numbers = place < len(numeric) and numeric[place]
        if in_numbers or not isinstance(value, str) or text.startswith(("{", "[")):
            return True  # JSON may hold anything
        return _hidden_bin(text) != text and not parse_iso(text)

    return _cells_hidden(table, hides)


def _cells_hidden(table: Table, hides: Callable[[int, Value, str], bool]) -> Table:
    marks = [
        [hides(place, *cell) for place, cell in enumerate(zip(row, texts, strict=True))]
        for row, texts in zip(table.rows, table.texts, strict=True)
    ]
    return structs.replace(
        table,
        rows=tuple(_over(row, each) for row, each in zip(table.rows, marks, strict=True)),
        texts=tuple(_over(row, each) for row, each in zip(table.texts, marks, strict=True)),
    )


def _over(row: tuple[Any, ...], marks: list[bool]) -> tuple[Any, ...]:
    return tuple(BLOCK if mark else held for held, mark in zip(row, marks, strict=True))


# People


def _without_names(view: TileView) -> TileView:
    texts: list[tuple[str, Any]] = []
    _all(view.body, str, texts)
    kept = {value for name, value in texts if _is_time(name, view.body)}
    names: set[str] = set()

    def visit(value: Any, name: str, owner: Struct) -> Any:
        if not isinstance(value, str) or not value or value in kept or _tells(name, owner):
            return value
        names.add(value)
        return BLOCK

    body = view.body if isinstance(view.body, NoticeBody) else _each(view.body, visit)
    return structs.replace(
        view,
        body=structs.replace(body, detail="") if isinstance(body, NoticeBody) else body,
        table=_table_without_names(view.table, names, kept, of_people=isinstance(body, TableBody)),
        summary=NAMELESS.format(title=view.title, kind=view.kind_label),
    )


def _is_time(name: str, body: object) -> bool:
    return name in TIMES or (
        name in BUCKETS and (not isinstance(body, XYBody) or bool(body.x_starts))
    )


def _tells(name: str, owner: Struct) -> bool:
    """Tell texts that are no names: figures, what is counted, when."""
    match owner:
        case FunnelStep() | GoalLine():
            return True
        case RetentionRow():
            return name != "label" or not owner.heading
        case NumberBody():
            return name != "text" or owner.value is not None
        case MetricBody():
            return True
        case XYBody():
            return name not in BUCKETS
    return name in NO_WORDS or name in FIGURES or name in {"column_title", "row_title", "headline"}


def _table_without_names(
    table: Table, names: Collection[str], kept: Collection[str], *, of_people: bool
) -> Table:
    def hides(_place: int, value: Value, text: str) -> bool:
        return value is not None and (of_people or (isinstance(value, str) and text not in kept))

    columns = tuple(
        Column(BLOCK, column.numeric) if any(name in column.title for name in names) else column
        for column in table.columns
    )
    return structs.replace(_cells_hidden(table, hides), columns=columns)
