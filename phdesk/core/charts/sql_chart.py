"""Draw SQL insights over an x axis: lines, bars and areas (reference 6.7)."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any, Literal

from msgspec import structs

from phdesk.core.charts.context import Drawn
from phdesk.core.charts.goals import goal_lines
from phdesk.core.charts.overlays import trend_overlay
from phdesk.core.charts.spec import USUAL, Overlay, XYBody, XYSeries
from phdesk.core.charts.sql_axes import Axes, YAxis, has_grid, read_side
from phdesk.core.charts.tables import Field, cell_text
from phdesk.core.dates import bucket_labels, dated_labels, in_zone, parse_iso
from phdesk.core.formatting import Format, number
from phdesk.core.jsonvalue import as_bool, as_dict, as_float, as_str, as_text, written
from phdesk.core.palette import hex_of, preset

Mark = Literal["line", "area", "bar"]
MARKS: Mapping[str, tuple[Mark, bool, str]] = {  # mark, stacked, words
    "ActionsLineGraph": ("line", False, "line chart"),
    "ActionsBar": ("bar", False, "bar chart"),
    "ActionsUnstackedBar": ("bar", False, "bar chart"),
    "ActionsStackedBar": ("bar", True, "stacked bar chart"),
    "ActionsAreaGraph": ("area", True, "area chart"),
}


def chart(
    display: str,
    axes: Axes,
    rows: Sequence[Sequence[Any]],
    settings: Mapping[str, Any],
    where: tzinfo,
) -> Drawn | None:
    """Draw rows over their x column; None when they hold nothing that can be drawn so."""
    if axes.x is None or not axes.ys:
        return None
    found = _split(axes, rows, display) if axes.split else _columns(axes, rows, display)
    if found is None:
        return None
    xs, series = found
    series = _wished(series, axes, settings)
    labels, dated = _labels(xs, axes.x, where)
    _, stacked, words = MARKS[display]
    left = read_side(settings, "left")
    body = XYBody(
        x_labels=tuple(short for short, _ in labels),
        x_dated=dated,
        x_titles=tuple(title for _, title in labels),
        series=series,
        stacked=stacked,
        percent=stacked and as_bool(settings.get("stackBars100")),
        format=_side_format(axes, right=False),
        right_format=_side_format(axes, right=True),
        log=bool(left.log),
        left=left,
        right=read_side(settings, "right") if any(axis.right for axis in axes.ys) else USUAL,
        grid=has_grid(settings),
        x_label=as_text(settings.get("xAxisLabel")) or "",
        x_ticks=as_bool(settings.get("showXAxisTicks"), default=True),
        goal_lines=goal_lines(settings.get("goalLines"), _side_format(axes, right=False), series),
        value_labels=_value_labels(series, settings, axes.how),
        all_values=as_bool(settings.get("showValuesOnSeries")),
        overlays=() if stacked else _trends(axes, series),
        legend=len(series) > 1,
        summed=_summed(series, settings),
    )
    return Drawn(body=body, summary=_sentence(words, series, labels, axes))


def _columns(
    axes: Axes, rows: Sequence[Sequence[Any]], display: str
) -> tuple[list[Any], tuple[XYSeries, ...]] | None:
    """Make a series of each chosen column, a bucket of each row."""
    if axes.x is None:
        return None
    series = tuple(
        _series(axis, display, axis.label, tuple(as_float(row[axis.field.index]) for row in rows))
        for axis in axes.ys
    )
    return [row[axes.x.index] for row in rows], series


def _split(
    axes: Axes, rows: Sequence[Sequence[Any]], display: str
) -> tuple[list[Any], tuple[XYSeries, ...]] | None:
    """Make a series of each value of a column; None when two rows claim the same place.

    With several y columns each has its own, named by column and value.
    """
    if axes.x is None or axes.split is None:
        return None
    xs: dict[str, Any] = {}
    piles: dict[str, dict[str, Sequence[Any]]] = {}
    for row in rows:
        x, name = row[axes.x.index], _name(row[axes.split.index])
        pile = piles.setdefault(name, {})
        if written(x) in pile:
            return None
        xs[written(x)] = x
        pile[written(x)] = row
    made = [
        _series(axis, display, _named(axis, name, axes), _of_pile(axis, pile, xs))
        for axis in axes.ys
        for name, pile in piles.items()
    ]
    series = tuple(structs.replace(one, color=preset(i)) for i, one in enumerate(made))
    return list(xs.values()), series


def _series(axis: YAxis, display: str, label: str, values: tuple[float | None, ...]) -> XYSeries:
    return XYSeries(
        label=label,
        color=axis.color,
        values=values,
        mark=_mark(axis, display),
        right_axis=axis.right,
        format=axis.how,
    )


def _named(axis: YAxis, name: str, axes: Axes) -> str:
    return f"{axis.label} - {name}" if len(axes.ys) > 1 else name


def _of_pile(
    axis: YAxis, pile: Mapping[str, Sequence[Any]], xs: Mapping[str, Any]
) -> tuple[float | None, ...]:
    return tuple(as_float(pile[key][axis.field.index]) if key in pile else None for key in xs)


def _wished(
    series: Sequence[XYSeries], axes: Axes, settings: Mapping[str, Any]
) -> tuple[XYSeries, ...]:
    """Colour and hide the values of a split as the settings say, and fill gaps with zeros."""
    customs = as_dict(settings.get("resultCustomizations")) if axes.split else {}
    fills = as_bool(settings.get("showNullsAsZero"))
    made = []
    for one in series:
        wish = as_dict(customs.get(one.label.rpartition(" - ")[2]) or customs.get(one.label))
        color = as_str(wish.get("color"))
        values = tuple(value or 0.0 for value in one.values) if fills else one.values
        made.append(
            structs.replace(
                one,
                color=color if hex_of(color, dark=False) else one.color,
                hidden=as_bool(wish.get("hidden")),
                values=values,
            )
        )
    return tuple(made)


def _summed(series: Sequence[XYSeries], settings: Mapping[str, Any]) -> tuple[int, ...]:
    """Choose what a tooltip adds up: what is written as the first is, on its axis; no shares."""
    if not as_bool(settings.get("showTotalRow"), default=True):
        return ()
    counts = [(i, one) for i, one in enumerate(series) if not _is_share(one)]
    alike = [i for i, one in counts if _alike(one, counts[0][1])]
    return tuple(alike) if len(alike) > 1 else ()


def _is_share(series: XYSeries) -> bool:
    return series.format is not None and series.format.style == "sql_percent"


def _alike(one: XYSeries, other: XYSeries) -> bool:
    return (one.right_axis, one.format) == (other.right_axis, other.format)


def _trends(axes: Axes, series: Sequence[XYSeries]) -> tuple[Overlay, ...]:
    """Give the trends of the columns that ask for one, or of all their parts."""
    parts = len(series) // max(len(axes.ys), 1) if axes.split else 1
    wanted = [axis.trend for axis in axes.ys for _ in range(parts)]
    return tuple(
        overlay
        for index, one in enumerate(series)
        if wanted[index]
        for overlay in trend_overlay(index, one)
    )


def _mark(axis: YAxis, display: str) -> Mark:
    match axis.mark:
        case "line":
            return "line"
        case "bar":
            return "bar"
        case "area":
            return "area"
        case _:
            return MARKS[display][0]


def _name(value: object) -> str:
    return "(empty)" if value in (None, "") else as_str(value) or written(value)


def _labels(
    xs: Sequence[Any], field: Field, where: tzinfo
) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """Label dates as buckets of the finest unit that they differ in, all else as cells."""
    moments = [moment for moment in map(parse_iso, xs) if moment is not None]
    if field.sort not in {"date", "time"} or len(moments) < len(xs):
        texts = [cell_text(x, field, where) for x in xs]
        return list(zip(texts, texts, strict=True)), ()
    local = [in_zone(moment, where) for moment in moments]
    has_clock = any(moment.hour or moment.minute for moment in local)
    days, interval = [moment.isoformat() for moment in local], "hour" if has_clock else "day"
    return bucket_labels(days, interval), dated_labels(days, interval)


def _side_format(axes: Axes, *, right: bool) -> Format:
    return next((axis.how for axis in axes.ys if axis.right is right), axes.how)


def _value_labels(
    series: Sequence[XYSeries], settings: Mapping[str, Any], how: Format
) -> tuple[str, ...]:
    if (
        len(series) != 1
        or series[0].mark != "bar"
        or not as_bool(settings.get("showValuesOnSeries"))
    ):
        return ()
    return tuple(number(value, how) for value in series[0].values)


def _sentence(
    words: str,
    series: Sequence[XYSeries],
    labels: Sequence[tuple[str, str]],
    axes: Axes,
) -> str:
    parts = [words, f"{len(series)} series", f"{len(labels)} points"]
    if len(series) == 1 and labels:
        last = number(series[0].values[-1], axes.how)
        parts.append(f"last value {last} at {labels[-1][1]}")
    return f"{', '.join(parts)}."
