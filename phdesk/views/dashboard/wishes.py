"""What a person wishes of a tile: by pointer, keys or menu."""

from PySide6.QtCore import QObject, Signal


class TileWishes(QObject):
    """Common to all tiles of a grid; each says which tile it is about."""

    open_requested = Signal(int)
    refresh_requested = Signal(int)
    browser_requested = Signal(int)
    link_requested = Signal(int, str)  # tile, address
    details_requested = Signal(int)
    place_requested = Signal(int, str)  # tile, "move" or "size": by numbers instead of by hand
    edit_requested = Signal(int, str, object)  # tile, what is to change for the team, and to what
    alerts_requested = Signal(int)  # tile, whose alerts to show
    board_requested = Signal(int, str)  # tile, what to do about a person's own boards
    watch_requested = Signal(int)  # tile of which a number is to be watched
    export_requested = Signal(int)
