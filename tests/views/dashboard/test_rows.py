"""Numbers beside each other on a dashboard are of one size and stand on one line."""

from collections import deque

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QIODevice, QRectF

from phdesk.core.charts.spec import NoticeBody, NumberBody
from phdesk.core.grid.metrics import ROW_HEIGHT
from phdesk.models.dashboard import Box
from phdesk.views import theme as look
from phdesk.views.charts import number
from phdesk.views.charts.ink import Ink
from phdesk.views.dashboard.card import WARNING_LINE
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.grid_view import GridView
from phdesk.views.export.filing import Drawing, writing
from phdesk.views.picture import Page, tile_picture
from tests.views.charts import bodies
from tests.views.dashboard.editing.hands import Hands
from tests.views.dashboard.showing import CHART, counted, exposed

WIDTH = 1040  # px, in which the longest figure of a quarter is much smaller than the others
TEXTS = {1: "$128,209", 2: "218", 3: "179", 4: "36.9%"}
ROW = {one: Box(3 * place, 0, 3, 2) for place, one in enumerate(TEXTS)}


def view_of(words, **more):
    body = NumberBody(text=words, caption="People", delta_text="3.57%", direction="up")
    return replace(bodies.view(body, bodies.TABLE), title=words, **more)


VIEWS = {one: view_of(words) for one, words in TEXTS.items()}


@pytest.fixture
def figures(monkeypatch, qapp):
    """Record what is written in the size of figures, by its words: its type, and its line."""
    record = {}

    def put(painter, rect, words, font, color, align):
        record[words] = (font.pixelSize(), rect.bottom())

    monkeypatch.setattr(number, "put", put)
    return record


@pytest.fixture
def grid(qtbot):
    return exposed(qtbot, GridView(look.light()), WIDTH, 600)


def filled(grid, boxes, views):
    grid.set_tiles(boxes)
    grid.set_views(views)
    return grid


def drawn(grid, figures):
    """Draw what is to be drawn anew; give the looks of the figures of all tiles."""
    for tile in grid.tiles.values():
        tile.render_now()
    return dict(figures)


def alone(words, figures, grid, box=ROW[1]):
    """Give the look that a figure has by itself."""
    filled(grid, {9: box}, {9: view_of(words)})
    return drawn(grid, figures)[words]


def are_even(looks, *words):
    return len({looks[one] for one in words}) == 1


@pytest.mark.parametrize("width", [900, 1040, 1240, 1600])
@pytest.mark.parametrize(
    ("high", "longest"),
    [
        pytest.param(2, "$128,209", id="low"),
        pytest.param(3, "1,209", id="high"),
        pytest.param(5, "1,209", id="very high"),
    ],
)
def test_numbers_beside_each_other_have_one_size_and_one_line(grid, figures, width, high, longest):
    grid.resize(width, 600)
    boxes = {one: replace(box, h=high) for one, box in ROW.items()}
    filled(grid, boxes, {**VIEWS, 1: view_of(longest)})
    looks = drawn(grid, figures)
    assert looks.keys() == {longest, "218", "179", "36.9%"}
    assert are_even(looks, *looks)


def test_one_far_longer_number_makes_no_other_tiny(grid, figures):
    filled(grid, ROW, {**VIEWS, 1: view_of("1,234,567,890,123")})
    looks = drawn(grid, figures)
    assert are_even(looks, "218", "179", "36.9%")
    assert looks["218"][0] > 1.2 * looks["1,234,567,890,123"][0]
    assert looks["218"][1] == looks["1,234,567,890,123"][1]


def test_a_number_alone_in_its_row_is_as_large_as_it_can_be(grid, figures):
    largest = alone("218", figures, grid)
    filled(grid, {1: ROW[1], 2: Box(3, 2, 3, 2), 5: Box(3, 0, 9, 2)},
           {1: VIEWS[1], 2: VIEWS[2], 5: CHART})  # fmt: skip
    looks = drawn(grid, figures)
    assert looks["218"] == largest
    assert looks["$128,209"][0] < largest[0]


@pytest.mark.parametrize(
    "box", [pytest.param(Box(3, 0, 3, 3), id="higher"), pytest.param(Box(3, 1, 3, 2), id="lower")]
)
def test_a_number_of_another_height_or_top_is_not_beside(grid, figures, box):
    largest = alone("218", figures, grid, box)
    filled(grid, {1: ROW[1], 2: box}, VIEWS)
    assert drawn(grid, figures)["218"] == largest


def test_numbers_below_each_other_stay_as_they_are(grid, figures):
    grid.resize(600, 600)
    largest = alone("218", figures, grid)
    filled(grid, ROW, {**VIEWS, 1: view_of("1,234,567,890,123,456,789")})
    assert grid.columns == 1
    looks = drawn(grid, figures)
    assert looks["218"] == looks["179"] == largest
    assert looks["1,234,567,890,123,456,789"][0] < largest[0]


def test_each_number_is_drawn_once_when_all_come_together(grid, qtbot, monkeypatch):
    with counted(monkeypatch) as titles:
        filled(grid, ROW, VIEWS)
        qtbot.waitUntil(lambda: not any(tile.needs_picture for tile in grid.tiles.values()))
    assert sorted(titles) == sorted(TEXTS.values())


def test_a_late_number_changes_those_beside_it_once_and_no_other(grid, figures, monkeypatch):
    boxes = {**ROW, 5: Box(0, 2, 3, 2), 6: Box(3, 2, 3, 2)}
    filled(grid, boxes, {2: VIEWS[2], 3: VIEWS[3], 5: CHART, 6: view_of("61")})
    before = drawn(grid, figures)
    with counted(monkeypatch) as titles:
        grid.set_views({1: VIEWS[1]})
        looks = drawn(grid, figures)
        grid.set_views({4: VIEWS[4]})  # fits into what is there
        drawn(grid, figures)
    assert looks["218"][0] < before["218"][0]
    assert are_even(drawn(grid, figures), *TEXTS.values())
    assert sorted(titles) == sorted(TEXTS.values())


def test_a_number_that_goes_lets_the_others_grow(grid, figures):
    filled(grid, ROW, VIEWS)
    small = drawn(grid, figures)["218"]
    failed = NoticeBody(state="error", headline="PostHog did not answer.")
    grid.set_views({1: replace(VIEWS[1], body=failed)})
    grown = drawn(grid, figures)["218"]
    assert grown[0] > small[0]
    grid.set_views({1: VIEWS[1]})
    assert drawn(grid, figures)["218"] == small
    grid.set_tiles({one: box for one, box in ROW.items() if one != 1})
    assert drawn(grid, figures)["218"] == grown


def test_a_warning_lifts_the_line_of_all(grid, figures):
    filled(grid, ROW, VIEWS)
    before = drawn(grid, figures)
    grid.set_views({3: replace(VIEWS[3], warning="The newest refresh failed.")})
    looks = drawn(grid, figures)
    assert are_even(looks, *TEXTS.values())
    assert looks["218"][1] < before["218"][1]


def test_the_table_behind_one_number_leaves_the_others_as_they_are(grid, figures):
    filled(grid, ROW, VIEWS)
    before = drawn(grid, figures)
    figures.clear()
    grid.tiles[1].toggle_table()
    grid.tiles[2].set_state(CardState(age="now", stale="phdesk is offline", refreshing=True))
    assert drawn(grid, figures) == {}
    assert all(not grid.tiles[one].needs_picture for one in ROW)
    grid.tiles[1].toggle_table()
    assert drawn(grid, figures)["$128,209"] == before["$128,209"]


def test_another_width_gives_another_size_when_it_rests(grid, figures, qtbot):
    filled(grid, ROW, VIEWS)
    narrow = drawn(grid, figures)
    grid.resize(WIDTH + 200, 600)
    assert not any(tile.needs_picture for tile in grid.tiles.values())  # they are stretched
    qtbot.waitUntil(lambda: drawn(grid, figures)["$128,209"][0] > narrow["$128,209"][0])
    qtbot.waitUntil(lambda: are_even(drawn(grid, figures), *TEXTS.values()))


def test_numbers_follow_a_tile_in_the_hand(figures, qtbot):
    hands = Hands(qtbot).edit()
    grid = hands.grid
    grid.resize(WIDTH, 600)
    filled(grid, ROW, VIEWS)
    small = drawn(grid, figures)["218"]
    grid.show_boxes({**ROW, 1: Box(0, 0, 3, 3)})
    grown = drawn(grid, figures)["218"]
    assert grown[0] > small[0]
    grid.show_boxes(ROW)
    assert drawn(grid, figures)["218"] == small


def test_a_figure_stays_within_a_tile_that_is_on_its_way_to_its_size(figures):
    ink, body = Ink(look.light()), VIEWS[1].body
    high = [number.Figure(0, QRectF(0, 40, 200, 300), one.body) for one in VIEWS.values()]
    even = number.evened(dict(enumerate(high)), ink)[0]
    rect = QRectF(0, 40, 200, 100)
    layout = number.arrange(rect, body, ink, even)
    assert rect.contains(layout.figure)
    assert layout.figure.bottom() + len(layout.notes) * layout.line <= rect.bottom()


def test_a_tile_too_small_to_be_read_does_not_count(figures):
    rects = (QRectF(0, 40, 300, 120), QRectF(0, 40, 300, 120), QRectF(0, 40, 4, 120))
    row = [number.Figure(0, rect, VIEWS[2].body) for rect in rects]
    assert number.evened(dict(enumerate(row)), Ink(look.light())).keys() == {0, 1}


def page(y=0, views=VIEWS):
    boxes = [replace(box, y=y) for box in ROW.values()]
    return Page("Weekly", "", list(views.values()), boxes, [CardState()] * 4)


def filed(page, kind):
    device = QBuffer()
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = Drawing(page=page, theme=look.light(), width=WIDTH, height=600)
    deque(writing(drawing, kind, device), maxlen=0)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_so_they_are_in_files(figures, kind):
    filed(page(), kind)
    assert figures.keys() == set(TEXTS.values())
    assert are_even(figures, *TEXTS.values())


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_warning_of_several_lines_lifts_the_line_of_all_in_files(figures, kind):
    filed(page(), kind)
    before = figures["218"]
    views = {**VIEWS, 3: replace(VIEWS[3], warning="The newest refresh failed. " * 3)}
    filed(page(views=views), kind)
    assert are_even(figures, *TEXTS.values())
    assert figures["218"][1] < before[1] - 2 * WARNING_LINE


@pytest.mark.parametrize("height", [None, 180])
def test_so_they_are_in_a_picture_of_a_height(figures, height):
    page().picture(look.dark(), WIDTH, height, 2)
    assert are_even(figures, *TEXTS.values())


def test_the_line_in_a_picture_is_told_from_the_tops_of_tiles(figures):
    page().picture(look.light(), WIDTH, None, 1)
    before = figures["218"]
    page(y=2).picture(look.light(), WIDTH, None, 1)
    assert figures["218"] == (before[0], before[1] + 2 * (ROW_HEIGHT + 12))


def test_a_picture_of_one_number_is_of_it_alone(figures):
    tile_picture(VIEWS[2], look.light(), (300, 180), 1)
    large = figures["218"]
    page().picture(look.light(), WIDTH, None, 1)
    assert figures["218"][0] < large[0]
