"""The head of a tile that is opened large, on pages of any width."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from phdesk.views import theme as look
from phdesk.views.explore.heading import Heading
from tests.views.dashboard.showing import exposed
from tests.views.explore.samples import lines, view

AGE = "28 Nov 14:05 · 12 days"


@pytest.mark.parametrize("width", [440, 590, 610, 1100])
def test_the_age_is_whole_at_any_width(qtbot, width):
    holder = exposed(qtbot, QWidget(), 1100, 200)
    heading = Heading(look.light(), holder)
    heading.set_view(view(lines()))
    heading.set_age(AGE)
    heading.show()
    age = next(one for one in heading.findChildren(QLabel) if one.text() == AGE)
    needed = age.fontMetrics().horizontalAdvance(AGE)
    for wide in (width, 1100, width):
        heading.setGeometry(0, 0, wide, 120)
        qtbot.waitUntil(lambda: age.isVisible() and age.width() >= needed, timeout=1000)
        assert heading.rect().contains(age.geometry())
