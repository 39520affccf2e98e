"""Makes passwords of a shared page; each word is told once, so a lost answer may lose it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from phdesk.core.refused import FOUND, LOOKING, MAYBE_MADE, TURNED_UP, at_fields
from phdesk.models.failure import Failure
from phdesk.models.sharing import NewPassword, SharePassword
from phdesk.services.making_once import Hopes, Made, Once
from phdesk.services.sharing import Shareable, password_wish
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.sharing import Sharing as Dialog
from phdesk.views.dialogs.sharing_passwords import PASSWORD_PLACES

AS_TYPED = f"The password is made. {FOUND} Its word is the one that you typed."
WORD_LOST = (
    "PostHog has made the password, but its word was lost with the answer: delete it, then add "
    "another."
)
NO_NOTE = "Without a note"


class SharedPasswords(QObject):
    """One at a time for each page."""

    def __init__(
        self,
        desk: Desk,
        read: Callable[[Shareable, str], None],  # how a page stands; then say this of it
        refused: Callable[[Shareable, Failure, str], None],  # with the words of doubt
        begun: Callable[[], None],
    ) -> None:
        super().__init__(desk)
        self._desk, self._read, self._refused, self._begun = desk, read, refused, begun
        self._dialog: Dialog | None = None
        self._what = Shareable("dashboards", 0)
        self._once = Once[NewPassword | SharePassword]()
        self._making: set[Shareable] = set()

    def show(self, dialog: Dialog, what: Shareable) -> None:
        """Turn to the passwords of a page."""
        self._dialog, self._what = dialog, what
        self._once.begin()
        dialog.passwords.wanted.connect(self._on_wanted)

    def leave(self) -> None:
        """Turn to none: the dialog is gone."""
        self._dialog = None
        self._once.begin()

    def forget(self) -> None:
        """Wait for no answer any more: none comes."""
        self._making.clear()

    @Slot(str, str)
    def _on_wanted(self, note: str, word: str) -> None:
        online, what = self._desk.online, self._what
        if online is None or what in self._making:  # of two presses one makes one
            return
        self._making.add(what)
        self._begun()
        hopes = Hopes(
            partial(self._made, what, bool(word)),
            partial(self._failed, what),
            partial(self._answer_was_lost, what),
        )
        self._once.make(online.calls.ask, password_wish(self._desk.where, what, note, word), hopes)

    def _shown(self, what: Shareable) -> Dialog | None:
        return self._dialog if what == self._what else None

    def _answer_was_lost(self, what: Shareable) -> None:
        dialog = self._shown(what)
        if dialog is not None:
            dialog.set_trouble(LOOKING)

    def _made(
        self,
        what: Shareable,
        typed: bool,  # noqa: FBT001
        made: Made[NewPassword | SharePassword],
    ) -> None:
        """Tell the word; of one whose answer was lost, whether anybody knows it."""
        self._making.discard(what)
        dialog, one = self._shown(what), made.one
        if dialog is None:
            return
        said = ""
        if isinstance(one, NewPassword):
            dialog.passwords.tell_once(one.word)
        elif made.other:
            said = TURNED_UP.format(one.note or NO_NOTE)
        elif typed:
            dialog.passwords.clear()
            dialog.line.tell(AS_TYPED)
        else:
            dialog.passwords.clear()
            dialog.passwords.choose(one.id)
            said = WORD_LOST
        self._read(what, said)

    def _failed(self, what: Shareable, failure: Failure) -> None:
        """Say at its field what is wrong with a password; else why there is none."""
        self._making.discard(what)
        wrong, dialog = at_fields(failure, PASSWORD_PLACES), self._shown(what)
        if "" in wrong:
            self._refused(what, failure, MAYBE_MADE)
        elif dialog is not None:
            dialog.set_trouble("")
            dialog.passwords.set_wrong(wrong)
