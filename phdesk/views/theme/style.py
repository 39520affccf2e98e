"""The look of the widgets: Fusion, a palette from tokens, one stylesheet for the rest."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from phdesk.views.theme.tokens import Theme, dark, light

# Trap: Qt measures the rows of a list that is filled before it has a parent without this sheet,
# and they overlap. Give a list its parent first, or call scheduleDelayedItemsLayout() when shown.
NOT_COLORS = frozenset({"name", "is_dark", "colorblind", "readable", "medium"})
SHEET = """
QPushButton, QToolButton[bar="true"] {
    min-height: 18px; padding: 5px 12px; border: 1px solid @line; border-radius: 6px;
    background: @surface; color: @text; outline: none;
}
QPushButton:hover, QToolButton[bar="true"]:hover { border-color: @faint; }
QPushButton:pressed, QPushButton:checked { background: @accent_bg; }
QPushButton:focus, QToolButton[bar="true"]:focus { border: 2px solid @accent; padding: 4px 11px; }
QPushButton:disabled { color: @faint; background: @bg; }
QPushButton[primary="true"] {
    background: @accent; border-color: @accent; color: @on_accent;
}
QPushButton[primary="true"]:hover { border-color: @text; }
QPushButton[primary="true"]:focus { border: 2px solid @text; }
QPushButton[primary="true"]:disabled { background: @line; border-color: @line; color: @muted; }
QPushButton[drop="true"] { text-align: left; padding-right: 24px; }
QPushButton[drop="true"]:focus { padding-right: 23px; }
QFrame[chip="true"] { background: @surface; border: 1px solid @line; border-radius: 6px; }
QFrame[temporary="true"] { background: @warn_bg; border-radius: 6px; }
QFrame[temporary="true"] QLabel { color: @warn; }
QFrame[chip="true"] QPushButton, QFrame[temporary="true"] QPushButton {
    border: 2px solid transparent; background: transparent; padding: 3px 6px;
}
QFrame[temporary="true"] QPushButton { color: @warn; }
QFrame[chip="true"] QPushButton:focus, QFrame[temporary="true"] QPushButton:focus {
    border-color: @accent;
}
QFrame[chip="true"] QPushButton:hover, QFrame[temporary="true"] QPushButton:hover {
    text-decoration: underline;
}
QFrame[card="true"] { background: @surface; border: 1px solid @line; border-radius: 8px; }
QPushButton[add="true"] { padding: 4px 8px; }
QPushButton[add="true"]:focus { padding: 3px 7px; }
QComboBox[quiet="true"] {
    min-height: 18px; padding: 5px 24px 5px 10px; border: 1px solid @line; border-radius: 6px;
    background: @surface; color: @text;
}
QComboBox[quiet="true"]:hover { border-color: @faint; }
QComboBox[quiet="true"]:focus { border: 2px solid @accent; padding: 4px 23px 4px 9px; }
QComboBox[quiet="true"]:disabled { color: @muted; background: @bg; }
QComboBox[quiet="true"]::drop-down { border: none; width: 22px; }
QComboBox[quiet="true"]::down-arrow { image: none; }
QComboBox[quiet="true"] QAbstractItemView { border: 1px solid @faint; padding: 4px; }
QAbstractSpinBox[quiet="true"] {
    min-height: 28px; max-height: 28px; padding: 0; border: 1px solid @line; border-radius: 6px;
    background: @surface; color: @text;
}
QAbstractSpinBox[quiet="true"]:focus {
    border: 2px solid @accent; min-height: 26px; max-height: 26px;
}
QAbstractSpinBox[quiet="true"]::up-button, QAbstractSpinBox[quiet="true"]::down-button,
QDateTimeEdit[quiet="true"]::drop-down { width: 24px; border: none; background: transparent; }
QAbstractSpinBox[quiet="true"]::up-arrow, QAbstractSpinBox[quiet="true"]::down-arrow,
QDateTimeEdit[quiet="true"]::down-arrow { image: none; }
QAbstractSpinBox[quiet="true"] QLineEdit, QComboBox[quiet="true"] QLineEdit {
    border: none; padding: 0; background: transparent;
}
QAbstractSpinBox[quiet="true"]:disabled { color: @muted; background: @bg; }
QListWidget[offers="true"] { border: 1px solid @faint; border-radius: 6px; }
QPushButton[danger="true"] { color: @bad; border-color: @bad; }
QPushButton[flat="true"], QToolButton { border: 1px solid transparent; background: transparent; }
QToolButton { border-radius: 6px; padding: 3px; color: @text; }
QToolButton:hover, QPushButton[flat="true"]:hover { background: @accent_bg; }
QToolButton:focus { border: 2px solid @accent; padding: 2px; }
QPushButton[flat="true"]:focus { border: 2px solid @accent; }
QLabel[hint="true"] { background: @text; color: @surface; border-radius: 6px; padding: 3px 8px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit {
    border: 1px solid @line; border-radius: 6px; background: @surface; color: @text;
    selection-background-color: @accent; selection-color: @on_accent;
}
QLineEdit { min-height: 18px; padding: 5px 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; }
QLineEdit:focus { padding: 4px 7px; }
QPlainTextEdit { padding: 1px 6px; }
QPlainTextEdit:focus { padding: 0 5px; }
QPlainTextEdit[code="true"], QPlainTextEdit[code="true"]:focus { padding: 0; }
QLineEdit[title="true"] { min-height: 24px; }
QLineEdit:disabled { color: @muted; background: @bg; }
QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit { min-height: 24px; }
QCheckBox, QRadioButton { min-height: 24px; }

QRadioButton[segment="true"] {
    min-height: 18px; padding: 5px 12px; border: 1px solid @line; border-radius: 6px;
    background: @surface; spacing: 0; outline: none;
}
QAbstractItemView::indicator:unchecked {
    border: 1px solid @muted; border-radius: 2px; background: @surface; width: 12px; height: 12px;
}
QRadioButton[segment="true"]::indicator {
    width: 0; height: 0; border: none; image: none; background: transparent;
}
QRadioButton[segment="true"]:hover { border-color: @faint; }
QRadioButton[segment="true"]:checked {
    background: @accent_bg; border-color: @accent; color: @accent;
}
QRadioButton[segment="true"]:focus { border: 2px solid @accent; padding: 4px 11px; }
QRadioButton[segment="true"]:disabled { color: @muted; }

QMenu { background: @surface; border: 1px solid @line; padding: 4px; color: @text; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accent_bg; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenuBar { background: @bg; color: @text; }
QMenuBar::item:selected { background: @accent_bg; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 4px 6px; }
QDialog[floating="true"], QLabel[floating="true"] {
    background: @surface; border: 1px solid @faint; }
QLabel[pinned="true"] {
    background: @surface; color: @text; border: 1px solid @accent; border-radius: 6px;
}

QAbstractItemView {
    background: @surface; alternate-background-color: @surface; color: @text;
    border: none; outline: none;
}
QListView::item, QTreeView::item { padding: 6px 8px; border-radius: 6px; }
QTreeView::item:first, QTreeView::item:middle {
    border-top-right-radius: 0; border-bottom-right-radius: 0;
}
QTreeView::item:last, QTreeView::item:middle {
    border-top-left-radius: 0; border-bottom-left-radius: 0;
}
QListView::item:hover, QTreeView::item:hover { background: @bg; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: @accent_bg; color: @text;
}
QAbstractItemView[ring="true"] { border: 2px solid transparent; border-radius: 6px; }
QAbstractItemView[ring="true"]:focus { border-color: @accent; }
QTableView { gridline-color: @grid; border: 1px solid @line; }
QTableView[ring="true"] { border: 2px solid transparent; }
QTableView[ring="true"]::item { padding: 0 5px; }
QHeaderView::section {
    background: @surface; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: 5px 8px;
}
QAbstractScrollArea::corner { background: transparent; border: none; }
QLabel[tone="muted"] { color: @muted; }
QWidget[sidebar="true"] { background: @sidebar; }
Sidebar { border-right: 1px solid @line; }
QListWidget[sidebar="true"] {
    background: transparent; border: 2px solid transparent; border-radius: 6px;
}
QListWidget[sidebar="true"]::item { padding: 0 8px; }
QListWidget[sidebar="true"]::item:hover { background: @line; }
QListWidget[sidebar="true"]::item:selected { background: @accent_bg; color: @accent; }
QListWidget[sidebar="true"]::item:disabled { background: transparent; color: @muted; }
QListWidget[sidebar="true"]:focus { border-color: @accent; }
QWidget[banner="true"] { background: @warn_bg; }
QWidget[banner="true"] QLabel { color: @text; }
QWidget[note="true"] { background: @accent_bg; }
QScrollArea { border: none; background: transparent; }
QTabBar { background: @bg; }
QTabBar::tab {
    background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent;
    padding: 0 4px 0 12px; margin: 0;
}
QTabBar::tab:first { margin-left: 8px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:selected:focus { background: @accent_bg; }
QSplitter::handle { background: @line; }
QSplitter[quiet="true"]::handle { background: transparent; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

STYLE = ("-style", "fusion")


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the application in a theme; may be called again when the theme changes.

    The application is to be made with `STYLE` among its arguments: `setStyle` gives the style back
    to Python, which makes a hundred enumerations for it and takes 20 ms of every start.
    """
    app.setPalette(_palette(theme))
    for kind in ("QCheckBox", "QRadioButton"):
        app.setPalette(_boxes(theme), kind)  # type: ignore[arg-type]  # stubs say bytes
    app.setFont(theme.font(13))
    app.setStyleSheet(stylesheet(theme))


def stylesheet(theme: Theme) -> str:
    """Give the one stylesheet, its `@token`s filled in."""
    sheet = SHEET
    roles = [name for name in theme.__struct_fields__ if name not in NOT_COLORS]
    for role in sorted(roles, key=len, reverse=True):  # @accent_bg before @accent
        sheet = sheet.replace(f"@{role}", getattr(theme, role).name())
    return sheet


def system_theme(app: QGuiApplication, *, colorblind: bool = False) -> Theme:
    """Follow the desktop where it tells light from dark; light otherwise."""
    is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return dark(colorblind=colorblind) if is_dark else light(colorblind=colorblind)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette(theme.surface, theme.bg)
    for which, color in (
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.bg),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.bad),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.accent),
        (role.Accent, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.ToolTipBase, theme.surface),
        (role.ToolTipText, theme.text),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        *_edges(theme),
    ):
        made.setColor(which, color)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, theme.faint)
    return made


def _boxes(theme: Theme) -> QPalette:
    """Give what is ticked an edge that shows: Fusion makes it of the window's colour, darkened."""
    made = _palette(theme)
    made.setColor(QPalette.ColorRole.Window, theme.muted.lighter(140))
    return made


def _edges(theme: Theme) -> tuple[tuple[QPalette.ColorRole, QColor], ...]:
    role = QPalette.ColorRole
    return (
        (role.Light, theme.surface),
        (role.Midlight, theme.bg),
        (role.Mid, theme.line),
        (role.Dark, theme.faint),
        (role.Shadow, theme.line),
    )
