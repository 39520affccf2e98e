import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton

from phdesk.views import theme as look
from phdesk.views.dialogs.export import WIDTH, ExportDialog
from phdesk.views.export.wish import COPIED, FORMATS, Subject, Wish
from tests.a11y import controls, faults

KINDS = [kind for kind, _ in FORMATS]


@pytest.fixture
def dialog(qtbot):
    def make(kind="pdf", *, title="Weekly", alone=True, differs=True, dark=True, said=""):
        subject = Subject(title=title, alone=alone, differs=differs, dark=dark)
        made = ExportDialog(
            look.light(), subject, Wish(format=kind), lambda wish: said or wish.format
        )
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def seen(dialog):
    fields = (*dialog.findChildren(QComboBox), *dialog.findChildren(QCheckBox))
    shown = [one for one in fields if one.isVisible()]
    return {one.accessibleName() or one.text().replace("&", "") for one in shown}


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_says_what_it_is(dialog, kind):
    look.apply(QApplication.instance(), look.light())
    made = dialog(kind)
    assert len(controls(made)) >= 2
    assert faults(made) == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("pdf", {"Format", "Paper", "Sheets", "Light theme, for paper"}),
        ("png", {"Format", "Fineness", "Light theme, for paper"}),
        ("svg", {"Format", "Light theme, for paper"}),
        ("csv", {"Format", "All rows, hidden ones too"}),
    ],
)
def test_it_asks_what_the_format_can_be_told(dialog, kind, fields):
    assert seen(dialog(kind)) == fields


def test_what_makes_no_difference_is_not_asked(dialog):
    assert seen(dialog("png", dark=False)) == {"Format", "Fineness"}
    assert seen(dialog("csv", differs=False)) == {"Format"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_clipboard_takes_can_be_copied(dialog, kind):
    made = dialog(kind)
    copy = next(one for one in made.findChildren(QPushButton) if "Copy" in one.text())
    assert copy.isEnabled() == (kind in COPIED)
    assert kind in [label.text() for label in made.findChildren(QLabel)]


def test_csv_is_of_one_tile(dialog):
    made = dialog("csv", alone=False)
    assert made.wish.format == "pdf"


@pytest.mark.parametrize("title", ["Weekly " * 60, "لوحة متابعة " * 20, "日本語の" * 40])
def test_a_long_name_is_cut_at_its_end_and_makes_nothing_wide(dialog, title):
    made = dialog(title=title)
    label = next(one for one in made.findChildren(QLabel) if one.text() == title)
    assert made.width() == WIDTH
    assert label.shown_text() != title
    assert label.toolTip()


@pytest.mark.parametrize("lines", [1, 3, 6])
def test_what_comes_of_it_is_seen_whole(dialog, lines):
    words = "Nothing of this may be cut off at its end, however much there is to be said. " * lines
    made = dialog(said=words)
    label = next(one for one in made.findChildren(QLabel) if one.text() == words)
    assert label.height() >= label.heightForWidth(label.width()) > 0
