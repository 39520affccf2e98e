"""Tiles to look at: views, dashboards of the store, and a window that shows a widget."""

from contextlib import contextmanager

from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtGui import QColor, QImage

from phdesk.core.charts.spec import MarkdownBody
from phdesk.store.changes import with_dashboard
from phdesk.store.state import EMPTY
from phdesk.views.dashboard import card
from tests.store.builders import NOON, QUERY, answer, board, tile
from tests.views.charts import bodies

DAYS = ("2026-11-21", "2026-11-22", "2026-11-23")
CHART = replace(
    bodies.view(bodies.xy(*bodies.lines()), bodies.TABLE),
    title="Signups",
    summary="Signups: 300 on Monday.",
    short_id="abc",
    description="Who came",
)


def text_view(source):
    return replace(bodies.view(MarkdownBody(source)), title="Notes", kind="text")


def trend(minute, *values, name="Signups", **more):
    """An insight whose result is one line of three days, calculated at a minute."""
    days = ",".join(f'"{day}"' for day in DAYS)
    numbers = ",".join(str(value) for value in values or (1, 2, 3))
    result = Raw(b'[{"label":"Signups","days":[%s],"labels":[%s],"data":[%s]}]' % (
        days.encode(), days.encode(), numbers.encode()
    ))  # fmt: skip
    base = answer(minute, name=name, query=QUERY, short_id=more.pop("short_id", "abc"), **more)
    return replace(base, result=result)


def pending(name="Signups"):
    """An insight that was never calculated."""
    return answer(None, name=name, short_id="abc")


def shown_board(*tiles, now=NOON):
    """The state of a dashboard that the server just sent."""
    state, _ = with_dashboard(EMPTY, board(*tiles), now=now, asked=1)
    return state


def grid_of(count, across=2):
    """Many tiles with a result, side by side."""
    width = 12 // across
    return [
        tile(
            number + 1,
            trend(-number - 1, name=f"Tile {number + 1}"),
            x=number % across * width,
            y=number // across * 5,
        )
        for number in range(count)
    ]


@contextmanager
def counted(monkeypatch):
    """Count how often the body of any tile is drawn, by title."""
    drawn = []
    before = card.paint_content

    def paint(painter, rect, view, *rest, **more):
        drawn.append(view.title)
        before(painter, rect, view, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(card, "paint_content", paint)
        yield drawn


def exposed(qtbot, widget, width=900, height=600):
    """Show a widget as an active window of a size."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget, timeout=5_000):
        widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def has_color(image, color):
    """Say whether a colour stands anywhere in an image."""
    pixels = image.convertToFormat(QImage.Format.Format_ARGB32)
    return QColor(color).rgb() in memoryview(pixels.constBits()).cast("I")
