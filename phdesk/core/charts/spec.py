"""What a tile shows, ready to be painted, spoken, printed or exported: no decisions are left.

One `TileView` serves the screen, `show`, `render`, the screen reader, the table behind a chart
and CSV. Colours are tokens (`preset-1` to `preset-15`, names in `core.palette`, or `#rrggbb`);
the theme turns them into pixels. Structs of msgspec rather than dataclasses: they are made about
twenty times faster, and all of them are made before the first paint.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from phdesk.core.charts.shapes import BoxPlotBody, HeatmapBody, SlopeBody
from phdesk.core.formatting import Format

Value = str | float | int | bool | None
LegendPlace = Literal["bottom", "top", "left", "right"]
ADDS_UP = ""
UNKNOWN_SUM = "it is not known whether these values add up"


class Column(Struct, frozen=True, gc=False):
    """A column of a table; numbers stand right."""

    title: str
    numeric: bool = False


class Table(Struct, frozen=True, gc=False):
    """Rows of raw values and, cell by cell, the text that the screen shows for them."""

    columns: tuple[Column, ...] = ()
    rows: Sequence[tuple[Value, ...]] = ()
    texts: Sequence[tuple[str, ...]] = ()
    note: str = ""  # for example "First 100 rows"
    colors: tuple[tuple[str, ...], ...] = ()  # of cells, as `texts`; empty where there is none


class GoalLine(Struct, frozen=True, gc=False):
    """A horizontal line across a chart."""

    label: str
    value: float
    text: str = ""  # the value, formatted
    color: str = "muted"
    named: bool = True  # its name and value stand beside it
    at_start: bool = False  # and rather at the left


class XYSeries(Struct, frozen=True, gc=False, kw_only=True):
    """One series over shared buckets; `values` is as long as the chart's `x_labels`."""

    label: str
    color: str
    values: tuple[float | None, ...]
    mark: Literal["line", "area", "bar"] = "line"
    dashed_from: int | None = None  # index of the first bucket that is still being counted
    previous: bool = False  # of the period before: lighter, never dashed for incompleteness
    hidden: bool = False
    right_axis: bool = False
    axis: int = 0  # 2 is the second at the left, 3 the second at the right
    no_sum: str = UNKNOWN_SUM  # why buckets cannot be added up; empty when they can
    format: Format | None = None  # None: that of its axis
    texts: tuple[str, ...] = ()  # what is written beside its points, where it is not the value


class Overlay(Struct, frozen=True, gc=False, kw_only=True):
    """A thin line that follows from a series by a rule, such as its trend; no part of tables."""

    series: int  # index of its series, whose colour and axis it has
    values: tuple[float | None, ...]
    rule: Literal["trend", "average"] = "trend"


class AxisMark(Struct, frozen=True, gc=False, kw_only=True):
    """Something that happened in a bucket: a small mark below the time axis."""

    at: int  # index of the bucket
    texts: tuple[str, ...]


class Side(Struct, frozen=True, gc=False, kw_only=True):
    """How the value axis at one side looks, as far as an insight says."""

    label: str = ""  # what is counted, beside the numbers
    from_zero: bool = True  # else lines begin near their lowest value; bars and areas never do
    ticks: bool = True  # the numbers are written
    log: bool | None = None  # None: as the whole chart


USUAL = Side()


class XYBody(Struct, frozen=True, gc=False, kw_only=True):
    """Lines, areas or bars over buckets (time, days of stickiness, bins, or categories)."""

    x_labels: tuple[str, ...]  # short, for the axis
    x_titles: tuple[str, ...]  # whole, for tooltips
    series: tuple[XYSeries, ...]
    stacked: bool = False  # areas and bars pile up; negative values pile down
    percent: bool = False  # each bucket's pile is scaled to 100 %
    format: Format = Format()
    right_format: Format = Format()
    log: bool = False
    goal_lines: tuple[GoalLine, ...] = ()
    value_labels: tuple[str, ...] = ()  # above the bars of the only series, one a bucket
    legend: bool = True
    legend_order: tuple[int, ...] = ()  # indexes of `series` when it is not that of drawing
    x_dated: tuple[str, ...] = ()  # labels with their day, where `x_labels` name it once a day
    overlays: tuple[Overlay, ...] = ()
    all_values: bool = False  # every series' values are written beside its points, as they fit
    x_starts: tuple[str, ...] = ()  # when buckets begin, as sent; empty where they are no times
    marks: tuple[AxisMark, ...] = ()
    set_aside: tuple[int, ...] = ()  # series hidden by hand: the legend still names them
    x_end: str = ""  # where the last bucket ends; labels then stand at edges, not at middles
    foot: tuple[str, str] = ("", "")  # a figure below the chart: its name and its text
    left: Side = USUAL
    right: Side = USUAL
    x_label: str = ""  # what the buckets are, below their names
    x_ticks: bool = True  # the names of buckets are written
    grid: bool = True  # lines at the numbers of the axis
    summed: tuple[int, ...] = ()  # series that a tooltip adds up, as far as they are shown
    legend_place: LegendPlace = "bottom"  # where there is room for it
    smooth: bool = False  # lines bend between their points, and never beyond them


class Share(Struct, frozen=True, gc=False, kw_only=True):
    """A named total: a slice of a pie or a horizontal bar."""

    label: str
    color: str
    value: float | None
    text: str  # formatted value
    share_text: str = ""  # such as "37.5%"
    hidden: bool = False
    previous: bool = False
    parts: tuple["Share", ...] = ()  # of a bar that is divided, in the order of drawing


class BarsBody(Struct, frozen=True, gc=False):
    """Horizontal bars from zero, in the order in which they are drawn."""

    shares: tuple[Share, ...]


class PieBody(Struct, frozen=True, gc=False):
    """A pie with its total."""

    shares: tuple[Share, ...]
    total_text: str = ""
    donut: bool = False
    labels_on_slices: bool = False
    format: Format = Format()
    set_aside: tuple[int, ...] = ()  # slices hidden by hand: their names stay


class NumberBody(Struct, frozen=True, gc=False, kw_only=True):
    """One big number; `direction` is that of the change, judged by sign alone."""

    text: str
    value: float | None = None
    caption: str = ""  # what it counts
    delta_text: str = ""  # such as "12.5%"
    direction: Literal["up", "down", "flat", ""] = ""
    comparison: str = ""  # such as "from previous period" or "No data for comparison"
    delta_color: str = ""  # where it is not that of its direction


class MetricBody(Struct, frozen=True, gc=False, kw_only=True):
    """One big number over the small line of the values that it sums up."""

    number: NumberBody
    values: tuple[float | None, ...]
    x_titles: tuple[str, ...]
    color: str = "preset-1"
    dashed_from: int | None = None
    format: Format = Format()


class ProportionBody(Struct, frozen=True, gc=False):
    """One bar of 100 %, divided among the shares, with a legend."""

    shares: tuple[Share, ...]
    total_text: str = ""
    format: Format = Format()
    set_aside: tuple[int, ...] = ()  # shares hidden by hand: their names stay


class TableBody(Struct, frozen=True, gc=False):
    """The view's table itself is what is drawn."""

    title: str = ""


class Country(Struct, frozen=True, gc=False, kw_only=True):
    """A country's value on the map; strength is that of its colour, 0 to 1, 0 for no colour."""

    code: str
    name: str
    value: float
    text: str
    strength: float


class MapBody(Struct, frozen=True, gc=False):
    """A world map; `unplaced` names what has no place on it, such as unknown codes."""

    countries: tuple[Country, ...]
    unplaced: tuple[str, ...] = ()
    color: str = "map"


class FunnelBar(Struct, frozen=True, gc=False, kw_only=True):
    """One group's part of a step: its count and its rate of the reference step, 0 to 1."""

    count: float
    rate: float
    text: str  # such as "8,438 (41.84%)"


class FunnelStep(Struct, frozen=True, gc=False, kw_only=True):
    """A step with all that is written beside it; texts are empty where they do not apply."""

    name: str
    count: float
    rate: float  # of the reference step, 0 to 1
    count_text: str  # such as "8,438"
    rate_text: str  # such as "41.84%"
    dropped_text: str = ""  # such as "11,728"
    dropped_rate_text: str = ""  # such as "58.16%"
    time_text: str = ""  # median or average time from the step before
    event: str = ""  # what is counted, where a name of its own hides it
    bars: tuple[FunnelBar, ...] = ()  # one a group, in the order of `FunnelBody.groups`


class FunnelGroup(Struct, frozen=True, gc=False):
    """A value of the funnel's breakdown, or the baseline."""

    label: str
    color: str
    previous: bool = False  # of the period before: lighter
    hidden: bool = False


class FunnelBody(Struct, frozen=True, gc=False, kw_only=True):
    """A funnel of steps; `columns` is left to right, else rows from top to bottom."""

    steps: tuple[FunnelStep, ...]
    groups: tuple[FunnelGroup, ...]
    columns: bool = True
    total_text: str = ""  # total conversion, such as "14.20%"
    average_time_text: str = ""
    actors: str = "persons"
    set_aside: tuple[int, ...] = ()  # groups hidden by hand: the legend still names them


class RetentionCell(Struct, frozen=True, gc=False):
    """A cell: `ratio` 0 to 1, in progress while its period is not over."""

    text: str
    ratio: float
    in_progress: bool = False


class RetentionRow(Struct, frozen=True, gc=False, kw_only=True):
    """A cohort, with cells only for periods that have begun."""

    label: str
    size_text: str
    cells: tuple[RetentionCell, ...]
    mean: bool = False
    heading: bool = False  # the name of a breakdown's value, above its cohorts


class RetentionBody(Struct, frozen=True, gc=False):
    """A cohort matrix."""

    columns: tuple[str, ...]  # "Day 0" …
    rows: tuple[RetentionRow, ...]
    sized: bool = True  # the sizes of cohorts are written where there is room


class PairBody(Struct, frozen=True, gc=False, kw_only=True):
    """Curves over the cohort matrix that they are drawn from."""

    chart: XYBody
    matrix: RetentionBody


class SankeyNode(Struct, frozen=True, gc=False, kw_only=True):
    """A stop of a path; layer counts from 0."""

    layer: int
    label: str  # shortened
    title: str  # whole
    value: float
    text: str
    dropoff: float = 0.0
    came_text: str = ""  # the sum of what arrives; empty at the first stop
    went_text: str = ""  # the sum of what goes on
    dropoff_text: str = ""  # the rest, where it is more than nothing


class SankeyLink(Struct, frozen=True, gc=False, kw_only=True):
    """A flow between two nodes, by their index."""

    source: int
    target: int
    value: float


class SankeyBody(Struct, frozen=True, gc=False):
    """User paths."""

    nodes: tuple[SankeyNode, ...]
    links: tuple[SankeyLink, ...]
    actors: str = "persons"
    undrawn: int = 0  # paths that lead back or count nobody; the table lists them


class MarkdownBody(Struct, frozen=True, gc=False):
    """A text card."""

    source: str


class ButtonBody(Struct, frozen=True, gc=False, kw_only=True):
    """A button tile; the address is safe to open, or empty."""

    text: str
    url: str
    primary: bool = True
    placement: str = "left"


IN_POSTHOG = "Open in PostHog"


class NoticeBody(Struct, frozen=True, gc=False, kw_only=True):
    """A tile that has no chart: says why, in one calm sentence."""

    state: Literal["error", "empty", "pending", "waiting", "unsupported", "forbidden"]
    headline: str
    detail: str = ""
    link: str = ""  # words that lead to PostHog, where it shows what we do not draw


Body = (
    XYBody
    | BarsBody
    | PieBody
    | NumberBody
    | MetricBody
    | ProportionBody
    | SlopeBody
    | BoxPlotBody
    | HeatmapBody
    | TableBody
    | MapBody
    | FunnelBody
    | RetentionBody
    | PairBody
    | SankeyBody
    | MarkdownBody
    | ButtonBody
    | NoticeBody
)


class TileView(Struct, frozen=True, gc=False, kw_only=True):
    """A tile, ready to be shown in any form."""

    title: str
    kind: str  # PostHog's kind: "TrendsQuery", "HogQLQuery", …, "text", "button", "widget"
    kind_label: str  # for people: "Trends", "Funnel", "SQL", …
    display: str  # PostHog's display, such as "ActionsLineGraph"
    summary: str  # one sentence
    body: Body
    table: Table = Table()
    range_label: str = ""  # such as "last 30 days"
    range_dates: str = ""  # what it came to, such as "24 Oct – 23 Nov 2026"; empty if unknown
    description: str = ""
    computed_at: datetime | None = None
    warning: str = ""  # set when what is shown is older than a failure that came after it
    short_id: str = ""
    accent: str | None = None  # the tile's colour bar, "#rrggbb"
    alert: str = ""  # why the tile is on alert, such as "Alert: above 2%"
    alert_note: str = ""  # of alerts of which none fires, such as "Alert snoozed until 14:05"
    alert_errored: bool = False  # the note is of one that PostHog could not check

    @property
    def whole_range(self) -> str:
        """Give the range with the dates that it came to."""
        return f"{self.range_label} ({self.range_dates})" if self.range_dates else self.range_label
