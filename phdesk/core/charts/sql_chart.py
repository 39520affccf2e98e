"""Draw SQL insights over an x axis: lines, bars and areas (reference 6.7)."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any, Literal

from phdesk.core.charts.context import Drawn
from phdesk.core.charts.goals import goal_lines
from phdesk.core.charts.overlays import trend_overlay
from phdesk.core.charts.spec import Overlay, XYBody, XYSeries
from phdesk.core.charts.sql_axes import Axes, YAxis, has_grid, read_side
from phdesk.core.charts.tables import Field, cell_text
from phdesk.core.dates import bucket_labels, dated_labels, in_zone, parse_iso
from phdesk.core.formatting import Format, number
from phdesk.core.jsonvalue import as_bool, as_float, as_str, as_text, written
from phdesk.core.palette import preset

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
        right=read_side(settings, "right"),
        grid=has_grid(settings),
        x_label=as_text(settings.get("xAxisLabel")) or "",
        x_ticks=as_bool(settings.get("showXAxisTicks"), default=True),
        goal_lines=goal_lines(settings.get("goalLines"), _side_format(axes, right=False), series),
        value_labels=_value_labels(series, settings, axes.how),
        all_values=as_bool(settings.get("showValuesOnSeries")),
        overlays=() if stacked else _trends(axes, series),
        legend=len(series) > 1,
    )
    return Drawn(body=body, summary=_sentence(words, series, labels, axes))


def _columns(
    axes: Axes, rows: Sequence[Sequence[Any]], display: str
) -> tuple[list[Any], tuple[XYSeries, ...]] | None:
    """Make a series of each chosen column, a bucket of each row."""
    if axes.x is None:
        return None
    series = tuple(
        XYSeries(
            label=axis.label,
            color=axis.color,
            values=tuple(as_float(row[axis.field.index]) for row in rows),
            mark=_mark(axis, display),
            right_axis=axis.right,
        )
        for axis in axes.ys
    )
    return [row[axes.x.index] for row in rows], series


def _split(
    axes: Axes, rows: Sequence[Sequence[Any]], display: str
) -> tuple[list[Any], tuple[XYSeries, ...]] | None:
    """Make a series of each value of a column; None when two rows claim the same place."""
    if axes.x is None or axes.split is None:
        return None
    axis = axes.ys[0]
    xs: dict[str, Any] = {}
    piles: dict[str, dict[str, float | None]] = {}
    for row in rows:
        x, name = row[axes.x.index], _name(row[axes.split.index])
        pile = piles.setdefault(name, {})
        if written(x) in pile:
            return None
        xs[written(x)] = x
        pile[written(x)] = as_float(row[axis.field.index])
    series = tuple(
        XYSeries(
            label=name,
            color=preset(index),
            values=tuple(pile.get(key) for key in xs),
            mark=_mark(axis, display),
            right_axis=axis.right,
        )
        for index, (name, pile) in enumerate(piles.items())
    )
    return list(xs.values()), series


def _trends(axes: Axes, series: Sequence[XYSeries]) -> tuple[Overlay, ...]:
    """Give the trends of the columns that ask for one, or of all their parts."""
    wanted = [axes.ys[0].trend] * len(series) if axes.split else [axis.trend for axis in axes.ys]
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
