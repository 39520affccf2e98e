"""The button in the corner of a tile that has pointer or keyboard: opens its menu."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from phdesk.views.theme import Theme, icon

TOP, RIGHT = 8, 8  # px to the tile's edges
BESIDE_HANDLE = 40  # px to the right edge, where the handle has the corner


class MenuButton(QToolButton):
    """Has no keyboard: the Menu key of the tile does the same."""

    def __init__(self, tile: QWidget, theme: Theme) -> None:
        super().__init__(tile)
        self.set_theme(theme)
        self.setToolTip("Menu of the tile")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(28, 24)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.setIcon(icon("ellipsis", theme.muted))

    def set_title(self, title: str) -> None:
        """Say whose menu it is."""
        self.setAccessibleName(f"Menu of {title}")

    def place(self, width: int, *, editing: bool) -> None:
        """Go into the corner of a tile of this width."""
        self.move(width - self.width() - (BESIDE_HANDLE if editing else RIGHT), TOP)
