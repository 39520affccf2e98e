"""Why something was not done: on a line of its own, or at the fields of a form."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from phdesk.views.dialogs import words
from phdesk.views.dialogs.field import Field
from phdesk.views.widgets.spoken import speak


class Trouble(QLabel):
    """One reason in words, said aloud as it appears; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a server's words may hold markup
        self.setWordWrap(True)
        self.setForegroundRole(words.BAD)
        self.hide()

    def say(self, why: str) -> None:
        """Say why something was not done, or nothing."""
        known = why == self.text()  # lists are filled anew at any time
        self.setText(why)
        self.setVisible(bool(why))
        if why and not known:
            self._make_room()
            speak(self, why)

    def _make_room(self) -> None:
        """Let the dialog grow by the lines that the words take: it was made without them."""
        dialog = self.window()
        layout = dialog.layout()
        if layout is not None and dialog.isVisible():
            layout.activate()
            needed = layout.totalHeightForWidth(dialog.width())
            if needed > dialog.height():
                dialog.resize(dialog.width(), needed)


def show_wrong(
    wrong: Mapping[str, str], fields: Mapping[str, Field], say: Callable[[str], None]
) -> bool:
    """Say at its field what is wrong, with `say` what is so with the whole, under an empty name.

    The keyboard goes to the first such field; tells whether there was one.
    """
    for name, field in fields.items():
        field.set_wrong(wrong.get(name, ""))
    say(wrong.get("", ""))
    first = next((fields[name] for name in fields if wrong.get(name)), None)
    if first is None:
        return False
    first.show()
    first.field.setFocus(Qt.FocusReason.OtherFocusReason)
    speak(first.field, f"{first.field.accessibleName()}: {first.wrong}")
    return True


class Keyboard:
    """Gives the keyboard back to where it was before parts of a dialog rested."""

    def __init__(self, dialog: QWidget) -> None:
        self._dialog = dialog
        self._held: QWidget | None = None

    def hold(self) -> None:
        """Remember who has the keyboard, before it is disabled; the first time counts."""
        if self._held is None:
            self._held = self._dialog.focusWidget()

    def give_back(self) -> None:
        """Give the keyboard back, now that its place is enabled again."""
        held, self._held = self._held, None
        if held is not None and held.isVisible() and held.isEnabled():
            held.setFocus(Qt.FocusReason.OtherFocusReason)
