"""Draw SQL insights as heat maps and box plots (reference 6.7; some names are unverified)."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from phdesk.core.charts.box_plot import box_of, sentence
from phdesk.core.charts.context import Drawn
from phdesk.core.charts.heatmap import cell_of
from phdesk.core.charts.shapes import Box, BoxPlotBody, BoxSeries, HeatCell, HeatmapBody, HeatRow
from phdesk.core.charts.sql_axes import Axes, column_settings, named_field, sql_format
from phdesk.core.charts.tables import Field, cell_text
from phdesk.core.formatting import Format, compact, number
from phdesk.core.jsonvalue import as_dict, as_list, as_number, as_str, as_text
from phdesk.core.palette import hex_of, preset

Rows = Sequence[Sequence[Any]]
FIGURES: Mapping[str, str] = {  # lower-case column names of a box
    **dict.fromkeys(("min", "minimum", "low", "lower"), "min"),
    **dict.fromkeys(("p25", "q1", "percentile_25", "quantile_25"), "p25"),
    **dict.fromkeys(("median", "p50", "q2"), "median"),
    **dict.fromkeys(("p75", "q3", "percentile_75", "quantile_75"), "p75"),
    **dict.fromkeys(("max", "maximum", "high", "upper"), "max"),
    **dict.fromkeys(("mean", "avg", "average"), "mean"),
}


def heat_map(
    fields: Sequence[Field], rows: Rows, settings: Mapping[str, Any], where: tzinfo
) -> Drawn | None:
    """Draw one row of the answer a cell; None when two claim the same one, or none is a number."""
    own = as_dict(settings.get("heatmap"))
    axes = _heat_axes(fields, own)
    if axes is None:
        return None
    across, down, field = axes
    places: dict[tuple[str, str], float | None] = {}
    for row in rows:
        blank = as_str(own.get("nullLabel"), "(empty)")
        key = (_name(row, down, blank, where), _name(row, across, blank, where))
        if key in places:
            return None
        places[key] = as_number(row[field.index])
    known = [value for value in places.values() if value is not None]
    if not known:
        return None
    how = _format(settings, field)
    body = _heat_body(places, known, how, _hue(own))
    words = f"heat map, {len(body.rows)} rows, {len(body.columns)} columns"
    most = max(known)
    name = next(" and ".join(key) for key, value in places.items() if value == most)
    return Drawn(body=body, summary=f"{words}, largest {number(most, how)} at {name}.")


def box_plot(fields: Sequence[Field], axes: Axes, rows: Rows, where: tzinfo) -> Drawn | None:
    """Draw one row of the answer a box, from columns named as its lines; None without them."""
    named = {FIGURES[field.key.lower()]: field for field in fields if field.key.lower() in FIGURES}
    if axes.x is None or axes.x in named.values():
        return None
    x = axes.x
    piles: dict[str, dict[str, Box | None]] = {}
    labels: dict[str, None] = {}
    for row in rows:
        name = "Values" if axes.split is None else _name(row, axes.split, "(empty)", where)
        label = cell_text(row[x.index], x, where)
        if label in piles.setdefault(name, {}):
            return None
        labels[label] = None
        piles[name][label] = box_of({key: row[field.index] for key, field in named.items()})
    if not any(box for pile in piles.values() for box in pile.values()):
        return None
    body = BoxPlotBody(
        x_labels=tuple(labels),
        x_titles=tuple(labels),
        series=tuple(
            BoxSeries(label=name, color=preset(i), boxes=tuple(map(pile.get, labels)))
            for i, (name, pile) in enumerate(piles.items())
        ),
        format=axes.how,
    )
    return Drawn(body=body, summary=sentence(body, list(labels)))


def _heat_axes(
    fields: Sequence[Field], own: Mapping[str, Any]
) -> tuple[Field, Field, Field] | None:
    """Take the chosen columns; by default the first two are the axes, then the first number."""
    chosen = [named_field(fields, own.get(f"{one}Column")) for one in ("xAxis", "yAxis", "value")]
    value = chosen[2]
    if value is None:
        taken = {field.index for field in chosen if field is not None}
        numbers = [f for f in fields if f.sort == "number" and f.index not in taken]
        value = next((f for f in numbers if f.index > 1), numbers[-1] if numbers else None)
    if value is None:
        return None
    rest = [f for f in fields if f is not value and f not in chosen]
    across = chosen[0] or (rest.pop(0) if rest else None)
    down = chosen[1] or (rest.pop(0) if rest else None)
    return None if across is None or down is None else (across, down, value)


def _heat_body(
    places: Mapping[tuple[str, str], float | None], known: Sequence[float], how: Format, hue: str
) -> HeatmapBody:
    columns = list(dict.fromkeys(column for _, column in places))
    least, most = min(known), max(known)
    least = min(least, 0.0) if least < most / 2 else least
    nothing = HeatCell("", known=False)
    return HeatmapBody(
        columns=tuple(columns),
        rows=tuple(
            HeatRow(
                label=row,
                cells=tuple(
                    cell_of(places[row, column], least, most, how)
                    if (row, column) in places
                    else nothing
                    for column in columns
                ),
            )
            for row in dict.fromkeys(row for row, _ in places)
        ),
        low_text=compact(least, how),
        high_text=compact(most, how),
        color=hue,
    )


def _hue(own: Mapping[str, Any]) -> str:
    """Take the strongest colour of the chosen gradient, whatever the form of its entries."""
    for entry in reversed(as_list(own.get("gradient"))):
        color = as_str(entry) or as_str(as_dict(entry).get("color"))
        if hex_of(color, dark=False) and color.lower() != "#ffffff":
            return color
    return "map"


def _format(settings: Mapping[str, Any], field: Field) -> Format:
    for entry in map(as_dict, as_list(settings.get("yAxis"))):
        if entry.get("column") == field.key:
            return sql_format(column_settings(entry, "formatting")) or field.how or Format()
    return field.how or Format()


def _name(row: Sequence[Any], field: Field, blank: str, where: tzinfo) -> str:
    value = row[field.index]
    return blank if value is None else as_text(cell_text(value, field, where)) or blank
