import pytest
from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QIODevice

from phdesk.core.charts.spec import MarkdownBody, NumberBody
from phdesk.views import theme as look
from phdesk.views.export.paper import LINE, MARGIN, Paper, Print, wrapped
from tests.views.charts import bodies
from tests.views.dashboard.showing import CHART, text_view
from tests.views.export.printing import fonts_of, page, pdf_of, words_of

INCH = 72
A4, LETTER = (595, 842), (612, 792)


@pytest.fixture(autouse=True)
def app(qapp):
    return qapp


def sizes_of(reader):
    return {(round(one.mediabox.width), round(one.mediabox.height)) for one in reader.pages}


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        (Paper(), A4),
        (Paper(landscape=True), A4[::-1]),
        (Paper(size="Letter"), LETTER),
        (Paper(size="Letter", landscape=True), LETTER[::-1]),
    ],
)
def test_sheets_have_the_size_and_turn_that_were_asked_for(paper, size):
    assert sizes_of(pdf_of(page([CHART] * 12), paper)) == {size}


def test_every_sheet_names_the_dashboard_and_its_number():
    reader = pdf_of(page([CHART] * 12))
    pages = words_of(reader)
    assert len(pages) > 1
    for number, words in enumerate(pages):
        assert "Weekly" in words
        assert f"Page {number + 1} of {len(pages)}" in words


def test_the_first_sheet_says_what_the_numbers_are():
    facts = ("Project: Acme · Dates: last 30 days · Country is DE", "Oldest tile 14:05")
    paper = Paper(facts=facts, foot="Made by phdesk on 1 Dec 2026")
    first, second, *_ = words_of(pdf_of(page([CHART] * 9), paper))
    for fact in ("What counts", *facts):
        assert fact in first
    assert " · ".join(facts) in second
    assert "What counts" not in second
    assert "Made by phdesk" in first
    assert "Made by phdesk" in second


def test_words_and_figures_of_charts_can_be_selected():
    number = replace(
        bodies.view(NumberBody(text="$1,234,567.89", value=1.0, caption="Revenue")),
        title="Money (net)",
    )
    card = text_view("## Read this\n\nat 22:12, `code`, 1 < 2 & **so on**")
    words = " ".join(words_of(pdf_of(page([CHART, number, card]))))
    for said in ("Signups", "Money (net)", "$1,234,567.89", "14:05 · 12 min", "22:12", "1 < 2 &"):
        assert said in words


def test_why_a_newer_try_failed_is_printed_whole():
    why = "The newest refresh failed: No field 'pan' of this event. Someone renamed it in March."
    (words,) = words_of(pdf_of(page([replace(CHART, warning=why)], [(4, 5)])))
    assert why in words


def test_fonts_are_inside():
    fonts = fonts_of(pdf_of(page([CHART, text_view("**bold**")])))
    assert any("Inter" in name for name in fonts)
    assert all(fonts.values())


@pytest.mark.parametrize("name", sorted(bodies.FAIR))
def test_every_kind_of_chart_is_printed_in_both_themes(name):
    for theme in (look.light(), look.dark()):
        assert len(pdf_of(page([bodies.FAIR[name]]), theme=theme).pages) == 1


@pytest.mark.parametrize("name", sorted(bodies.NASTY))
def test_no_chart_is_too_odd_for_paper(name):
    assert len(pdf_of(page([bodies.NASTY[name]])).pages) == 1


def test_a_dashboard_without_tiles_is_one_sheet():
    assert words_of(pdf_of(page([])))[0].startswith("Weekly")


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_rows_of_usual_tiles_fill_a_sheet(size):
    upright = Print(page([CHART] * 14), look.light(), Paper(size=size)).sheets
    assert [len(sheet) for sheet in upright] == [4, 6, 4]
    turned = Print(page([CHART] * 10), look.light(), Paper(size=size, landscape=True)).sheets
    assert [len(sheet) for sheet in turned] == [2, 4, 4]


def test_a_tile_higher_than_a_sheet_is_on_one():
    sheets = Print(page([CHART, CHART], [(12, 90), (12, 2)]), look.light(), Paper()).sheets
    assert [[one.tile for one in sheet] for sheet in sheets] == [[0], [1]]


def test_a_section_is_not_left_behind_at_the_foot_of_a_sheet():
    heading = replace(text_view("## Later"), body=MarkdownBody("## Later"))
    views = [*[CHART] * 4, heading, CHART]
    wants = [(6, 5)] * 4 + [(12, 1), (12, 5)]
    sheets = Print(page(views, wants), look.light(), Paper()).sheets
    assert [[one.tile for one in sheet] for sheet in sheets] == [[0, 1, 2, 3], [4, 5]]


def test_who_stops_can_begin_anew():
    shown = Print(page([CHART] * 6), look.light(), Paper())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    steps = shown.write(buffer)
    next(steps)
    steps.close()
    assert len(pdf_of(page([CHART] * 6)).pages) == len(shown.sheets)


def test_facts_share_a_line_where_they_fit():
    short = Paper(facts=("Project: Shop", "Filters: Last 30 days", "Oldest tile 14:05"))
    long = replace(short, facts=(*short.facts, "Filters: " + "is one of many " * 6))
    heights = [
        Print(page([CHART]), look.light(), one)._head_height(0) for one in (Paper(), short, long)
    ]
    assert [height - heights[0] for height in heights[1:]] == [LINE, 4 * LINE]


def test_long_words_about_a_dashboard_take_three_lines_at_most():
    class Measure:
        def horizontalAdvance(self, text):  # noqa: N802  Qt's name
            return len(text)

    lines = wrapped("one two three four five six", Measure(), 9)
    assert lines == ["one two", "three", "four five six"]
    assert MARGIN > INCH / 4  # printers leave out what is nearer to the edge


def test_later_sheets_say_what_the_numbers_are_however_long_the_name_is():
    named = page([CHART] * 8)
    named.title = "A name that goes on " * 20
    paper = Paper(facts=("Project: Shop", "Filters: Last 14 days", "Oldest tile 14:05"))
    for paper_ in (paper, replace(paper, facts=("Filters: " + "is one of many " * 30,))):
        words = words_of(pdf_of(named, paper_))
        assert len(words) == 2
        assert "A name that goes on" in words[1]
        assert "Filters: " in words[1]
