import math

import numpy as np
import pytest
from pyqtgraph import TextItem
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QRadioButton,
    QTableView,
)

from phdesk.core.charts.spec import Column, NoticeBody, Table, TableBody, XYBody, XYSeries
from phdesk.views import theme as look
from phdesk.views.explore.explore import Explore
from phdesk.views.explore.plot import Plot
from phdesk.views.explore.series_panel import SeriesPanel
from tests.views.dialogs.focus import names_of_focusable
from tests.views.explore.samples import BODIES, LABELS, PEOPLE, lines, view

LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def explore(qtbot):
    look.apply(QApplication.instance(), look.light())
    page = Explore(look.light())
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.set_view(view(lines(previous=True)))
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def button(page, text, kind=QPushButton):
    return next(one for one in page.findChildren(kind) if one.text() == text)


def plot(page):
    return page.findChild(Plot)


def table(page):
    return page.findChild(QTableView)


def cells(page):
    model = table(page).model()
    size = model.rowCount(), model.columnCount()
    return [
        [model.index(row, column).data() for column in range(size[1])] for row in range(size[0])
    ]


def place_of(page, bucket, value=500.0):
    chart = plot(page)
    return chart.mapFromScene(chart._zoom.mapViewToScene(QPointF(bucket, value)))


def texts(page):
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


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


def test_ten_thousand_points_of_five_series_are_drawn_without_a_warning(qtbot, explore):
    count = 10_000
    rng = np.random.default_rng(7)
    series = tuple(
        XYSeries(
            label=f"S{i}",
            color=f"preset-{i + 1}",
            values=tuple(None if j == 77 else float(v) for j, v in enumerate(rng.random(count))),
            dashed_from=count - 1,
        )
        for i in range(5)
    )
    labels = tuple(str(i) for i in range(count))
    explore.set_view(view(XYBody(x_labels=labels, x_titles=labels, series=series)))
    assert not plot(explore).grab().isNull()
    assert all(item.opts["pen"].widthF() == 1 for _, item in plot(explore)._items)
    assert len(cells(explore)) == count


def test_esc_closes_from_wherever_the_focus_is(qtbot, explore):
    search = next(one for one in explore.findChildren(QLineEdit))
    for widget in (plot(explore), table(explore), search, explore.findChild(SeriesPanel)):
        widget.setFocus()
        with qtbot.waitSignal(explore.close_requested):
            qtbot.keyClick(widget, Qt.Key.Key_Escape)


def test_close_and_the_browser_are_wishes(qtbot, explore):
    with qtbot.waitSignal(explore.close_requested):
        qtbot.mouseClick(button(explore, "Close"), LEFT_BUTTON)
    with qtbot.waitSignal(explore.open_in_browser_requested) as wish:
        qtbot.mouseClick(button(explore, "Open in PostHog"), LEFT_BUTTON)
    assert wish.args == ["abc123"]


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


def test_our_letters_win_over_shortcuts_of_the_window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    page = Explore(look.light())
    page.set_view(view(lines()))
    window.setCentralWidget(page)
    refreshed = []
    shortcut = QShortcut(QKeySequence("R"), window)
    shortcut.activated.connect(lambda: refreshed.append(True))
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(plot(page), Qt.Key.Key_R)
    assert plot(page).region() is not None
    assert refreshed == []
    page.set_letter_keys(False)
    qtbot.keyClick(plot(page), Qt.Key.Key_R)
    assert plot(page).region() is not None
    assert refreshed == [True]


def test_a_letter_in_the_search_field_is_only_a_letter(qtbot, explore):
    search = next(one for one in explore.findChildren(QLineEdit))
    search.setFocus()
    qtbot.keyClicks(search, "rl")
    assert search.text() == "rl"
    assert plot(explore).region() is None
    assert not button(explore, "Log axis").isChecked()


def test_l_toggles_the_log_axis(qtbot, explore):
    qtbot.keyClick(plot(explore), Qt.Key.Key_L)
    assert button(explore, "Log axis").isChecked()
    _, item = plot(explore)._items[0]
    assert item.getOriginalDataset()[1][0] == pytest.approx(math.log10(900))
    qtbot.mouseClick(button(explore, "Log axis"), LEFT_BUTTON)
    assert plot(explore)._items[0][1].getOriginalDataset()[1][0] == 900


def test_a_log_axis_of_zeros_is_disabled_and_says_why(qtbot, explore):
    zero = XYSeries(label="A", color="preset-1", values=(0.0, 5.0))
    explore.set_view(view(XYBody(x_labels=("a", "b"), x_titles=("a", "b"), series=(zero,))))
    assert not button(explore, "Log axis").isEnabled()
    assert "above zero" in button(explore, "Log axis").toolTip()
    qtbot.keyClick(plot(explore), Qt.Key.Key_L)
    assert not button(explore, "Log axis").isChecked()


def test_hiding_the_series_with_zeros_allows_the_log_axis(qtbot, explore):
    good = XYSeries(label="A", color="preset-1", values=(1.0, 5.0))
    bad = XYSeries(label="B", color="preset-2", values=(0.0, 5.0))
    explore.set_view(view(XYBody(x_labels=("a", "b"), x_titles=("a", "b"), series=(good, bad))))
    assert not button(explore, "Log axis").isEnabled()
    click_series(qtbot, explore, 1)
    assert button(explore, "Log axis").isEnabled()


def test_the_crosshair_follows_the_mouse_and_reads_the_bucket(qtbot, explore):
    chart = plot(explore)
    with qtbot.waitSignal(chart.bucket_changed) as fact:
        qtbot.mouseMove(chart.viewport(), place_of(explore, 12.3))
    assert fact.args == [12]
    assert chart.accessibleDescription() == (
        "13 Nov 2026; Signed up: 926; Signed up (previous): 866; "
        "Onboarding completed: 551; First insight saved: 427"
    )
    rows = explore.findChild(SeriesPanel)
    assert [rows.topLevelItem(i).text(1) for i in range(4)] == ["926", "551", "427", "866"]


def test_the_crosshair_moves_by_keyboard(qtbot, explore):
    chart = plot(explore)
    chart.setFocus()
    steps = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left)
    seen = []
    for key in steps:
        qtbot.keyClick(chart, key)
        seen.append(chart.bucket())
    assert seen == [0, 1, 29, 29, 28]
    assert chart.accessibleDescription().startswith("29 Nov 2026 (incomplete); ")


def test_a_click_pins_the_crosshair(qtbot, explore):
    chart = plot(explore)
    qtbot.mouseMove(chart.viewport(), place_of(explore, 5))
    qtbot.mouseClick(chart.viewport(), LEFT_BUTTON, pos=place_of(explore, 5))
    qtbot.mouseMove(chart.viewport(), place_of(explore, 20))
    assert chart.bucket() == 5


def test_the_region_counts_and_its_ends_move_by_keyboard(qtbot, explore):
    chart, rows = plot(explore), explore.findChild(SeriesPanel)
    assert rows.isColumnHidden(2)
    qtbot.keyClick(chart, Qt.Key.Key_R)
    first, last = chart.region()
    values = lines().series[0].values[first : last + 1]
    assert not rows.isColumnHidden(2)
    assert rows.topLevelItem(0).text(2) == f"{sum(values):,}"
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chart.region() == (first, last + 1)
    longer = lines().series[0].values[first : last + 2]
    assert rows.topLevelItem(0).text(2) == f"{sum(longer):,}"
    qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert chart.region() == (first - 1, last + 1)
    qtbot.keyClick(chart, Qt.Key.Key_R)
    assert chart.region() is None
    assert rows.isColumnHidden(2)
    assert not button(explore, "Region").isChecked()


def double_click(qtbot, widget, place):
    qtbot.mouseDClick(widget, LEFT_BUTTON, pos=place)  # without its release
    qtbot.mouseRelease(widget, LEFT_BUTTON, pos=place)


def drag(qtbot, chart, start, end, modifiers=Qt.KeyboardModifier.NoModifier):
    view_port = chart.viewport()
    qtbot.mousePress(view_port, LEFT_BUTTON, modifiers, start)
    for part in (0.25, 0.5, 0.75, 1.0):
        qtbot.mouseMove(view_port, start + (end - start) * part)
    qtbot.mouseRelease(view_port, LEFT_BUTTON, modifiers, end)


def test_a_drag_zooms_into_its_box_and_a_double_click_resets(qtbot, explore):
    chart = plot(explore)
    whole = chart._zoom.viewRange()[0]
    start, end = place_of(explore, 5, 900), place_of(explore, 15, 300)
    drag(qtbot, chart, start, end)
    assert chart._zoom.viewRange()[0] == pytest.approx([5, 15], abs=0.6)
    double_click(qtbot, chart.viewport(), start)
    assert chart._zoom.viewRange()[0] == pytest.approx(whole)


def test_dragging_the_region_counts_again_and_does_not_zoom(qtbot, explore):
    chart = plot(explore)
    qtbot.keyClick(chart, Qt.Key.Key_R)
    whole, (first, last) = chart._zoom.viewRange(), chart.region()
    middle = (first + last) / 2
    start, end = place_of(explore, middle, 700), place_of(explore, middle + 4, 700)
    with qtbot.waitSignal(chart.region_changed):
        drag(qtbot, chart, start, end)
    assert chart.region()[0] > first
    assert chart._zoom.viewRange() == whole


def test_a_shift_drag_pans(qtbot, explore):
    chart = plot(explore)
    chart._zoom.setXRange(10, 20, padding=0)
    start, end = place_of(explore, 15), place_of(explore, 12)
    drag(qtbot, chart, start, end, Qt.KeyboardModifier.ShiftModifier)
    low, high = chart._zoom.viewRange()[0]
    assert high - low == pytest.approx(10)
    assert low > 11


def test_a_tiny_drag_is_no_zoom(qtbot, explore):
    chart = plot(explore)
    whole = chart._zoom.viewRange()
    start = place_of(explore, 12)
    drag(qtbot, chart, start, start + QPoint(3, 3))
    assert chart._zoom.viewRange() == whole


def test_value_labels_stand_above_their_bars(explore):
    one = XYSeries(label="A", color="preset-1", values=(4.0, None, 2.0), mark="bar")
    labels = ("a", "b", "c")
    body = XYBody(x_labels=labels, x_titles=labels, series=(one,), value_labels=("40%", "", "20%"))
    explore.set_view(view(body))
    items = [item for _, item in plot(explore)._items if isinstance(item, TextItem)]
    assert [(i.toPlainText(), i.pos().x(), i.pos().y()) for i in items] == [
        ("40%", 0, 4),
        ("20%", 2, 2),
    ]


def test_keys_zoom_and_reset(qtbot, explore):
    chart = plot(explore)
    whole = chart._zoom.viewRange()[0]
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert np.ptp(chart._zoom.viewRange()[0]) < np.ptp(whole)
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart._zoom.viewRange()[0] == pytest.approx(whole)


def click_series(qtbot, page, row, modifiers=Qt.KeyboardModifier.NoModifier):
    rows = page.findChild(SeriesPanel)
    place = rows.visualItemRect(rows.topLevelItem(row)).center()
    qtbot.mouseClick(rows.viewport(), LEFT_BUTTON, modifiers, QPoint(60, place.y()))


def hidden(page):
    return sorted(page._pane._hidden)


def test_the_legend_hides_isolates_and_shows_all(qtbot, explore):
    rows = explore.findChild(SeriesPanel)
    click_series(qtbot, explore, 1)
    assert hidden(explore) == [1]
    assert rows.headerItem().text(0) == "Series (1 hidden)"
    assert "Onboarding" not in "; ".join(readings_at(explore, 3))
    click_series(qtbot, explore, 2, Qt.KeyboardModifier.ControlModifier)
    assert hidden(explore) == [0, 1, 3]
    place = QPoint(60, rows.visualItemRect(rows.topLevelItem(2)).center().y())
    qtbot.mouseClick(rows.viewport(), LEFT_BUTTON, pos=place)
    double_click(qtbot, rows.viewport(), place)
    assert hidden(explore) == []
    assert rows.headerItem().text(0) == "Series"
    click_series(qtbot, explore, 1)
    assert hidden(explore) == [1]


def readings_at(page, bucket):
    plot(page)._move_to(bucket)
    return plot(page).accessibleDescription().split("; ")


def test_the_legend_works_by_keyboard(qtbot, explore):
    rows = explore.findChild(SeriesPanel)
    rows.setFocus()
    rows.setCurrentItem(rows.topLevelItem(0))
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert hidden(explore) == [1]
    item = QAccessible.queryAccessibleInterface(rows)
    spoken = [item.child(i).text(QAccessible.Text.Name) for i in range(item.childCount())]
    assert "Onboarding completed, hidden" in spoken
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert hidden(explore) == []


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


@pytest.mark.parametrize("name", ["funnel", "stacked bar", "table"])
def test_the_keys_go_to_the_chart_of_the_next_tile(qtbot, explore, name):
    plot(explore).setFocus()
    table_of_it = PEOPLE if name == "table" else None
    explore.set_view(view(BODIES[name], short_id="next", table=table_of_it))
    targets = {"funnel": explore._pane.picture, "stacked bar": plot(explore)}
    assert QApplication.focusWidget() is targets.get(name, table(explore))


def sort_by(qtbot, page, column):
    header = table(page).horizontalHeader()
    x = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    qtbot.mouseClick(header.viewport(), LEFT_BUTTON, pos=QPoint(x, header.height() // 2))


def test_rows_sort_by_raw_numbers(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    sort_by(qtbot, explore, 1)
    assert [row[1] for row in cells(explore)] == ["30", "900", "1,200", "–"]
    sort_by(qtbot, explore, 1)
    assert [row[1] for row in cells(explore)] == ["1,200", "900", "30", "–"]


def test_s_sorts_by_the_current_column(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    rows = table(explore)
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(0, 1))
    qtbot.keyClick(rows, Qt.Key.Key_S)
    assert [row[0] for row in cells(explore)] == ["Dan", "Ada", "Bea", "Cyd"]
    qtbot.keyClick(rows, Qt.Key.Key_S)
    assert [row[0] for row in cells(explore)] == ["Bea", "Ada", "Dan", "Cyd"]


def test_searching_filters_rows_and_says_how_many(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    search = next(one for one in explore.findChildren(QLineEdit))
    assert "4 rows · First 100 rows" in texts(explore)
    qtbot.keyClicks(search, "PLAIN")
    assert cells(explore) == [["Dan", "30", "plain"]]
    assert "1 of 4 rows · First 100 rows" in texts(explore)


def test_ctrl_c_copies_all_rows_shown_as_tsv(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    sort_by(qtbot, explore, 1)
    qtbot.keyClick(table(explore), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Name\tVisits\tNote\nDan\t30\tplain\nAda\t900\t'=cmd()\nBea\t1,200\t–\nCyd\t–\t'-5 points"
    )
    assert "Copied." in texts(explore)


def test_ctrl_c_copies_only_the_selected_cells(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    rows = table(explore)
    model = rows.model()
    chosen = rows.selectionModel()
    for row in (0, 1):
        chosen.select(model.index(row, 1), QItemSelectionModel.SelectionFlag.Select)
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "900\n1,200"


def test_ctrl_c_in_the_search_field_copies_its_text(qtbot, explore):
    search = next(one for one in explore.findChildren(QLineEdit))
    search.setFocus()
    qtbot.keyClicks(search, "needle")
    search.selectAll()
    qtbot.keyClick(search, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "needle"


def test_csv_has_the_whole_table_raw_with_formulas_disarmed(qtbot, explore, tmp_path):
    explore.set_view(view(TableBody(), table=PEOPLE))
    search = next(one for one in explore.findChildren(QLineEdit))
    qtbot.keyClicks(search, "Dan")
    explore.save_csv(tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_bytes().decode() == (
        "Name,Visits,Note\nAda,900,'=cmd()\nBea,1200,\nCyd,,'-5 points\nDan,30,plain\n"
    )
    assert "Saved table.csv." in texts(explore)


def test_a_file_that_cannot_be_written_is_told_in_one_line(explore, tmp_path):
    explore.save_csv(tmp_path / "missing" / "table.csv")
    assert "Could not save table.csv: No such file or directory." in texts(explore)


def test_save_csv_asks_where(qtbot, explore, tmp_path):
    qtbot.mouseClick(button(explore, "Save CSV…"), LEFT_BUTTON)
    dialog = explore.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("signups-and-activated-teams.csv")
    dialog.fileSelected.emit(str(tmp_path / "chosen.csv"))
    assert (tmp_path / "chosen.csv").read_text(encoding="utf-8").startswith("Date,Signed up")
    dialog.reject()


def test_the_table_alone_can_be_shown(qtbot, explore):
    qtbot.mouseClick(button(explore, "Table", QRadioButton), LEFT_BUTTON)
    assert not plot(explore).isVisible()
    assert table(explore).isVisible()
    qtbot.mouseClick(button(explore, "Chart", QRadioButton), LEFT_BUTTON)
    assert plot(explore).isVisible()


def test_a_notice_without_rows_shows_no_empty_table(explore):
    explore.set_view(view(NoticeBody(state="error", headline="The query failed."), table=Table()))
    assert not table(explore).isVisible()
    assert not button(explore, "Save CSV…").isEnabled()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(XYBody(x_labels=(), x_titles=(), series=()), id="no buckets"),
        pytest.param(
            XYBody(
                x_labels=("a",),
                x_titles=("a",),
                series=(XYSeries(label="A", color="preset-1", values=(None,)),),
            ),
            id="no values",
        ),
        pytest.param(
            XYBody(
                x_labels=("a", "b"),
                x_titles=("a",),
                series=(XYSeries(label="A", color="nope", values=(1e300,)),),
            ),
            id="short and huge",
        ),
    ],
)
def test_odd_charts_are_no_trouble(qtbot, explore, body):
    explore.set_view(view(body, table=Table()))
    for key in (Qt.Key.Key_R, Qt.Key.Key_L, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Plus):
        qtbot.keyClick(plot(explore), key)
    assert not plot(explore).grab().isNull()


def test_a_series_of_the_right_axis_has_its_own_scale(qtbot, explore):
    small = XYSeries(label="A", color="preset-1", values=(1.0, 2.0))
    large = XYSeries(label="B", color="preset-2", values=(1000.0, 2000.0), right_axis=True)
    explore.set_view(view(XYBody(x_labels=("a", "b"), x_titles=("a", "b"), series=(small, large))))
    chart = plot(explore)
    assert chart._zoom.viewRange()[1][1] < 3
    assert chart._second.viewRange()[1][1] > 2000
    assert chart.plotItem.getAxis("right").isVisible()


def test_the_theme_can_be_switched_while_all_is_shown(qtbot, explore):
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    plot(explore)._move_to(3)
    before = plot(explore)._zoom.viewRange()
    look.apply(QApplication.instance(), look.dark())
    explore.set_theme(look.dark())
    image = plot(explore).grab().toImage()
    assert image.pixelColor(2, 2) == look.dark().surface
    assert plot(explore)._zoom.viewRange() == before
    assert plot(explore).region() is not None


def test_setting_state_emits_no_wish_and_no_fact(qtbot, explore):
    told = []
    for signal in (
        explore.close_requested,
        explore.open_in_browser_requested,
        plot(explore).region_changed,
        plot(explore).bucket_changed,
        explore.findChild(SeriesPanel).hidden_changed,
    ):
        signal.connect(lambda *_: told.append(True))
    plot(explore).set_region_shown(True)
    explore.set_view(view(lines("bar")))
    explore.set_theme(look.dark())
    explore.set_age("now")
    explore.set_view(view(TableBody(), table=PEOPLE))
    assert told == []


def test_the_x_axis_names_its_buckets(explore):
    axis = plot(explore)._x
    (_, ticks), *_ = axis.tickValues(-0.3, 29.3, 600)
    assert ticks[0] == 0
    assert axis.tickStrings(ticks, 1, 1) == [LABELS[round(tick)] for tick in ticks]


def test_what_can_have_the_focus_has_a_name(qtbot, explore):
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    names = names_of_focusable(explore)
    assert len(names) > 8
    assert all(names.values()), names


def test_wide_tables_of_any_size_are_taken(explore):
    wide = Table(
        tuple(Column(str(i)) for i in range(60)), (("x",) * 60,) * 3, (("x" * 500,) * 60,) * 3
    )
    explore.set_view(view(TableBody(), table=wide))
    assert table(explore).columnWidth(0) <= 320
