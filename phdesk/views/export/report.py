"""A report drawn: its charts as SVG for a page, or all of it as a PDF in sheets."""

import math
from collections.abc import Generator, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QIODevice, QRectF

from phdesk.core.ages import tile_age
from phdesk.core.charts.spec import (
    MarkdownBody,
    MetricBody,
    NoticeBody,
    NumberBody,
    TableBody,
    TileView,
)
from phdesk.core.plain import display_width
from phdesk.core.reporting.building import Item, Made, MadeSection
from phdesk.core.reporting.markdown import as_markdown, escaped, escaped_line, section_words
from phdesk.core.reporting.page import as_page
from phdesk.models.dashboard import Box
from phdesk.models.report import ReportFormat
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.export.filing import whole_file
from phdesk.views.export.paper import Paper, Print, made_words
from phdesk.views.export.vector import Svg, whole
from phdesk.views.picture import EDGE, HEADER, Page, paint_tile
from phdesk.views.theme import Theme

WIDE, HIGH, LOW = 900, 340, 170  # px of a chart
LETTERS = 118  # of a line on paper
LINE, HEAD = 22, 20  # px of a line, and more of a heading
AROUND, ROW = 66, 30  # px of a table around its rows, and of a row
HIGHEST = 900  # px of a table; what is left out it counts itself
GAP = 12  # px
SHORT = (NumberBody, MetricBody, NoticeBody)


def report_file(
    report: Made, kind: ReportFormat, path: Path, theme: Theme, paper: Paper
) -> Generator[int, None, None]:
    """Write a report whole or not at all, tile by tile; raises OSError where that cannot be."""
    yield from whole_file(path, partial(_writing, report, kind, theme, paper))


def _writing(
    report: Made, kind: ReportFormat, theme: Theme, paper: Paper, device: QIODevice
) -> Iterator[int]:
    if kind == "pdf":
        yield from Print(page_of(report), theme, _told(paper, report)).write(device)
    elif kind == "html":
        charts = yield from drawn(report, theme)
        device.write(as_page(report, charts).encode())
    else:
        device.write(as_markdown(report).encode())


def drawn(report: Made, theme: Theme) -> Generator[int, None, dict[tuple[int, int], bytes]]:
    """Draw the charts of a report, by section and item."""
    charts: dict[tuple[int, int], bytes] = {}
    for number, section in enumerate(report.sections):
        for place, item in enumerate(section.items):
            if "chart" in section.show:
                charts[number, place] = _svg(item.view, theme, _card(item, report))
                yield len(charts)
    return charts


class Part(Struct, frozen=True, gc=False, kw_only=True):
    """Something on a page of a report; what is bare has no frame and stays with what follows."""

    view: TileView
    height: float
    card: CardState = CardState()
    bare: bool = False


class ReportPage(Page):
    """A report laid out as a dashboard is, in one column, each part as high as it has to be."""

    def __init__(self, report: Made, parts: Sequence[Part]) -> None:
        boxes = [Box(0, place, 12, 1) for place in range(len(parts))]
        super().__init__(
            report.title,
            report.text,
            [part.view for part in parts],
            boxes,
            [part.card for part in parts],
        )
        self._heights = [part.height for part in parts]
        self.bare = frozenset(i for i, part in enumerate(parts) if part.bare)

    def rectangles(self, width: int) -> list[QRectF]:
        """Give the parts their places, one below the other."""
        rects, top = [], float(HEADER)
        for height in self._heights:
            rects.append(QRectF(EDGE, top, width - 2 * EDGE, height))
            top += height + GAP
        return rects


def page_of(report: Made) -> Page:
    """Lay a report out: headings, sentences, charts, one below the other."""
    parts: list[Part] = []
    for section in report.sections:
        if section.title:
            parts.append(_words(f"## {escaped_line(section.title)}", 1, HEAD))
        if section.text:
            parts.append(_words(escaped(section.text), _lines(section.text), 0))
        parts += [
            _words(f"*{escaped_line(words)}*", _lines(words), 0) for words in section.problems
        ]
        for item in section.items:
            parts += _parts_of(section, item, _card(item, report))
    return ReportPage(report, parts)


def _parts_of(section: MadeSection, item: Item, card: CardState) -> Iterator[Part]:
    words, view = section_words(section, item), item.view
    if words:
        named = view.title != section.title and len(section.items) > 1
        head = f"**{escaped_line(view.title)}**\n\n" if named else ""
        lines = sum(_lines(line) for line in words.split("\n")) + (1.5 if named else 0)
        yield _words(head + words, lines, 8)
    if "chart" in section.show:
        yield Part(view=view, height=LOW if isinstance(view.body, SHORT) else HIGH, card=card)
    if "table" in section.show and view.table.columns and not _is_table(section, item):
        rows = AROUND + (len(view.table.rows) + 1) * ROW
        as_table = CardState(age=card.age, as_table=True)
        yield Part(view=view, height=min(rows, HIGHEST), card=as_table)


def _is_table(section: MadeSection, item: Item) -> bool:
    """Tell whether the chart was the table already."""
    shown = "chart" in section.show and isinstance(item.view.body, TableBody)
    return shown or isinstance(item.view.body, NoticeBody)


def _words(source: str, lines: float, more: float) -> Part:
    view = TileView(
        title="", kind="text", kind_label="", display="", summary="", body=MarkdownBody(source)
    )
    return Part(view=view, height=lines * LINE + more, bare=True)


def _lines(text: str) -> int:
    """Count the lines of a text on paper, each of its own at least one; some letters are wide."""
    return sum(max(math.ceil(display_width(line) / LETTERS), 1) for line in text.split("\n"))


def _card(item: Item, report: Made) -> CardState:
    return CardState(age=tile_age(item.view.computed_at, report.made_at))


def _svg(view: TileView, theme: Theme, card: CardState) -> bytes:
    size = (WIDE, LOW if isinstance(view.body, SHORT) else HIGH)
    svg = Svg(size, theme, view.title, view.summary)
    try:
        paint_tile(svg.painter, view, svg.theme, size, card)
    finally:
        svg.painter.end()
    return whole(svg.finish())


def _told(paper: Paper, report: Made) -> Paper:
    return Paper(
        size=paper.size,
        landscape=paper.landscape,
        facts=report.facts,
        foot=made_words(report.made_at),
    )
