"""More of what a tile shows: slopes, boxes and heat maps, ready to be painted (see `spec`)."""

from msgspec import Struct

from phdesk.core.formatting import Format


class Slope(Struct, frozen=True, gc=False, kw_only=True):
    """A series as its first and last value."""

    label: str
    color: str
    start: float
    end: float
    start_text: str
    end_text: str
    change_text: str = ""  # such as "+12.5%"
    dashed: bool = False  # the last bucket is still being counted
    hidden: bool = False


class SlopeBody(Struct, frozen=True, gc=False, kw_only=True):
    """Lines from a first to a last bucket, named at both ends."""

    slopes: tuple[Slope, ...]
    start_title: str
    end_title: str
    set_aside: tuple[int, ...] = ()  # slopes hidden by hand: a legend still names them


class Box(Struct, frozen=True, gc=False, kw_only=True):
    """How the values of one bucket are spread."""

    low: float
    p25: float
    median: float
    p75: float
    high: float
    mean: float | None = None
    bottom: float | None = None  # where a whisker is cut, short of the minimum
    top: float | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """Give the ends of the whiskers as they are drawn."""
        bottom = self.low if self.bottom is None else self.bottom
        return bottom, self.high if self.top is None else self.top


class BoxSeries(Struct, frozen=True, gc=False, kw_only=True):
    """One series of boxes, as long as the chart's `x_labels`; None where nothing was sent."""

    label: str
    color: str
    boxes: tuple[Box | None, ...]
    hidden: bool = False


class BoxPlotBody(Struct, frozen=True, gc=False, kw_only=True):
    """Boxes from p25 to p75 with median, whiskers and mean, side by side in buckets."""

    x_labels: tuple[str, ...]
    x_titles: tuple[str, ...]
    series: tuple[BoxSeries, ...]
    x_dated: tuple[str, ...] = ()
    format: Format = Format()
    log: bool = False
    dashed_from: int | None = None  # index of the first bucket that is still being counted
    set_aside: tuple[int, ...] = ()  # series hidden by hand: the legend still names them


class HeatCell(Struct, frozen=True, gc=False):
    """A cell of a heat map: `strength` 0 to 1 between the least and the largest."""

    text: str
    strength: float = 0.0
    known: bool = True  # False where nothing was sent
    short: str = ""  # for cells that have no room for the text


class HeatRow(Struct, frozen=True, gc=False, kw_only=True):
    """A row of a heat map, as long as its columns."""

    label: str
    cells: tuple[HeatCell, ...]
    total_text: str = ""


class HeatmapBody(Struct, frozen=True, gc=False, kw_only=True):
    """Cells in rows and columns, the stronger the larger; totals where they were sent."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    column_totals: tuple[str, ...] = ()
    total_text: str = ""
    low_text: str = ""  # the ends of the scale
    high_text: str = ""
    color: str = "map"
    column_title: str = ""  # such as "Hour"
    row_title: str = ""
