"""Five alerts that most teams want, offered for the numbers of a dashboard that they fit."""

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from phdesk.core.watching.figures import Figure
from phdesk.core.watching.identity import RUNNING
from phdesk.models.watch import Anomaly, Baseline, Condition, Severity

FAILURES = re.compile(r"\b(error|exception|fail|crash|bug|5xx|timeout|rageclick)", re.IGNORECASE)
SIGNUPS = re.compile(
    r"\b(sign(ed)?[ _-]?up|regist(er|ration)|account[ _]created|new (user|customer|account)s?)",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"\b(revenue|mrr|arr|sales|income|turnover|invoices?|payments?|purchase|amount)",
    re.IGNORECASE,
)
SEPARATORS = re.compile(r"[_$]+")
COUNTS = frozenset({"", "dau", "unique_session", "weekly_active", "monthly_active"})
SERIES = frozenset({"value", "column"})
INTERVALS = frozenset({"day", "hour"})


class Template(Struct, frozen=True, gc=False, kw_only=True):
    """A common alert; `fits` is told a title that is about the number alone, and the number."""

    key: str
    name: str
    sentence: str
    condition: Condition
    fits: Callable[[str, Figure], bool]
    severity: Severity = "warning"
    checks: int = 1
    hysteresis: float = 0.1
    last: bool = False  # only for the last number of a tile that it fits: the whole of a funnel


class Suggestion(Struct, frozen=True, gc=False, kw_only=True):
    """A template for a number of a tile."""

    template: Template
    tile: int
    title: str  # of the tile
    figure: Figure


class TileNumbers(Struct, frozen=True, gc=False):
    """A tile's title and numbers, as `numbers.figures_of` lists them."""

    tile: int
    title: str
    figures: tuple[Figure, ...]


def suggestions(tiles: Iterable[TileNumbers]) -> tuple[Suggestion, ...]:
    """Offer each template for the numbers it fits, template by template, as tiles stand."""
    listed = tuple(tiles)
    return tuple(
        Suggestion(template=template, tile=tile.tile, title=tile.title, figure=figure)
        for template in TEMPLATES
        for tile in listed
        for figure in _fitting(template, tile)
    )


def _fitting(template: Template, tile: TileNumbers) -> Sequence[Figure]:
    series = [one for one in tile.figures if one.address.measure in SERIES]
    title = tile.title if len(series) == 1 else ""  # of several it names no single one
    fitting = [figure for figure in tile.figures if template.fits(title, figure)]
    return fitting[-1:] if template.last else fitting


def _says(words: re.Pattern[str], title: str, figure: Figure) -> bool:
    """Look for words in what is counted, and in the title where that is about nothing else."""
    texts = (figure.name, figure.address.of, figure.address.math, title)
    return any(words.search(SEPARATORS.sub(" ", text)) for text in texts)


def _is_series(figure: Figure) -> bool:
    """Tell a whole series by days or hours: averages of days say nothing of weeks."""
    address = figure.address
    return address.measure in SERIES and address.part == "" and figure.interval in INTERVALS


def _is_count(figure: Figure) -> bool:
    return _is_series(figure) and figure.address.math in COUNTS and figure.format.style == "numeric"


def _fails(title: str, figure: Figure) -> bool:
    return _is_count(figure) and _says(FAILURES, title, figure)


def _signs_up(title: str, figure: Figure) -> bool:
    return _is_count(figure) and _says(SIGNUPS, title, figure)


def _converts(title: str, figure: Figure) -> bool:  # noqa: ARG001  a funnel is one by its kind
    return figure.address.measure == "conversion" and figure.address.part == ""


def _earns(title: str, figure: Figure) -> bool:
    is_running = figure.address.math.startswith(RUNNING)
    return _is_series(figure) and not is_running and _says(MONEY, title, figure)


def _counts_events(title: str, figure: Figure) -> bool:
    is_event = figure.address.measure == "value" and figure.address.math == ""
    return is_event and _is_count(figure) and not _says(FAILURES, title, figure)


TEMPLATES = (
    Template(
        key="error-spike",
        name="Error spike",
        sentence="Tells when errors are more than twice their 7-day average.",
        condition=Baseline(side="above", factor=2, days=7),
        fits=_fails,
        severity="critical",
    ),
    Template(
        key="signup-drop",
        name="Signup drop",
        sentence="Tells when signups are under half of their 7-day average.",
        condition=Baseline(side="below", factor=0.5, days=7),
        fits=_signs_up,
        severity="critical",
    ),
    Template(
        key="conversion-drop",
        name="Conversion drop",
        sentence="Tells when conversion is under 70% of its 30-day average.",
        condition=Baseline(side="below", factor=0.7, days=30),
        fits=_converts,
        last=True,
    ),
    Template(
        key="revenue-anomaly",
        name="Revenue anomaly",
        sentence="Tells when revenue is unlike what is usual on such a day.",
        condition=Anomaly(side="either"),
        fits=_earns,
    ),
    Template(
        key="volume-spike",
        name="Volume spike",
        sentence="Tells when there are more than 3 times as many events as on an average day.",
        condition=Baseline(side="above", factor=3, days=0),
        fits=_counts_events,
        severity="info",
    ),
)
