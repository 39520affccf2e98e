import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from phdesk.models.failure import Cause, Failure
from phdesk.views import theme as look
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.main_window import MainWindow
from phdesk.views.widgets.banner import Banner
from phdesk.views.widgets.chips import Chips
from phdesk.views.widgets.elided import ElidedLabel
from phdesk.views.widgets.empty import EmptyPage
from phdesk.views.widgets.progress import ProgressLine
from phdesk.views.widgets.tooltips import tooltip_html
from tests.views.dashboard.showing import exposed, has_color

LEFT = Qt.MouseButton.LeftButton
TROUBLE = Failure(cause=Cause.SERVER, message="The server had an error.", detail="<b>500</b>")


def buttons(widget):
    return {one.text(): one for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget)}


@pytest.fixture
def banner(qtbot):
    banner = Banner(look.light())
    qtbot.addWidget(banner)
    return banner


def test_a_banner_is_hidden_until_there_is_something_to_say(banner):
    assert banner.isHidden()
    banner.set_failure(TROUBLE)
    assert not banner.isHidden()
    banner.clear()
    assert banner.isHidden()


def test_a_failure_can_be_tried_again(banner, qtbot):
    banner.set_failure(TROUBLE, kept="Oldest tile 09:00")
    assert banner.text == "The server had an error. You see what was kept. Oldest tile 09:00."
    assert banner.accessibleName() == banner.text
    with qtbot.waitSignal(banner.retry_requested):
        qtbot.mouseClick(buttons(banner)["Try again"], LEFT)


def test_a_message_can_be_closed_and_not_tried_again(banner, qtbot):
    banner.set_message("The keyring is locked.")
    assert "Try again" not in buttons(banner)
    assert banner.accessibleName() == "The keyring is locked."
    qtbot.mouseClick(buttons(banner)["Close"], LEFT)
    assert banner.isHidden()


def test_a_failure_after_a_message_can_be_tried_again(banner):
    banner.set_message("The keyring is locked.")
    banner.set_failure(TROUBLE)
    assert list(buttons(banner)) == ["Try again"]


def test_a_message_drops_the_details_of_a_failure(banner):
    banner.set_failure(TROUBLE)
    label = next(one for one in banner.findChildren(QLabel) if one.text())
    assert "&lt;b&gt;500&lt;/b&gt;" in label.toolTip(), "the server's words are no HTML"
    banner.set_message("The keyring is locked.")
    assert label.toolTip() == ""


def test_a_banner_wraps_a_long_sentence(qtbot):
    banner = Banner(look.light())
    banner.set_message("A long sentence that goes on. " * 12)
    exposed(qtbot, banner, 500, 60)
    label = next(one for one in banner.findChildren(QLabel) if one.text())
    assert banner.heightForWidth(500) > 60
    assert label.wordWrap()


@pytest.fixture
def chips(qtbot):
    chips = Chips(look.light())
    qtbot.addWidget(chips)
    return chips


@pytest.mark.parametrize(
    ("texts", "name", "hidden"),
    [
        pytest.param((), "No tags", True, id="none"),
        pytest.param(("kpi",), "Tags: kpi", False, id="one"),
        pytest.param(tuple("abcdef"), "Tags: a, b, c, d, e, f", False, id="more than fit"),
    ],
)
def test_chips_name_all_tags(chips, texts, name, hidden):
    chips.set_texts(texts)
    assert chips.accessibleName() == name
    assert chips.isHidden() is hidden
    assert chips.toolTip() == ", ".join(texts)
    assert (chips.sizeHint().width() > 0) is bool(texts)


def test_chips_count_what_does_not_fit(chips):
    chips.set_texts(("a", "b", "c", "d"))
    four = chips.sizeHint().width()
    chips.set_texts(("a", "b", "c", "d", "e", "f"))
    assert four < chips.sizeHint().width() < four * 1.6


def test_chips_show_tags_as_text(chips):
    chips.set_texts(("<img src=x>",))
    assert "&lt;img src=x&gt;" in chips.toolTip()


WRAPS = Qt.TextFlag.TextWordWrap


@pytest.fixture
def page(qtbot):
    page = EmptyPage(look.light())
    qtbot.addWidget(page)
    return page


def test_an_empty_page_says_a_sentence(page):
    page.set_message("No dashboards yet.")
    assert page.headline == page.accessibleName() == "No dashboards yet."
    assert buttons(page) == {}


def test_an_empty_page_offers_what_can_be_done(page, qtbot):
    page.set_message("It failed.", "Check the connection.", "Try again", "circle-alert")
    with qtbot.waitSignal(page.action_requested):
        qtbot.mouseClick(buttons(page)["Try again"], LEFT)


def test_an_empty_page_shows_words_as_text(page):
    page.set_message("<b>x</b>", "<i>y</i>")
    assert {label.textFormat() for label in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize(
    ("share", "width"),
    [
        pytest.param(0.0, 24, id="begun"),
        pytest.param(0.5, 100, id="half"),
        pytest.param(1.0, 200, id="done"),
        pytest.param(7.0, 200, id="too much"),
    ],
)
def test_the_line_grows_with_the_share(qtbot, share, width):
    line = ProgressLine(look.light())
    qtbot.addWidget(line)
    line.resize(200, 2)
    line.set_share(share)
    image, accent = line.grab().toImage(), look.light().accent
    assert sum(image.pixelColor(x, 0) == accent for x in range(200)) == width
    line.set_share(None)
    assert not has_color(line.grab().toImage(), accent)


def test_a_tooltip_shows_ten_lines_and_counts_the_rest():
    lines = tuple(HitLine("preset-1", f"Series {n}", str(n)) for n in range(14))
    html = tooltip_html(Hit("Monday", lines), look.light())
    assert html.count("<tr>") == 11
    assert "+ 4 more" in html
    assert "Series 9" in html
    assert "Series 10" not in html


def test_a_total_ends_a_tooltip_however_long_it_is():
    lines = tuple(HitLine("preset-1", f"s{i}", str(i)) for i in range(30))
    text = tooltip_html(Hit("Monday", lines, total="435"), look.light())
    assert text.index("more") < text.index("Total") < text.index("435")
    assert "Total" not in tooltip_html(Hit("Monday", lines), look.light())


def test_a_tooltip_escapes_what_came_from_the_data():
    hit = Hit("<script>", (HitLine("preset-1", "<img src=x>", "<b>1</b>"),))
    html = tooltip_html(hit, look.light())
    assert "<script>" not in html
    assert "<img" not in html
    assert "&lt;b&gt;1&lt;/b&gt;" in html


def test_a_tooltip_does_not_say_the_name_of_a_slice_twice():
    html = tooltip_html(Hit("pro", (HitLine("preset-1", "pro", "12 · 30%"),)), look.light())
    assert html.count("pro") == 1
    assert "12&nbsp;·&nbsp;30%" in html


def test_a_line_that_does_not_fit_ends_in_an_ellipsis_and_shows_whole_as_a_tip(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("Growth and acquisition")
    label.resize(400, 24)
    label.show()
    assert (label.shown_text(), label.toolTip()) == ("Growth and acquisition", "")
    label.resize(80, 24)
    assert label.shown_text().endswith("…")
    assert label.toolTip() == "Growth and acquisition"
    assert label.minimumSizeHint().width() < 80
    for words, tip in (("Revenue of the year", "Revenue of the year"), ("Web", "")):
        label.setText(words)  # at the same width
        assert label.toolTip() == tip


def test_the_row_that_is_pointed_at_stands_out_and_shows_its_change():
    lines = (
        HitLine("preset-1", "Visits", "900", "+12.5%"),
        HitLine("preset-1", "Visits before", "800"),
    )
    html = tooltip_html(Hit("Monday", lines, near=0), look.light())
    now, before = html.split("<tr")[1:]
    assert "bgcolor" in now
    assert "+12.5%" in now
    assert "bgcolor" not in before
    assert "bgcolor" not in tooltip_html(Hit("Monday", lines[:1], near=0), look.light())


def test_an_empty_page_shows_all_its_words_however_many_lines_they_take(qtbot):
    page = EmptyPage(look.light())
    qtbot.addWidget(page)
    page.resize(800, 600)
    for words in ("Short.", "Nothing of it is kept on this computer yet. " * 5):
        page.set_message("It cannot be reached.", words, "Try again")
        with qtbot.waitExposed(page):
            page.show()
        label = next(one for one in page.findChildren(QLabel) if one.text() == words)
        assert label.height() >= label.heightForWidth(label.width())


def test_the_words_of_an_empty_page_wrap_in_a_narrow_window(qtbot):
    window = MainWindow(look.light())
    qtbot.addWidget(window)
    window.empty_page.set_message("It cannot be reached.", "Nothing of it is kept here. " * 5)
    window.show_empty_page()
    with qtbot.waitExposed(window):
        window.show()
    for width in (1000, 480, 1000):
        window.resize(width, 500)
        page = window.empty_page
        label = max(page.findChildren(QLabel), key=lambda one: len(one.text()))
        qtbot.waitUntil(lambda: page.rect().contains(label.geometry()))  # noqa: B023
        assert page.width() < width
        qtbot.waitUntil(lambda: (label.width() > 440) == (width > 500))  # noqa: B023
        lines = label.fontMetrics().boundingRect(label.rect(), WRAPS, label.text())
        assert 0 <= label.height() - lines.height() < label.fontMetrics().height()


def test_the_words_below_a_sentence_are_paler_from_the_first_on(qtbot):

    look.apply(QApplication.instance(), look.light())
    page = EmptyPage(look.light())
    qtbot.addWidget(page)
    page.set_message("It cannot be reached.", "Nothing of it is kept.")
    with qtbot.waitExposed(page):
        page.show()
    label = next(one for one in page.findChildren(QLabel) if one.text().endswith("kept."))
    assert label.palette().color(label.foregroundRole()) == look.light().muted
