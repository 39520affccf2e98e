"""Insights that are not saved when windows close, or phdesk ends: in several windows."""

from PySide6.QtGui import QAction

from phdesk.views.building.page import BuilderPage
from phdesk.views.desk.insights import NEW, UNSAVED, Insights
from tests.app_parts import running
from tests.test_end_to_end import WAIT, sign_in
from tests.windows.acting import opened, ready, second, whole


def part(one):
    return one.desk.findChild(Insights)


def does(one, name):
    next(each for each in one.window.findChildren(QAction) if each.text() == name).trigger()


def builds(one, qtbot, name):
    """Begin an insight in a window and write its name, as by keys."""
    qtbot.waitUntil(lambda: ready(one))
    does(one, NEW)
    qtbot.waitUntil(lambda: isinstance(one.window.page, BuilderPage))
    qtbot.keyClicks(one.window.page.heading.name, name)


def title(one):
    editor = part(one)._editor if part(one) is not None else None
    return editor.title if editor is not None and editor.is_unsaved else ""


def test_all_insights_that_were_not_saved_come_back_after_quitting(qtbot, tmp_path, server):
    with running(tmp_path, theme="light") as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(lambda: whole(app.front), timeout=WAIT)
        first, other = second(app, qtbot)
        builds(first, qtbot, "First")
        builds(other, qtbot, "Second")
    with running(tmp_path, theme="light") as app:
        opened(app, qtbot)
        qtbot.waitUntil(
            lambda: {title(one) for one in app.windows.all} == {"First", "Second"}, timeout=WAIT
        )
        said = " ".join(one.window.notice.text for one in app.windows.all)
        assert "“First” is not saved." in said
        assert "“Second” is not saved." in said


def test_a_window_that_closes_leaves_its_insight_to_the_others(app, qtbot):
    first, other = second(app, qtbot)
    builds(other, qtbot, "Left behind")
    other.window.close()
    qtbot.waitUntil(lambda: len(app.windows.all) == 1)
    assert first.window.notice.text == f"“Left behind” is not saved. It waits in “{UNSAVED}”."
    does(first, UNSAVED)
    qtbot.waitUntil(lambda: title(first) == "Left behind")
    assert isinstance(first.window.page, BuilderPage)
