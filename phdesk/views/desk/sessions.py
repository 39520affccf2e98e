"""Signing in, changing account or project, signing out: the pages and dialogs for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot

from phdesk.models.account import Account, Project
from phdesk.models.failure import Failure
from phdesk.services.settings import KeptWindow
from phdesk.views.addresses import key_page
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import accounts_dialog, project_dialog, sign_in_page
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.turning import Turning
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.views.dialogs.sign_in import SignIn


class Attempt(Struct, frozen=True, gc=False):
    """What was typed to sign in, until it is known which project it is for."""

    host: str
    key: str
    remember: bool

    def __repr__(self) -> str:
        """Show all but the key."""
        return f"Attempt({self.host!r})"


class Sessions(QObject):
    """Leads a person from the first page to a project, and back."""

    demo_requested = Signal()
    accounts_shown = Signal(object)  # Accounts

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._pages, self._window = desk, pages, desk.window
        self._page: SignIn | None = None
        self._attempt: Attempt | None = None
        self._left: int | None = None  # the dashboard to go back to when signing in is given up
        self._projects: tuple[Project, ...] = ()
        self.turning = Turning(desk)
        self._adds = False  # the sign-in page is for one more account
        self._chooses = False  # another project: what was open is not in it
        turning = self.turning
        turning.signed_in.connect(self._on_signed_in)
        turning.sign_in_failed.connect(self._on_refused)
        turning.needs_project.connect(self._on_needs_project)
        turning.key_missing.connect(self._on_key_missing)
        turning.told.connect(self._on_told)
        desk.online_arrived.connect(self._on_online)
        desk.theme_changed.connect(self._on_theme)
        desk.preferences.trouble.connect(self._on_told)
        desk.window.accounts_requested.connect(self.show_accounts)
        desk.window.sidebar.accounts_requested.connect(self.show_accounts)

    @property
    def page(self) -> "SignIn | None":
        """Give the sign-in page, once it was shown."""
        return self._page

    @Slot()
    def show_sign_in(self) -> None:
        """Show the sign-in page."""
        page = self._page or self._made()
        self._adds = self._desk.state.account is not None
        page.set_can_cancel(self._adds)
        self._window.show_page(page, sidebar="nowhere")

    @Slot()
    def show_accounts(self) -> None:
        """Show the accounts that are kept."""
        current = self._desk.state.account
        dialog = accounts_dialog()(self._desk.theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_accounts(self._desk.preferences.accounts, current.id if current else "")
        if self._desk.shelf is not None:
            dialog.set_on_boards(self._desk.shelf.tiles_by_account())
        dialog.switch_requested.connect(self._on_switch)
        dialog.add_requested.connect(self.show_sign_in)
        dialog.forget_requested.connect(self._on_forget)
        dialog.window_requested.connect(self._on_window)
        dialog.projects_requested.connect(self._window.projects_requested)
        for done in dialog.wishes:
            done.connect(dialog.accept)  # it is modal: what comes next lies below it
        dialog.open()
        self.accounts_shown.emit(dialog)

    def sign_in(self, host: str, key: str, project: int | None, *, remember: bool) -> None:
        """Check a key and go on with it."""
        if self._desk.online is None:
            return
        self._attempt = Attempt(host, key, remember)
        self._window.notice.clear()  # not later: signing in may itself have something to tell
        if self._page is not None:
            self._page.set_busy(True)
        self.turning.sign_in(host, key, project, remember=remember)

    def choose_project(self, project: Project) -> None:
        """Go on in another project of the account."""
        self._chooses = True
        if self._desk.is_alone:  # else it is another window that shows it
            self._desk.open_id = None
        self._window.notice.clear()
        self.turning.choose_project(project)

    def _made(self) -> "SignIn":
        page = sign_in_page()(self._desk.theme)
        page.sign_in_requested.connect(self._on_sign_in)
        page.create_key_requested.connect(self._on_create_key)
        page.demo_requested.connect(self.demo_requested)
        page.cancel_requested.connect(self._on_cancel)
        self._page = page
        if self._desk.online is not None:
            self._desk.online.probe_keyring()
        return page

    @Slot()
    def _on_online(self) -> None:
        online = self._desk.online
        if online is None:
            return
        online.signed_out.connect(self._on_signed_out)
        online.keyring_probed.connect(self._on_keyring)
        if self._page is not None:
            online.probe_keyring()

    @Slot(str, str, object, bool)
    def _on_sign_in(self, host: str, key: str, project: object, remember: bool) -> None:  # noqa: FBT001
        if self._desk.open_id is not None:
            self._left = self._desk.open_id
        self._desk.open_id = None  # it was another account's
        number = project if isinstance(project, int) else None
        self.sign_in(host, key, number, remember=remember)

    @Slot(object)
    def _on_signed_in(self, _account: Account) -> None:
        if self._adds and self._attempt is None and self._window.page is self._page:
            return  # it was another window: here somebody is typing another account's key
        self._attempt, self._left = None, None
        if self._page is not None:
            self._page.set_signed_in()
        if self._window.page is self._page:
            self._window.show_empty_page()
        wanted = self._wanted()
        if wanted is not None:
            self._pages.open_dashboard(wanted)
        else:
            self._desk.open_id = None
            self._pages.show_open()

    def _wanted(self) -> int | None:
        """Choose what to open: what is open, what was open last, the project's own first one."""
        state, settings = self._desk.state, self._desk.preferences.settings
        account = state.account.id if state.account else ""
        if self._desk.open_id is not None:
            return self._desk.open_id
        last = settings.dashboards.get(account)
        if self._chooses and last not in {row.id for row in state.rows.items}:
            last = None
        self._chooses = False
        return last if last is not None else (state.project or Project(id=0)).primary_dashboard

    @Slot(object)
    def _on_refused(self, failure: Failure) -> None:
        state = self._desk.state
        if self._attempt is None and (state.rows.items or state.dashboards):
            self._window.notice.set_message(f"{failure.message} What you see was kept earlier.")
            return
        self.show_sign_in()
        if self._page is not None:
            self._page.set_busy(False)
            self._page.set_failure(failure)

    @Slot(object)
    def _on_needs_project(self, projects: Sequence[Project]) -> None:
        if self._page is not None:
            self._page.set_busy(False)
        if projects:
            self._projects = tuple(projects)
            dialog = project_dialog()(self._desk.theme, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.set_projects(projects)
            dialog.project_chosen.connect(self._on_project_chosen)
            dialog.open()
        elif self._page is not None:
            self._page.ask_project("This key cannot list projects. Which project is it for?")

    @Slot(int)
    def _on_project_chosen(self, project_id: int) -> None:
        attempt = self._attempt
        if attempt is not None:
            self.sign_in(attempt.host, attempt.key, project_id, remember=attempt.remember)

    @Slot(object)
    def _on_key_missing(self, kept: object) -> None:
        state = self._desk.state
        if state.dashboards or state.rows.items:
            why = getattr(kept, "why", "") or "The key is not here."
            self._window.notice.set_message(f"{why} Sign in again to refresh.")
        else:
            self.show_sign_in()

    @Slot(str)
    def _on_signed_out(self, account: str) -> None:
        if self._desk.state.account is not None:
            return
        self._desk.open_id = None
        # One whose key could not be removed is still known, but nobody wants to go back to it.
        others = [one for one in self._desk.preferences.accounts if one.id != account]
        if others and self._desk.online is not None:
            self.turning.switch(others[0].id)
        else:
            self.show_sign_in()

    @Slot(str)
    def _on_switch(self, account_id: str) -> None:
        if self._desk.online is not None:
            if self._desk.is_alone:  # else it is another window that shows another account
                self._desk.open_id = None
            self._window.notice.clear()
            self.turning.switch(account_id)

    @Slot(str)
    def _on_forget(self, account_id: str) -> None:
        if self._desk.online is not None:
            if self._desk.shelf is not None:
                self._desk.shelf.forget(account_id)
            self._desk.account_leaves.emit(account_id)
            self._desk.online.forget(account_id)

    @Slot(str)
    def _on_window(self, account_id: str) -> None:
        self._desk.window_requested.emit(KeptWindow(account=account_id))

    @Slot(str, bool)
    def _on_keyring(self, sentence: str, can_store: bool) -> None:  # noqa: FBT001  a signal's
        if self._page is not None:
            until = "" if can_store else " You stay signed in until phdesk closes."
            self._page.set_keyring_state(f"{sentence}{until}", can_store)

    @Slot(str)
    def _on_told(self, sentence: str) -> None:
        self._window.notice.set_message(sentence)

    @Slot(str)
    def _on_create_key(self, host: str) -> None:
        self._desk.browse(key_page(host))

    @Slot()
    def _on_cancel(self) -> None:
        if self._attempt is not None:
            self.turning.cancel_sign_in()
        self._attempt = None
        if self._page is not None:
            self._page.set_busy(False)
        if self._desk.state.account is None:  # there is nothing to go back to
            self.show_sign_in()
            return
        if self._desk.open_id is None:
            self._desk.open_id = self._left
        self._window.show_empty_page()
        self._pages.show_open()

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        if self._page is not None:
            self._page.set_theme(theme)
