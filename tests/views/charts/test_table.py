"""A small table keeps a name and a figure; a crowded one drops columns rather than cut all."""

import itertools

import pytest
from PySide6.QtCore import QPointF, QRectF

from phdesk.core.charts.spec import Column, Table, TableBody
from phdesk.views import theme
from phdesk.views.charts import table, table_columns
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

TOTALS = Table(
    columns=(Column("Series"), Column("Browser"), Column("Total", numeric=True)),
    texts=(("Pageview", "Chrome", "44,182"), ("Pageview", "Safari", "2,478")),
)
EVENTS = Table(
    columns=(Column("Event"), Column("Event"), Column("Person"), Column("Time"),
             Column("endpoint"), Column("status_code", numeric=True)),
    texts=tuple(("api_error_occurred", "api_error_occurred", f"tom.smith{i}@example.com",
                 "23 Nov 2026, 22:10:59", "/api/v1/query", "500") for i in range(12)),
)  # fmt: skip
WIDE = Table(
    columns=tuple(Column(f"A column of words {i}") for i in range(9)),
    texts=tuple(tuple(f"some words of cell {i} {j}" for i in range(9)) for j in range(4)),
)


def indexes(width, height, data):
    layout = table.arrange(QRectF(0, 0, width, height), data, Ink(theme.light()))
    return [index for index, _, _ in layout.columns]


def shown(data, width, height, written, scale=1.0):
    canvas.painted(bodies.view(TableBody(), data), width, height, theme.light(), scale=scale)
    return [one.words for one in written]


@pytest.mark.parametrize("width", [90, 120, 167, 200])
def test_a_small_table_of_totals_keeps_what_tells_rows_apart_and_the_figure(
    qapp, width
):  # fmt: skip
    assert {1, 2} <= set(indexes(width, 128, TOTALS))


@pytest.mark.parametrize(("width", "height"), [(90, 128), (167, 128)], ids=str)
def test_figures_of_a_small_table_are_whole(written, width, height):
    words = shown(TOTALS, width, height, written)
    assert {"44,182", "2,478"} <= set(words)


def test_a_name_beside_a_figure_is_shortened_but_never_lost(written):
    one = Table(columns=(Column("Series"), Column("Total", numeric=True)),
                texts=(("Pageview", "47,258"),))  # fmt: skip
    for width in range(80, 130):
        written.clear()
        words = shown(one, width, 128, written)
        assert any(word.startswith("P") for word in words), width


def test_times_are_never_cut(written):
    for width in (200, 300, 400, 590, 900):
        written.clear()
        cut = [word for word in shown(EVENTS, width, 380, written) if word.startswith("23 Nov")]
        assert set(cut) <= {"23 Nov 2026, 22:10:59"}, width


def test_a_column_that_says_the_same_again_is_not_drawn(qapp):
    assert indexes(1200, 380, EVENTS) == [0, 2, 3, 4, 5]
    rect = QRectF(0, 0, 1200, 380)
    found = table.hit(rect, EVENTS, Ink(theme.light()), QPointF(60, 60))
    assert [line.label for line in found.lines] == ["Person", "Time", "endpoint", "status_code"]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [90, 245, 590, 900, 1256])
def test_columns_are_dropped_with_a_word_rather_than_squeezed(written, width, scale):
    words = shown(WIDE, width, 300, written, scale)
    layout = table.arrange(QRectF(0, 0, width, 300), WIDE, Ink(theme.light(), scale))
    hidden = 9 - len(layout.columns)
    assert not hidden or "column" in words[-1] or width == 90
    if len(layout.columns) > 1:
        assert min(size for _, _, size in layout.columns) >= table_columns.READ * scale - 0.01


def test_what_is_hidden_is_said_as_fully_as_fits(written):
    assert shown(EVENTS, 90, 128, written)[-1] == "+ 9 rows"
    written.clear()
    assert shown(EVENTS, 300, 128, written)[-1].startswith("+ 9 rows, ")


@pytest.mark.parametrize("width", [90, 100, 120, 150])
def test_names_that_begin_alike_are_cut_so_that_they_differ(written, width):
    names = ("Active people", "Active people (previous)", "Projects created")
    data = Table(columns=(Column("Series"), Column("Total", numeric=True)),
                 texts=tuple((name, f"{i},180") for i, name in enumerate(names)))  # fmt: skip
    words = shown(data, width, 128, written)
    assert len([word for word in words if word.startswith(("Act", "Pro"))]) == 3
    assert len(set(words)) == len(words)


FEW = Table(
    columns=(Column("Series"), Column("Total", numeric=True)),
    texts=(("Pageview", "47,258"), ("Signed up", "1,204"), ("Invited teammate", "310")),
)


def arranged(data, width, height, scale=1.0):
    return table.arrange(QRectF(0, 0, width, height), data, Ink(theme.light(), scale))


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize(("width", "height"), [(392, 290), (612, 370), (1072, 370)], ids=str)
def test_few_rows_of_a_large_tile_are_taller_and_their_type_larger(qapp, width, height, scale):
    many = Table(columns=FEW.columns, texts=FEW.texts * 20)
    crowded = arranged(many, width * scale, height * scale, scale)
    roomy = arranged(FEW, width * scale, height * scale, scale)
    assert roomy.row_height > 1.4 * crowded.row_height
    assert roomy.ink.scale > crowded.ink.scale == scale
    assert roomy.top + roomy.rows * roomy.row_height <= height * scale


@pytest.mark.parametrize("width", [612, 1072, 1900])
def test_a_figure_stays_near_its_name_however_wide_the_tile(qapp, width):
    layout = arranged(FEW, width, 370)
    assert layout.width < 480
    assert layout.left == 0


@pytest.mark.parametrize("data", [WIDE, EVENTS, bodies.TABLE], ids=["words", "events", "pages"])
def test_a_table_with_much_to_say_takes_all_of_the_width(qapp, data):
    assert arranged(data, 700, 370).width == pytest.approx(700)


def test_type_grows_only_as_far_as_all_rows_columns_and_names_fit(qapp):
    for rows in range(1, 30):
        data = Table(columns=EVENTS.columns, texts=EVENTS.texts[:1] * rows)
        plain = table._arranged(QRectF(0, 0, 700, 260), data, Ink(theme.light()))
        layout = arranged(data, 700, 260)
        assert layout.rows == plain.rows
        assert len(layout.columns) == len(plain.columns)
        assert layout.top + layout.rows * layout.row_height <= 260


@pytest.mark.parametrize("height", range(40, 240, 8))
def test_type_never_grows_over_the_names_of_the_columns(qapp, height):
    data = Table(columns=FEW.columns, texts=FEW.texts[:1])
    plain = table._arranged(QRectF(0, 0, 700, height), data, Ink(theme.light()))
    assert (arranged(data, 700, height).top > 0) == (plain.top > 0)


@pytest.mark.parametrize("data", [TOTALS, FEW], ids=["by smaller type", "above their figures"])
def test_names_of_the_smallest_tile_are_whole(written, data):
    words = shown(data, 90, 122, written)
    names = {row[1] if data is TOTALS else row[0] for row in data.texts}
    figures = {row[-1] for row in data.texts}
    assert names | figures <= set(words)
    assert min(one.px for one in written) >= 9


def test_a_name_above_its_figure_costs_no_row(qapp):
    for rows in range(1, 9):
        data = Table(columns=FEW.columns, texts=FEW.texts[2:] * rows)
        plain = table._arranged(QRectF(0, 0, 90, 122), data, Ink(theme.light()))
        layout = arranged(data, 90, 122)
        assert layout.rows >= plain.rows


def test_the_row_under_the_pointer_is_found_where_it_is_painted(written):
    for width, height in ((90, 122), (612, 370)):
        written.clear()
        shown(FEW, width, height, written)
        rect = canvas.body_rect(width, height)
        for one in written:
            if one.words in {"Pageview", "Signed up", "Invited teammate"}:
                found = table.hit(rect, FEW, Ink(theme.light()), one.rect.center())
                assert found.title == one.words


def test_the_note_of_a_narrow_table_is_shortened_at_its_semicolon(written):
    table = Table(
        columns=(Column("Person"),),
        texts=(("mia@example.org",), ("omar@example.org",)),
        rows=(("mia",), ("omar",)),
        note="First 2 rows; PostHog has more.",
    )
    canvas.painted(bodies.view(TableBody(), table), 90, 128, theme.light())
    assert written[-1].words == "First 2 rows"


def test_columns_stand_closer_before_a_word_is_cut(written):
    texts = tuple(
        (f"somebody.{i}123@example.org", "integration", "Juniper Logistics", "enterprise",
         f"{10 + i} Nov 2026, 18:11:47")
        for i in range(5)
    )  # fmt: skip
    columns = tuple(map(Column, ("Person", "category", "company", "plan", "Time")))
    table = Table(columns=columns, texts=texts, rows=texts)
    canvas.painted(bodies.view(TableBody(), table), 576, 300, theme.light())
    assert not [one.words for one in written if one.words.endswith("…")]
    placed = [one for one in written if one.words in texts[0]][:5]
    assert all(b.rect.left() - a.rect.right() >= 6 for a, b in itertools.pairwise(placed))


@pytest.mark.parametrize("height", range(160, 290, 12))
def test_rows_of_many_reach_down_to_what_is_said_of_the_others(qapp, height):
    ink = Ink(theme.light())
    layout = arranged(EVENTS, 700, height)
    assert 3 <= layout.rows < 12
    foot = ink.line(11) + ink.px(4)
    assert layout.top + layout.rows * layout.row_height == pytest.approx(height - foot, abs=1)
