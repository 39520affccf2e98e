"""The focus view as a whole: what it shows, keeps and forgets."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit

from phdesk.core.charts.spec import TableBody, XYBody
from phdesk.views import theme as look
from phdesk.views.explore.series_panel import SeriesPanel
from tests.views.explore.page import (
    button,
    cells,
    click_series,
    hidden,
    plot,
    sort_by,
    table,
    texts,
)
from tests.views.explore.samples import BODIES, PEOPLE, lines, view


def test_what_has_no_page_in_posthog_offers_none(explore):
    explore.set_view(view(lines(), short_id=""))
    assert not button(explore, "Open in PostHog").isVisible()


def test_title_range_age_and_sentence_are_shown(explore):
    explore.set_age("14:05 · 12 min ago")
    shown = texts(explore)
    assert "Signups and activated teams" in shown
    assert "Trends · last 30 days" in shown
    assert "14:05 · 12 min ago" in shown
    assert any(text.startswith("Signups: line chart") for text in shown)


def test_a_refresh_keeps_zoom_search_sorting_region_and_hidden_series(qtbot, explore):
    click_series(qtbot, explore, 1)
    plot(explore)._zoom.setXRange(5, 15, padding=0)
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    search = next(one for one in explore.findChildren(QLineEdit))
    qtbot.keyClicks(search, "1 nov")
    sort_by(qtbot, explore, 1)
    region = plot(explore).region()
    explore.set_view(view(lines(previous=True)))
    assert hidden(explore) == [1]
    assert plot(explore)._zoom.viewRange()[0] == pytest.approx([5, 15])
    assert plot(explore).region() == region
    assert search.text() == "1 nov"
    sorted_values = [int(row[1].replace(",", "")) for row in cells(explore)]
    assert sorted_values == sorted(sorted_values)
    assert 0 < len(sorted_values) < 30


def test_another_tile_starts_afresh(qtbot, explore):
    click_series(qtbot, explore, 1)
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    explore.set_view(view(lines(), short_id="other"))
    assert hidden(explore) == []
    assert plot(explore).region() is None
    assert not button(explore, "Region").isChecked()


def test_setting_state_emits_no_wish_and_no_fact(qtbot, explore):
    signals = (
        explore.close_requested,
        explore.open_in_browser_requested,
        plot(explore).region_changed,
        plot(explore).bucket_changed,
        explore.findChild(SeriesPanel).hidden_changed,
    )
    spies = [QSignalSpy(signal) for signal in signals]
    plot(explore).set_region_shown(True)
    explore.set_view(view(lines("bar")))
    explore.set_theme(look.dark())
    explore.set_age("now")
    explore.set_view(view(TableBody(), table=PEOPLE))
    assert [spy.count() for spy in spies] == [0] * len(signals)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("theme", [look.light(), look.dark()], ids=["light", "dark"])
def test_every_body_is_drawn(qtbot, explore, body, theme):
    explore.set_theme(theme)
    explore.set_view(view(body, table=PEOPLE if isinstance(body, TableBody) else None))
    pane = explore._pane
    if isinstance(body, TableBody):
        assert not pane.isVisible()
        assert table(explore).isVisible()
        return
    drawn = pane.plot if isinstance(body, XYBody) else pane.picture
    assert drawn.isVisible()
    image = drawn.grab().toImage()
    surface = theme.surface.rgb()
    points = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
    inked = sum(image.pixel(x, y) != surface for x, y in points)
    assert inked > 20, "nothing was drawn"
