"""Opens what is written in, and presses what sends it, as people do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QPlainTextEdit, QRadioButton

from phdesk.core.filters import Filter, Override
from phdesk.models.dashboard import Box
from phdesk.views.dashboard.layout_note import LayoutLine
from phdesk.views.desk.dashboards import COPY, DELETE, NEW, RESTORE
from phdesk.views.desk.edits import INSIGHT, NAME, TEXT
from phdesk.views.desk.health import CHECK
from phdesk.views.desk.insights import NEW as NEW_INSIGHT
from phdesk.views.desk.sharing import SHARE
from phdesk.views.desk.subscriptions import SUBSCRIPTIONS
from phdesk.views.dialogs.alerts_snooze import SnoozeButton
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.copy_dashboard import DEEP, CopyDashboard
from phdesk.views.dialogs.filter_save import SaveFilters
from phdesk.views.dialogs.new_dashboard import NewDashboard
from phdesk.views.dialogs.sharing import SHARE as START


def nothing(_desk):
    """Open nothing: it is a menu's."""


def is_written(name, text):
    return lambda desk: desk.written(name) == text


def pressed(text):
    return lambda desk: desk.press(text)


def new_board(desk, start=""):
    desk.do(NEW)
    made = desk.dialog(NewDashboard)
    if start:
        found = made.findChild(QListWidget)
        desk.until(lambda: any("Starter" in found.item(at).text() for at in range(found.count())))
        made.choose(start)
    desk.write("Name", "Numbers")


def copy_board(desk, *, deep=False):
    desk.do(COPY)
    made = desk.dialog(CopyDashboard)
    desk.until(lambda: desk.field("Name").isEnabled())
    desk.write("Name", "Numbers")
    if deep:
        desk.tick(next(one for one in made.findChildren(QRadioButton) if one.text() == DEEP))


def rename(desk):
    if not desk.ada.dialogs():
        desk.do(NAME)
        desk.write("Name", "Numbers")


def card(desk):
    if not desk.ada.dialogs():
        desk.do(TEXT)
        desk.qtbot.keyClicks(desk.front.findChild(QPlainTextEdit), "Words")


def delete_board(desk):
    desk.do(DELETE)
    desk.press("Delete for everyone")


def deleted_board(desk):
    delete_board(desk)
    desk.until(lambda: "was deleted" in desk.notice.text)


def made_board(desk):
    new_board(desk)
    desk.press("Make the dashboard")
    desk.until(lambda: "was made" in desk.notice.text)


def undo(desk):
    desk.press("Undo", desk.notice)


def check_one(desk):
    desk.do(CHECK)
    desk.choose("Old link")


def restore_board(desk):
    desk.do(RESTORE)
    desk.write("Or its number, or the address of its page", "12")


def move(desk):
    desk.ada.screen.layout_changed.emit({1: Box(0, 5, 6, 5), 2: Box(0, 0, 6, 5)})
    desk.until(lambda: layout_line(desk) is not None)


def layout_line(desk):
    found = [one for one in desk.ada.screen.findChildren(LayoutLine) if one.isVisible()]
    return found[0] if found else None


def filters(desk):
    desk.ada.desk.online.dashboards.set_override(9, Override(filters=Filter(date_from="-7d")))
    desk.until(lambda: desk.ada.screen.filters.words.temporary)
    desk.ada.screen.filters.requested.emit("choose", "save")
    desk.dialog(SaveFilters)


def new_insight(desk):
    desk.do(NEW_INSIGHT)
    desk.write_heading = name_insight(desk)


def name_insight(desk, text="Visits"):
    desk.until(lambda: desk.builder is not None)
    name = desk.builder.heading.name
    name.clear()
    desk.qtbot.keyClicks(name, text)


def edit_insight(desk):
    desk.insights.edit(1)
    name_insight(desk)


def save_as(desk):
    if not desk.ada.dialogs():
        desk.builder.save_as_requested.emit()
    if desk.written("Name") != "Another":
        desk.write("Name", "Another")
    desk.press("Save")


def put_on(desk):
    if not desk.ada.dialogs():
        desk.builder.add_requested.emit()
    found = desk.front.findChild(QListWidget)
    found.item(found.count() - 1).setCheckState(Qt.CheckState.Checked)
    desk.press("Save for everyone")


def is_put_on(desk):
    """Tell whether the list is there again, with what was ticked."""
    found = desk.front.findChild(QListWidget)
    return found.item(found.count() - 1).checkState() is Qt.CheckState.Checked


def subscriptions(desk):
    desk.do(SUBSCRIPTIONS)
    desk.choose("Monday numbers")


def new_mail(desk):
    subscriptions(desk)
    desk.press("New subscription…")
    desk.write("To", "ben@example.org")


def change_mail(desk):
    subscriptions(desk)
    desk.press("Edit…")
    desk.write("To", "ben@example.org")


def send_mail(desk):
    desk.press("Send now…")
    desk.press("Send now")


def shared(desk, **more):
    desk.server.sharing |= more
    desk.do(SHARE)
    wanted = "Stop sharing" if desk.server.sharing["enabled"] else START
    desk.until(lambda: desk.button(wanted) is not None)


def box(desk, text):
    return next(one for one in desk.front.findChildren(QCheckBox) if one.text() == text)


def alerts(desk):
    desk.window.alerts_requested.emit()
    desk.choose("Low")


def new_alert(desk):
    desk.of_tile(1, "Alerts…")
    desk.press("New alert…")
    desk.write("Name", "Numbers")
    desk.front._lower.setText("1")


def add_insight(desk):
    desk.do(INSIGHT)
    desk.dialog(CommandPalette)
    desk.qtbot.keyClicks(desk.front.findChild(QLineEdit), "Alone")
    desk.qtbot.keyClick(desk.front.findChild(QLineEdit), Qt.Key.Key_Return)


def snooze(desk):
    button = desk.front.findChild(SnoozeButton)
    next(one for one in button.menu().actions() if "hour" in one.text()).trigger()


def change_alert(desk):
    alerts(desk)
    desk.press("Edit…")
    desk.write("Name", "Numbers")


def deleted_mail(desk):
    subscriptions(desk)
    desk.press("Delete")
    desk.until(lambda: desk.button("Undo") is not None)


def half_made(desk):
    new_board(desk, "posthog t2")
    desk.qtbot.keyClicks(desk.front.slots_.field("A"), "signed_up")


def go_on(desk):
    desk.press("Go on" if desk.button("Go on") is not None else "Make the dashboard")
