"""The head of a dashboard gives its name room before all that stands beside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from phdesk.models.dashboard import DashboardRow
from phdesk.views import theme as look
from phdesk.views.dashboard.header import Header
from phdesk.views.widgets.chips import Chips
from phdesk.views.widgets.elided import ElidedLabel
from tests.noting import delivered, noting_layouts, rests
from tests.views.dashboard.showing import exposed

NAME = "Growth and acquisition"


@pytest.fixture
def header(qtbot, qapp):
    look.apply(qapp, look.light())
    made = Header(look.light())
    made.set_row(DashboardRow(id=9, name=NAME, tags=("company", "weekly")))
    mark = QToolButton()
    mark.setText("Shared")
    made.add_mark(mark)
    exposed(qtbot, made, 1400, 120)
    return made


def shown(header):
    """Say what stands beside the name, and whether that is whole."""
    mark, title = header.findChild(QToolButton), header.findChild(ElidedLabel)
    wordy = mark.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    return header.findChild(Chips).isVisible(), wordy, title.shown_text() == NAME


def test_tags_go_before_the_word_of_the_mark_and_that_before_the_name(header, qtbot):
    seen = []
    for width in range(1400, 760, -10):
        header.resize(width, 120)
        qtbot.waitUntil(lambda width=width: header.width() == width)
        header.layout().activate()
        if not seen or shown(header) != seen[-1]:
            seen.append(shown(header))
    assert seen[:2] == [(True, True, True), (False, True, True)]
    assert all(whole or not (tags or wordy) for tags, wordy, whole in seen)


@pytest.fixture
def full(header, qtbot):
    """A head with no pixel to spare."""
    header.age.set_text("Oldest tile 05:57 · 2 min ago", "muted")
    while shown(header)[0]:
        header.resize(header.width() - 4, 120)
        header.layout().activate()
    header.resize(header.width() + 4, 120)
    qtbot.waitUntil(lambda: shown(header) == (True, True, True))
    return header


@pytest.mark.parametrize("seen", [True, False], ids=["seen", "hidden"])
def test_what_grows_beside_the_name_takes_no_room_from_it(full, qtbot, seen):
    full.setVisible(seen)
    full.age.set_text("Oldest tile Mon 05:57 · 22 hours ago", "muted")
    delivered(qtbot)
    full.show()
    qtbot.waitUntil(lambda: shown(full) == (False, True, True))


def test_tags_do_not_come_and_go_with_each_refresh(full, qtbot):
    full.age.set_text("Oldest tile Mon 05:57 · 22 hours ago", "muted")
    qtbot.waitUntil(lambda: not shown(full)[0])
    full.age.set_text("Refreshed 1 of 9", "muted")
    with noting_layouts(full) as asked:
        qtbot.waitUntil(lambda: bool(asked))
    delivered(qtbot)
    assert not shown(full)[0]
    full.set_row(DashboardRow(id=8, name=NAME, tags=("company", "weekly")))
    qtbot.waitUntil(lambda: shown(full) == (True, True, True))


def test_a_head_at_rest_asks_for_no_layout(header, qtbot):
    header.age.set_text("Oldest tile Mon 05:57 · 22 hours ago", "muted")
    assert rests(qtbot, header)
