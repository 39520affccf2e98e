"""Draw box plots: how the values of each bucket are spread (reference 6.1.9)."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from phdesk.core.charts import special
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.results import Number
from phdesk.core.charts.series import axis_format, unfinished_from
from phdesk.core.charts.shapes import Box, BoxPlotBody, BoxSeries
from phdesk.core.charts.spec import Column, Table, Value
from phdesk.core.charts.trends_weekdays import NOTE, SAID, weekday_places
from phdesk.core.charts.wishes import NO_WISH, Wish, key_of, read_wishes
from phdesk.core.dates import bucket_labels, dated_labels, heading, parse_iso
from phdesk.core.formatting import Format, number
from phdesk.core.jsonvalue import (
    as_bool,
    as_dict,
    as_int,
    as_list,
    as_number,
    as_str,
    as_text,
    parse,
)
from phdesk.core.palette import hex_of, preset
from phdesk.core.question import Question
from phdesk.models.insight import Insight

FIGURES = (  # as sent, as titled
    ("min", "Minimum"),
    ("p25", "25th percentile"),
    ("median", "Median"),
    ("mean", "Mean"),
    ("p75", "75th percentile"),
    ("max", "Maximum"),
)
NEEDED = ("min", "p25", "median", "p75", "max")
FENCE = 1.5  # heights of a box, beyond which values are outliers
ALL_ZERO = "all values are zero, which PostHog also sends for buckets without data"


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw a box a bucket and series; what is no box is listed."""
    result = parse(insight.result)
    sent = as_dict(result).get("boxplot_data") if isinstance(result, dict) else result
    items = [as_dict(item) for item in as_list(sent)]
    if not any(box_of(item) for item in items):
        return special.view(insight, question, context)
    how = axis_format(question.filter, context)
    days = _days(items)
    places = weekday_places(days, question)
    drawn = days if places is None else [days[place] for place in places]
    body = _body(items, drawn, question, how)
    body = structs.replace(body, dashed_from=unfinished_from(drawn, insight, question, context))
    names = [heading(day, question.interval) for day in drawn]
    table, said = _table(items, question, how), sentence(body, names)
    if places is not None:
        table, said = structs.replace(table, note=NOTE), f"{said.removesuffix('.')}, {SAID}."
    return Drawn(body=body, summary=said, table=table)


def _days(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the buckets in order of time, whichever series names them first."""
    days = list(dict.fromkeys(_day(item) for item in items))
    return sorted(days) if all(map(parse_iso, days)) else days


def _body(
    items: Sequence[Mapping[str, Any]], days: Sequence[str], question: Question, how: Format
) -> BoxPlotBody:
    labels = bucket_labels(days, question.interval)
    return BoxPlotBody(
        x_labels=tuple(short for short, _ in labels),
        x_titles=tuple(whole for _, whole in labels),
        x_dated=dated_labels(days, question.interval),
        series=_series(items, days, question),
        format=how,
        log=question.filter.get("yAxisScaleType") == "log10",
    )


def box_of(figures: Mapping[str, Any]) -> Box | None:
    """Read a box; None unless all of its five lines were sent, in their order."""
    known = [as_number(figures.get(name)) for name in NEEDED]
    found = [float(value) for value in known if value is not None]
    if len(found) < len(known) or found != sorted(found):
        return None
    low, p25, median, p75, high = found
    mean = as_number(figures.get("mean"))
    mean = None if mean is None else float(mean)
    return Box(low=low, p25=p25, median=median, p75=p75, high=high, mean=mean)


def without_outliers(box: Box) -> Box:
    """Cut the whiskers at 1.5 times the height of the box, as PostHog does.

    It does so unless `excludeBoxPlotOutliers` is off; what was sent stays in table and tooltip.
    """
    reach = FENCE * (box.p75 - box.p25)
    bottom, top = box.p25 - reach, box.p75 + reach
    return structs.replace(
        box,
        bottom=bottom if math.isfinite(bottom) and box.low < bottom else None,
        top=top if math.isfinite(top) and box.high > top else None,
    )


def sentence(body: BoxPlotBody, names: Sequence[str]) -> str:
    """Say how much is drawn, and the last median of a single series."""
    parts = ["box plot", f"{len(body.series)} series", f"{len(names)} buckets"]
    boxes = [box for one in body.series for box in one.boxes if box is not None]
    if not boxes:
        return f"{', '.join(parts)}."
    if all(box.low == box.high == 0 for box in boxes):
        return f"{', '.join([*parts, ALL_ZERO])}."
    if len(body.series) == 1:
        parts.append(_last_median(body, names))
    return f"{', '.join(parts)}."


def _last_median(body: BoxPlotBody, names: Sequence[str]) -> str:
    """Tell the last median that is final, else the last of all."""
    sent = [(i, box) for i, box in enumerate(body.series[0].boxes) if box is not None]
    final = [pair for pair in sent if body.dashed_from is None or pair[0] < body.dashed_from]
    place, box = (final or sent)[-1]
    state = "" if final else ", still being counted"
    return f"last median {number(box.median, body.format)} at {names[place]}{state}"


def _series(
    items: Sequence[Mapping[str, Any]], days: Sequence[str], question: Question
) -> tuple[BoxSeries, ...]:
    hidden = {as_int(index) for index in as_list(question.filter.get("hiddenLegendIndexes"))}
    cuts = as_bool(question.filter.get("excludeBoxPlotOutliers"), default=True)
    piles: dict[int, dict[str, Box]] = {}
    names: dict[int, str] = {}
    for item in items:
        index, box = _index(item), box_of(item)
        names.setdefault(index, as_text(item.get("series_label")) or f"Series {index + 1}")
        pile = piles.setdefault(index, {})
        if box is not None:
            pile[_day(item)] = without_outliers(box) if cuts else box
    return tuple(
        BoxSeries(
            label=names[index],
            color=_color(_wish(index, question)) or preset(index),
            boxes=tuple(pile.get(day) for day in days),
            hidden=index in hidden or as_bool(_wish(index, question).get("hidden")),
        )
        for index, pile in piles.items()
    )


def _wish(index: int, question: Question) -> Wish:
    """Find what the insight says of a series, by its number or by its place."""
    by_place = question.filter.get("resultCustomizationBy") == "position"
    key = str(index) if by_place else key_of(str(index), None, previous=False)
    return read_wishes(question).get(key, NO_WISH)


def _color(wish: Wish) -> str | None:
    color = as_str(wish.get("color"))
    return color if hex_of(color, dark=False) else None


def _table(items: Sequence[Mapping[str, Any]], question: Question, how: Format) -> Table:
    titles = [title for _, title in FIGURES]
    rows: list[tuple[Value, ...]] = []
    texts: list[tuple[str, ...]] = []
    for item in items:
        name = as_str(item.get("series_label"), f"Series {_index(item) + 1}")
        words = (name, heading(_day(item), question.interval))
        figures: list[Number] = [as_number(item.get(key)) for key, _ in FIGURES]
        rows.append((*words, *figures))
        texts.append((*words, *(number(value, how) for value in figures)))
    columns = (Column("Series"), Column("Bucket"), *(Column(t, numeric=True) for t in titles))
    return Table(columns=columns, rows=tuple(rows), texts=tuple(texts))


def _day(item: Mapping[str, Any]) -> str:
    return as_str(item.get("day")) or as_str(item.get("label"))


def _index(item: Mapping[str, Any]) -> int:
    return max(as_int(item.get("series_index"), 0) or 0, 0)
