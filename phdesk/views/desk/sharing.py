"""Shares dashboards and insights from a window: after a look at what everybody would see."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from phdesk.core.exposing import MAKER, Exposed, exposed, exposed_insight
from phdesk.core.listing import title_of
from phdesk.core.refused import MAYBE, doubted, is_unsure
from phdesk.core.shared_links import embedding, shared_address
from phdesk.core.sharing_words import (
    chosen,
    in_address,
    options_for,
    refusal_words,
    state_words,
    with_option,
)
from phdesk.models.failure import Failure
from phdesk.models.sharing import Sharing as Held
from phdesk.services import sharing
from phdesk.services.background import Ticket
from phdesk.services.layouts import VIEWER
from phdesk.services.sharing import Shareable, Work
from phdesk.store.contexts import project_context
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import sharing_dialog
from phdesk.views.desk.sharing_passwords import SharedPasswords
from phdesk.views.dialogs.sharing import Option
from phdesk.views.dialogs.sharing import Sharing as Dialog

SHARE = "Share…"
ON_TILE = "share"
NOT_SIGNED_IN = "Sign in to share something."
NOTHING_OPEN = "Open a dashboard first, or choose Share… in the menu of a tile."
BY_ADDRESS = "The options stand in the link: copy it anew after a change."
KEPT = "PostHog keeps the options: they hold for the link as it is."
NOT_LISTED = "Open it once, so that phdesk can list what everybody would see of it."
STANDS = "{} The answer to the change was lost: this is how it stands now."
OPEN_AGAIN = "How it stands cannot be read either: open this again when PostHog answers."
UNLISTED = "Which passwords there are cannot be read now: {}"
RENEW = "Put a new link in the place of this one? Whoever has this one sees nothing any more."


class Sharing(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._dialog: Dialog | None = None
        self._what = Shareable("dashboards", 0)
        self._held: Held | None = None
        self._reading: Ticket | None = None  # how it stands
        self._unread = False  # nobody waits for that any more, and it is not known yet
        self._in_link: frozenset[str] = frozenset()  # options that stand in the address
        self._passwords = SharedPasswords(
            desk, self._read_after_password, self._refused, self._read_no_more
        )
        desk.window.add_action(SHARE, "", self.open)
        desk.window.screen_page.tile_edit_requested.connect(self._on_tile)
        desk.store.changed.connect(self._on_changed)

    @Slot()
    def open(self) -> None:
        """Show how the dashboard on screen is shared."""
        if self._desk.dashboard_id is None:
            self._desk.window.notice.set_message(NOTHING_OPEN)
            return
        self.open_dashboard(self._desk.dashboard_id)

    def open_dashboard(self, dashboard_id: int) -> None:
        """Show how a dashboard is shared."""
        board = self._desk.state.dashboards.get(dashboard_id)
        row = next((one for one in self._desk.state.rows.items if one.id == dashboard_id), None)
        row = board.dashboard.row if board is not None else row
        title = title_of(row) if row is not None else f"Dashboard {dashboard_id}"
        found = exposed(board.dashboard, self._groups) if board is not None else ()
        why = "" if row is None or row.editable else VIEWER.message
        self._open(Shareable("dashboards", dashboard_id), title, found, why)

    def open_insight(self, insight_id: int, title: str) -> None:
        """Show how an insight is shared that is not on screen."""
        self._open(Shareable("insights", insight_id), title, (), "")

    @Slot(int, str, object)
    def _on_tile(self, tile_id: int, what: str, _value: object) -> None:
        """Show how a tile's insight is shared."""
        held = self._desk.window.screen_page.held(tile_id)
        view = self._desk.window.screen_page.views.get(tile_id)
        insight = held.insight if held is not None else None
        if what == ON_TILE and insight is not None and insight.id is not None and view is not None:
            found = exposed_insight(insight, self._groups)
            self._open(Shareable("insights", insight.id), view.title, found, "")

    @property
    def _groups(self) -> tuple[tuple[int, str, str], ...]:
        desk = self._desk
        return tuple(project_context(desk.state.project, desk.now(), desk.state.around).groups)

    def _open(self, what: Shareable, title: str, found: Sequence[Exposed], why: str) -> None:
        online = self._desk.online
        if online is None or not online.calls.ready:
            self._desk.window.notice.set_message(NOT_SIGNED_IN)
            return
        if self._dialog is not None:
            self._dialog.close()
        self._what, self._held, self._in_link = what, None, frozenset()
        made = self._dialog = sharing_dialog()(self._desk.theme, title, self._desk.window)
        made.set_exposed(found, MAKER if found else NOT_LISTED)
        made.switch_requested.connect(self._on_switch)
        made.option_toggled.connect(self._on_option)
        made.renew_requested.connect(self._ask_renew)
        made.browse_requested.connect(self._desk.browse)
        made.passwords.required_toggled.connect(self._on_required)
        self._passwords.show(made, what)
        made.passwords.delete_requested.connect(self._on_password_gone)
        made.finished.connect(self._on_gone)
        made.open()
        self._read(what, partial(self._came, why), self._unknown)

    def _read(
        self,
        what: Shareable,
        done: Callable[[Shareable, Held], None],
        failed: Callable[[Shareable, Failure], None],
    ) -> None:
        if self._desk.online is not None:
            self._unread = False
            self._reading = self._desk.online.calls.ask(
                sharing.read(what),
                done=partial(done, what),
                failed=partial(failed, what),
                tag=f"sharing of {self._desk.viewer}",
            )

    def _read_no_more(self) -> None:
        """Wait for no answer that may be from before a change which is being asked for."""
        if self._reading is not None and self._reading.active:
            self._reading.cancel()
            self._unread = True

    def _came(self, why: str, what: Shareable, held: Held) -> None:
        if self._dialog is not None and what == self._what:
            self._take(held)
            if why:
                self._dialog.set_fixed(why)

    def _unknown(self, what: Shareable, failure: Failure) -> None:
        if self._dialog is not None and what == self._what:
            self._dialog.set_unknown()
            self._dialog.set_trouble(refusal_words(failure))

    def _take(self, held: Held) -> None:
        """Show how it stands now."""
        self._held = held
        dialog = self._dialog
        if dialog is None:
            return
        dialog.set_trouble("")
        dialog.set_sending(on=False)
        state = state_words(held, self._desk.now())
        if not held.enabled or not held.is_live:
            dialog.set_off(state)
            return
        options = in_address(self._in_link) if held.by_address else {}
        where = self._desk.host, held.token, options
        dialog.set_on(state, shared_address(*where), embedding(*where))
        on = self._in_link if held.by_address else chosen(held)
        offered = options_for(self._what.noun, by_address=held.by_address)
        dialog.set_options(
            [Option(key, text, key in on) for key, text in offered],
            BY_ADDRESS if held.by_address else KEPT,
        )
        dialog.set_newer(can_renew=held.has_settings, has_passwords=held.has_passwords)
        dialog.passwords.set_passwords(held.passwords, required=held.password_required)

    def _ask(self, work: Work, said: str, undo: "partial[None] | None" = None) -> None:
        online, what = self._desk.online, self._what
        if online is None or self._dialog is None:
            return
        self._read_no_more()
        self._dialog.line.clear()
        self._dialog.set_sending(on=True)
        online.calls.ask(
            work,
            done=partial(self._changed, what, said, undo),
            failed=partial(self._refused, what),
        )

    def _changed(
        self, what: Shareable, said: str, undo: "partial[None] | None", held: Held
    ) -> None:
        self._unread = False
        if self._desk.online is not None and what.noun == "dashboards":
            was = self._held.enabled if self._held is not None else None
            if was != held.enabled:
                self._desk.online.list_dashboards()  # the list says which are shared
        if self._dialog is not None and what == self._what:
            self._take(held)
            if said:
                self._dialog.line.tell(said, undo)

    def _refused(self, what: Shareable, failure: Failure, doubt: str = MAYBE) -> None:
        """Say why, with the switches as they stand; what nobody knows is read again."""
        if self._dialog is None or what != self._what:
            return
        if self._held is not None:
            self._take(self._held)
        self._dialog.set_sending(on=False)
        words = refusal_words(failure)
        said = f"Not done: {doubted(words, failure, doubt)}"
        self._dialog.set_trouble(said)
        lost = is_unsure(failure)
        if lost or self._unread:
            known = STANDS.format(words) if lost and doubt == MAYBE else said
            self._read(what, partial(self._came_after, known), partial(self._still_unknown, said))

    def _came_after(self, said: str, what: Shareable, held: Held) -> None:
        """Show how it stands after an answer that was lost."""
        if self._dialog is not None and what == self._what:
            was = self._held.enabled if self._held is not None else None
            self._take(held)
            self._dialog.set_trouble(said)
            if was != held.enabled and self._desk.online is not None:
                self._desk.online.list_dashboards()  # the list says which are shared

    def _still_unknown(self, said: str, what: Shareable, _failure: Failure) -> None:
        if self._dialog is not None and what == self._what:
            self._dialog.set_unknown()  # nobody may rely on what was shown before
            self._dialog.set_trouble(f"{said} {OPEN_AGAIN}")

    @Slot(bool)
    def _on_switch(self, on: bool) -> None:  # noqa: FBT001  a signal's value
        said = "Everybody with the link sees it now." if on else "The link leads nowhere now."
        undo = None if on else partial(self._on_switch, True)
        self._ask(sharing.switch(self._what, on=on), said, undo)

    @Slot(str, bool)
    def _on_option(self, key: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        held = self._held
        if held is None:
            return
        if held.by_address:
            self._in_link = self._in_link | {key} if on else self._in_link - {key}
            self._take(held)
            return
        settings = with_option(held.settings, key, on=on)
        self._ask(sharing.change(self._what, {"settings": settings}), "")

    @Slot()
    def _ask_renew(self) -> None:
        if self._dialog is not None:
            self._dialog.line.ask(RENEW, "New link", self._renew, no="Keep this one")

    def _renew(self) -> None:
        self._ask(sharing.renew(self._what), "The link is new; the old one leads nowhere.")

    @Slot(bool)
    def _on_required(self, on: bool) -> None:  # noqa: FBT001  a signal's value
        self._ask(sharing.change(self._what, {"password_required": on}), "")

    def _read_after_password(self, what: Shareable, said: str) -> None:
        """Read which passwords there are; where that fails, what was told of one stays."""
        self._read(what, partial(self._came_after, said), partial(self._not_listed, said))

    def _not_listed(self, said: str, what: Shareable, failure: Failure) -> None:
        if self._dialog is not None and what == self._what:
            words = UNLISTED.format(refusal_words(failure))
            self._dialog.set_trouble(f"{said} {words}".lstrip())

    @Slot(str)
    def _on_password_gone(self, password: str) -> None:
        self._ask(sharing.delete_password(self._what, password), "The password opens nothing now.")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.session:
            self._passwords.forget()
            if self._dialog is not None:
                self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        if self.sender() is self._dialog:
            self._dialog = None
            self._passwords.leave()
