"""Five alerts that most teams want, offered for the numbers of a dashboard that they fit."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from phdesk.core.watching.figures import Figure
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
RATES = frozenset({"conversion", "step conversion"})


class Template(Struct, frozen=True, gc=False, kw_only=True):
    """A common alert; `fits` is told a tile's title and one of its numbers."""

    key: str
    name: str
    sentence: str
    condition: Condition
    fits: Callable[[str, Figure], bool]
    severity: Severity = "warning"
    checks: int = 1
    hysteresis: float = 0.1


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


def _fitting(template: Template, tile: TileNumbers) -> Iterator[Figure]:
    for figure in tile.figures:
        if template.fits(tile.title, figure):
            yield figure


def _says(words: re.Pattern[str], title: str, figure: Figure) -> bool:
    """Look for words in what is counted, and in the tile's title where it counts nothing else."""
    texts: Sequence[str] = (figure.name, figure.address.of, figure.address.math, title)
    return any(words.search(SEPARATORS.sub(" ", text)) for text in texts)


def _is_series(figure: Figure) -> bool:
    return figure.address.measure == "value" and figure.address.part == ""


def _is_count(figure: Figure) -> bool:
    return _is_series(figure) and figure.address.math in COUNTS and figure.format.style == "numeric"


def _fails(title: str, figure: Figure) -> bool:
    return _is_count(figure) and _says(FAILURES, title, figure)


def _signs_up(title: str, figure: Figure) -> bool:
    return _is_count(figure) and _says(SIGNUPS, title, figure)


def _converts(title: str, figure: Figure) -> bool:  # noqa: ARG001  a funnel is one by its kind
    return figure.address.measure == "conversion" and figure.address.part == ""


def _earns(title: str, figure: Figure) -> bool:
    return _is_series(figure) and _says(MONEY, title, figure)


def _counts_events(title: str, figure: Figure) -> bool:
    is_event = _is_series(figure) and figure.address.math == ""
    return is_event and not _says(FAILURES, title, figure)


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
