"""Choose the axes of SQL charts from their settings, or by PostHog's defaults (reference 6.7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from phdesk.core.charts.spec import Side
from phdesk.core.charts.tables import Field
from phdesk.core.formatting import Format
from phdesk.core.jsonvalue import as_bool, as_dict, as_int, as_list, as_str, as_text
from phdesk.core.palette import hex_of, preset

STYLES = {"short": "short", "percent": "sql_percent", "number": "numeric"}


class YAxis(Struct, frozen=True, gc=False, kw_only=True):
    """A column that is drawn."""

    field: Field
    label: str
    color: str
    how: Format
    mark: str = "auto"
    right: bool = False
    trend: bool = False  # with the line of its trend


class Axes(Struct, frozen=True, gc=False, kw_only=True):
    """The columns of a chart; `split` makes a series of each of its values."""

    x: Field | None = None
    ys: tuple[YAxis, ...] = ()
    split: Field | None = None
    how: Format = Format()


def read_axes(fields: Sequence[Field], settings: Mapping[str, Any]) -> Axes:
    """Take the chosen columns; by default x is the first date (or column), y all numbers."""
    x = named_field(fields, as_dict(settings.get("xAxis")).get("column")) or _default_x(fields)
    split = named_field(fields, settings.get("seriesBreakdownColumn"))
    chosen = [as_dict(entry) for entry in as_list(settings.get("yAxis"))]
    chosen = [entry for entry in chosen if named_field(fields, entry.get("column"))]
    if not chosen:
        taken = {field.index for field in (x, split) if field is not None}
        numbers = [field for field in fields if field.sort == "number"]
        rest = [field for field in numbers if field.index not in taken]
        chosen = [{"column": field.key} for field in rest or numbers[:1]]
    ys = tuple(_axis(fields, entry, index) for index, entry in enumerate(chosen))
    return Axes(x=x, ys=ys, split=split, how=ys[0].how if ys else Format())


def first_number(fields: Sequence[Field], settings: Mapping[str, Any]) -> YAxis | None:
    """Find the column of a big number: the first chosen one, else the first of numbers."""
    if as_list(settings.get("yAxis")):
        return next(iter(read_axes(fields, settings).ys), None)
    numbers = [field for field in fields if field.sort == "number"]
    return _axis(fields, {"column": numbers[0].key}, 0) if numbers else None


def named_field(fields: Sequence[Field], name: object) -> Field | None:
    """Find a column by the name that settings use."""
    return next((field for field in fields if field.key == name), None)


def column_settings(entry: Mapping[str, Any], part: str) -> dict[str, Any]:
    """Give a part of a column's settings: `formatting` or `display`."""
    return as_dict(as_dict(entry.get("settings")).get(part))


def sql_format(formatting: Mapping[str, Any]) -> Format | None:
    """Read how a column is written; None when nothing is set."""
    style = as_str(formatting.get("style"))
    prefix, suffix = as_str(formatting.get("prefix")), as_str(formatting.get("suffix"))
    decimals = as_int(formatting.get("decimalPlaces"))
    if style not in STYLES and not prefix and not suffix and decimals is None:
        return None
    return Format(
        style=STYLES.get(style, "numeric"),
        prefix=prefix,
        postfix=suffix,
        decimals=decimals,
        min_decimals=decimals,
    )


def _default_x(fields: Sequence[Field]) -> Field | None:
    dated = (field for field in fields if field.sort in {"date", "time"})
    return next(dated, fields[0] if fields else None)


def _axis(fields: Sequence[Field], entry: Mapping[str, Any], index: int) -> YAxis:
    field = named_field(fields, entry.get("column")) or fields[0]
    display = column_settings(entry, "display")
    color = as_str(display.get("color"))
    return YAxis(
        field=field,
        label=as_text(display.get("label")) or field.title,
        color=color if hex_of(color, dark=False) else preset(index),
        how=sql_format(column_settings(entry, "formatting")) or Format(),
        mark=as_str(display.get("displayType"), "auto"),
        right=display.get("yAxisPosition") == "right",
        trend=as_bool(display.get("trendLine")),
    )


def read_side(settings: Mapping[str, Any], name: str) -> Side:
    """Read how a value axis looks; in 2024 `yAxisAtZero` held for both (reference 6.7)."""
    own = as_dict(settings.get(f"{name}YAxisSettings"))
    start = own.get("startAtZero", settings.get("yAxisAtZero"))
    return Side(
        label=as_text(own.get("label")) or "",
        from_zero=as_bool(start, default=True),
        ticks=as_bool(own.get("showTicks"), default=True),
        log=own.get("scale") == "logarithmic",
    )


def has_grid(settings: Mapping[str, Any]) -> bool:
    """Tell whether lines are drawn at the numbers, which are those of the left axis."""
    own = as_dict(settings.get("leftYAxisSettings"))
    return as_bool(own.get("showGridLines"), default=True)
