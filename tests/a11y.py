"""Walks what assistive technology is told: names, roles, and the room that a pointer has."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QScrollBar,
    QTabBar,
    QWidget,
)

Role = QAccessible.Role
LEAST = 24  # px, of every target (WCAG 2.5.8)
NONE = (Role.NoRole, Role.Client)  # what Qt says of a widget of which it knows nothing
ROLES = {
    "QPushButton": (Role.Button, Role.ButtonMenu, Role.CheckBox),  # a switch is a check box
    "QToolButton": (Role.Button, Role.ButtonMenu, Role.CheckBox),
    "QCheckBox": (Role.CheckBox,),
    "QRadioButton": (Role.RadioButton,),
    "QLineEdit": (Role.EditableText,),
    "QPlainTextEdit": (Role.EditableText,),
    "QSpinBox": (Role.SpinBox,),
    "QComboBox": (Role.ComboBox,),
    "QListWidget": (Role.List,),
    "QListView": (Role.List,),
    "QTreeWidget": (Role.Tree,),
    "QTableView": (Role.Table,),
    "QTabBar": (Role.PageTabList,),
    "QMenu": (Role.PopupMenu,),
}


def faults(top):
    """Give what is wrong with the controls of a window, each as a sentence."""
    return sorted({fault for widget in controls(top) for fault in faults_of(widget)})


def controls(top):
    """Give what a person can act on: by Tab, or by a press."""
    found = [one for one in (top, *top.findChildren(QWidget)) if one.isVisible()]
    return [one for one in found if acts(one) and not hidden_part(one)]


def acts(widget):
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    kinds = (QAbstractButton, QAbstractItemView, QTabBar, QMenu)
    return widget.isEnabled() and (bool(takes) or isinstance(widget, kinds))


def hidden_part(widget):
    """Tell whether Qt made it as a part of another control, which speaks for it."""
    parts = (QScrollBar, QHeaderView)
    return isinstance(widget, parts) or widget.objectName().startswith("qt_")


def faults_of(widget):
    face = QAccessible.queryAccessibleInterface(widget)
    if face is None:
        yield f"{known(widget)} is unknown to assistive technology"
        return
    if not face.text(QAccessible.Text.Name).strip():
        yield f"{known(widget)} has no name"
    if not fits(widget, face.role()):
        yield f"{known(widget)} has the role {face.role().name}"
    if isinstance(widget, QMenu):
        yield from faults_of_menu(widget)
    else:
        yield from faults_of_looks(widget)


def faults_of_looks(widget):
    if isinstance(widget, QAbstractButton) and not widget.text() and not widget.toolTip():
        yield f"{known(widget)} shows a sign, and no words on hover"
    if isinstance(widget, QAbstractItemView):
        high = widget.visualRect(widget.model().index(0, 0)).height()
        if 0 < high < LEAST:
            yield f"rows of {known(widget)} are {high} high"
    elif min(widget.width(), widget.height()) < LEAST:
        yield f"{known(widget)} is {widget.width()} x {widget.height()}"


def faults_of_menu(menu):
    face = QAccessible.queryAccessibleInterface(menu)
    for action, place in zip(menu.actions(), range(face.childCount()), strict=True):
        entry = face.child(place)
        if action.isSeparator() or not action.isVisible():
            continue
        if not entry.text(QAccessible.Text.Name).strip():
            yield f"an entry of {known(menu)} has no name"
        if entry.role() != Role.MenuItem:
            yield f"{action.text()} has the role {entry.role().name}"
        if menu.actionGeometry(action).height() < LEAST:
            yield f"{action.text()} is {menu.actionGeometry(action).height()} high"


def fits(widget, role):
    if role in NONE:
        return False
    for kind in type(widget).__mro__:
        if kind.__name__ in ROLES:
            return role in ROLES[kind.__name__]
    return True


def known(widget):
    """Name a widget for whoever has to mend it."""
    face = QAccessible.queryAccessibleInterface(widget)
    name = face.text(QAccessible.Text.Name) if face is not None else ""
    owner = widget.parentWidget()
    within = f" in {type(owner).__name__}" if owner is not None else ""
    return f"{type(widget).__name__} “{name or widget.objectName()}”{within}"
