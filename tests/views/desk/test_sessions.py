import keyring
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QPushButton, QRadioButton

from phdesk.models.account import Account, Project
from phdesk.models.dashboard import DashboardRow
from phdesk.models.failure import Cause, Failure
from phdesk.services.accounts import added
from phdesk.services.credentials import KEY_STAYS, SERVICE
from phdesk.store import changes
from phdesk.views.dialogs.accounts import Accounts
from phdesk.views.dialogs.choose_project import ChooseProject
from phdesk.views.dialogs.failure_line import FailureLine
from phdesk.views.dialogs.sign_in import SignIn
from tests.services.conftest import ADA
from tests.services.keyrings import LOCKED, FailingKeyring
from tests.services.posthog import HOST, KEY, NO_ACCESS, NO_SCOPE, Gate
from tests.store.builders import NOON, board
from tests.views.dashboard.showing import grid_of
from tests.views.desk.conftest import button

LEFT = Qt.MouseButton.LeftButton
BOB = Account(id="eu.posthog.com-u2", host=HOST, email="bob@example.org", project_id=7)
NO_NET = Failure(cause=Cause.NETWORK, message="phdesk cannot reach eu.posthog.com.")


def page_of(windowed):
    assert isinstance(windowed.window.page, SignIn)
    return windowed.window.page


def field(page, name):
    return next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == name)


def fill(windowed, qtbot, key):
    page = page_of(windowed)
    own = next(one for one in page.findChildren(QRadioButton) if "EU" in one.text())
    qtbot.mouseClick(own, LEFT)
    entry = field(page, "Personal API key")
    entry.clear()
    qtbot.keyClicks(entry, key)
    qtbot.mouseClick(button(page, "Sign in"), LEFT)


def refusals(page):
    lines = [one for one in page.findChildren(FailureLine) if one.isVisible()]
    return " ".join(one.accessibleName() for one in lines)


@pytest.fixture
def nobody(windowed, online):
    """The sign-in page, with nobody known."""
    windowed.pages.start(None)
    windowed.sessions.show_sign_in()
    windowed.desk.set_online(online)
    return windowed


def known(windowed, *, dashboards=True):
    """Fill the store as from an earlier run, without any key."""
    store = windowed.parts.store
    store.apply(changes.with_account, ADA, Project(id=7, name="Shop"))
    if dashboards:
        row = DashboardRow(id=9, name="Weekly")
        store.apply(changes.with_rows, [row], now=NOON, from_cache=True)
        store.apply(changes.with_dashboard, board(*grid_of(2)), now=NOON)
    store.announce()
    windowed.parts.preferences.change_accounts(added, ADA)


def test_signing_in_leads_to_the_list(nobody, qtbot):
    assert not nobody.window.sidebar.isVisible()
    fill(nobody, qtbot, KEY)
    nobody.shows(nobody.window.empty_page)
    qtbot.waitUntil(lambda: nobody.window.empty_page.headline == "Choose a dashboard.")
    assert nobody.window.sidebar.isVisible()
    assert KEY not in repr(nobody.sessions._attempt)


def test_a_wrong_key_is_told_on_the_page(nobody, qtbot):
    fill(nobody, qtbot, "phx_wrong")
    qtbot.waitUntil(lambda: "key" in refusals(page_of(nobody)))
    assert field(page_of(nobody), "Personal API key").isEnabled()
    assert nobody.state.account is None


def test_a_keyring_that_refuses_is_still_told_after_signing_in(nobody, qtbot):
    keyring.set_keyring(FailingKeyring(LOCKED))
    fill(nobody, qtbot, KEY)
    nobody.shows(nobody.window.empty_page)
    assert nobody.window.notice.isVisible()
    assert nobody.window.notice.text.startswith("The keyring is locked.")


def test_without_an_account_there_is_nothing_to_go_back_to(nobody, qtbot):
    qtbot.keyClick(page_of(nobody), Qt.Key.Key_Escape)
    assert isinstance(nobody.window.page, SignIn)


def test_adding_an_account_can_be_given_up(ada, qtbot):
    ada.sessions.show_sign_in()
    qtbot.mouseClick(button(page_of(ada), "Cancel"), LEFT)
    assert ada.window.page is ada.screen
    assert ada.window.sidebar.isVisible()
    assert ada.window.windowTitle() == "Weekly – phdesk"


def test_giving_up_after_a_refusal_goes_back_to_the_open_dashboard(ada, qtbot):
    ada.sessions.show_sign_in()
    for _ in range(2):
        fill(ada, qtbot, "phx_wrong")
        qtbot.waitUntil(lambda: "key" in refusals(page_of(ada)))
        qtbot.waitUntil(lambda: button(page_of(ada), "Cancel").isEnabled())
    qtbot.mouseClick(button(page_of(ada), "Cancel"), LEFT)
    assert ada.window.page is ada.screen
    assert ada.desk.open_id == 9


def test_a_check_that_was_given_up_signs_nobody_in(nobody, qtbot, server, heard, vault):
    gate = server.special["users/@me/"] = Gate()
    fill(nobody, qtbot, KEY)
    page = page_of(nobody)
    qtbot.waitUntil(lambda: server.running == 1)
    qtbot.mouseClick(button(page, "Cancel"), LEFT)
    assert button(page, "Sign in").isEnabled()
    assert not any(one.text() == "Cancel" and one.isVisible() for one in buttons_of(page))
    gate.open()
    qtbot.waitUntil(lambda: server.cancelled == 1)
    passed_by(nobody, qtbot)
    assert nobody.window.page is page
    assert (nobody.state.account, heard["signed_in"], vault.kept) == (None, [], {})
    server.special.clear()
    qtbot.mouseClick(button(page, "Sign in"), LEFT)
    nobody.shows(nobody.window.empty_page)


def test_an_answer_that_has_come_already_signs_nobody_in_after_escape(nobody, qtbot, server, heard):
    fill(nobody, qtbot, KEY)
    page = page_of(nobody)
    qtbot.keyClick(page, Qt.Key.Key_Escape)  # its answer waits in the queue, or is on its way
    passed_by(nobody, qtbot)
    assert nobody.window.page is page
    assert (nobody.state.account, heard["signed_in"]) == (None, [])


def test_a_check_for_a_second_account_that_was_given_up_leaves_the_first(ada, qtbot, server, heard):
    server.special["users/@me/"] = Gate()
    ada.sessions.show_sign_in()
    fill(ada, qtbot, KEY)
    qtbot.waitUntil(lambda: server.running == 1)
    before = len(heard["signed_in"])
    qtbot.mouseClick(button(page_of(ada), "Cancel"), LEFT)
    qtbot.waitUntil(lambda: server.cancelled == 1)
    passed_by(ada, qtbot)
    assert ada.window.page is ada.screen
    assert ada.desk.open_id == 9
    assert len(heard["signed_in"]) == before


def buttons_of(page):
    return page.findChildren(QPushButton)


def passed_by(windowed, qtbot):
    """Wait until everything that was on its way has arrived: later work answers after it."""
    answers = []
    windowed.parts.background.submit(nothing, done=answers.append, failed=answers.append)
    qtbot.waitUntil(lambda: bool(answers))


async def nothing():
    """Do nothing, in the worker."""


def test_a_key_for_several_projects_is_asked_which(nobody, qtbot, server):
    nobody.sessions.sign_in(HOST, KEY, None, remember=True)
    shop = Project(id=7, name="Shop")
    nobody.desk.online.needs_project.emit((shop, Project(id=8, name="Lab")))
    dialog = nobody.dialog(ChooseProject)
    dialog.project_chosen.emit(7)
    nobody.shows(nobody.window.empty_page)
    assert nobody.state.project.id == 7


def test_a_closed_choice_of_projects_leaves_the_page_usable(nobody, qtbot):
    nobody.sessions.sign_in(HOST, "phx_wrong", None, remember=True)
    nobody.desk.online.needs_project.emit((Project(id=7, name="Shop"),))
    nobody.dialog(ChooseProject).reject()
    qtbot.waitUntil(lambda: nobody.window.findChildren(ChooseProject) == [])
    assert field(page_of(nobody), "Personal API key").isEnabled()


def test_a_key_that_lists_no_projects_is_asked_for_a_number(nobody, qtbot, server):
    server.special["users/@me/"] = (403, NO_SCOPE)
    fill(nobody, qtbot, KEY)
    number = field(page_of(nobody), "Project id")
    qtbot.waitUntil(number.isVisible)
    qtbot.keyClicks(number, "7")
    qtbot.mouseClick(button(page_of(nobody), "Sign in"), LEFT)
    nobody.shows(nobody.window.empty_page)
    assert nobody.state.project.id == 7


def test_a_project_out_of_reach_is_told_on_the_page(nobody, qtbot, server):
    server.special["projects/55/dashboards/"] = (403, NO_ACCESS)
    nobody.sessions.sign_in(HOST, KEY, 55, remember=True)
    qtbot.waitUntil(lambda: refusals(page_of(nobody)) != "")
    assert isinstance(nobody.window.page, SignIn)


def test_a_missing_key_keeps_what_is_on_screen(windowed, online, qtbot):
    known(windowed)
    windowed.pages.start(9)
    windowed.desk.set_online(online)
    online.resume()
    qtbot.waitUntil(windowed.window.notice.isVisible)
    assert windowed.window.notice.text.endswith("Sign in again to refresh.")
    assert windowed.window.page is windowed.screen
    assert len(windowed.screen.views) == 2


def test_a_missing_key_without_anything_kept_asks_for_it(windowed, online, qtbot):
    known(windowed, dashboards=False)
    windowed.pages.start(None)
    windowed.desk.set_online(online)
    online.resume()
    qtbot.waitUntil(lambda: isinstance(windowed.window.page, SignIn))


def test_a_locked_keyring_says_so(windowed, online, qtbot):
    keyring.set_keyring(FailingKeyring(LOCKED))
    known(windowed)
    windowed.pages.start(9)
    windowed.desk.set_online(online)
    online.resume()
    qtbot.waitUntil(windowed.window.notice.isVisible)
    assert windowed.window.notice.text == "The keyring is locked. Sign in again to refresh."


def test_a_refusal_at_start_keeps_what_is_on_screen(windowed, online):
    known(windowed)
    windowed.pages.start(9)
    windowed.desk.set_online(online)
    online.sign_in_failed.emit(NO_NET)
    assert windowed.window.page is windowed.screen
    assert windowed.window.notice.text == (
        "phdesk cannot reach eu.posthog.com. What you see was kept earlier."
    )


def test_forgetting_the_only_account_leads_to_signing_in(ada, qtbot, vault):
    qtbot.keyClick(
        ada.window,
        Qt.Key.Key_A,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = ada.dialog(Accounts)
    qtbot.mouseClick(button(dialog, "Forget…"), LEFT)
    qtbot.mouseClick(button(dialog, "Forget this account"), LEFT)
    qtbot.waitUntil(lambda: isinstance(ada.window.page, SignIn))
    qtbot.waitUntil(lambda: vault.kept == {})
    assert ada.dialogs() == set()
    assert ada.window.windowTitle() == "phdesk"
    assert ada.parts.preferences.accounts == ()
    qtbot.keyClick(page_of(ada), Qt.Key.Key_Escape)
    assert isinstance(ada.window.page, SignIn), "there is nothing to go back to"


def test_an_account_whose_key_stays_is_not_gone_back_to(ada, qtbot, vault):
    keyring.set_keyring(FailingKeyring(LOCKED))
    ada.desk.online.forget(ADA.id)
    qtbot.waitUntil(lambda: isinstance(ada.window.page, SignIn))
    assert ada.window.notice.text == f"The keyring is locked. {KEY_STAYS}"
    assert ada.parts.preferences.accounts == (ADA,)


def test_forgetting_one_of_two_accounts_turns_to_the_other(ada, qtbot, vault):
    vault.kept[SERVICE, BOB.id] = KEY
    ada.parts.preferences.change_accounts(added, BOB)
    ada.desk.online.forget(ADA.id)
    qtbot.waitUntil(lambda: ada.state.account == BOB)
    ada.shows(ada.window.empty_page)


def test_switching_accounts_closes_the_dialog_and_shows_the_other(ada, qtbot, vault):
    vault.kept[SERVICE, BOB.id] = KEY
    ada.parts.preferences.change_accounts(added, BOB)
    ada.window.sidebar.accounts_requested.emit()
    dialog = ada.dialog(Accounts)
    names = dialog.findChild(QListWidget)
    names.setCurrentRow(next(n for n in range(2) if "bob" in names.item(n).text()))
    qtbot.mouseClick(button(dialog, "Switch"), LEFT)
    qtbot.waitUntil(lambda: ada.state.account == BOB)
    ada.shows(ada.window.empty_page)
    assert ada.dialogs() == set()
    assert ada.window.windowTitle() == "phdesk"


def test_adding_an_account_closes_the_dialog_above_the_page(ada, qtbot):
    ada.window.accounts_requested.emit()
    qtbot.mouseClick(button(ada.dialog(Accounts), "Add account"), LEFT)
    assert isinstance(ada.window.page, SignIn)
    assert ada.dialogs() == set()
    qtbot.waitUntil(lambda: ada.window.findChildren(QDialog) == [])


def test_the_page_for_keys_opens_in_the_browser(nobody):
    page_of(nobody).create_key_requested.emit(HOST)
    assert nobody.browsed == [f"{HOST}/settings/user-api-keys?preset=analytics"]


def test_the_demo_is_a_wish(nobody, qtbot):
    with qtbot.waitSignal(nobody.sessions.demo_requested):
        page_of(nobody).demo_requested.emit()


def test_trouble_with_the_settings_is_told(windowed):
    windowed.parts.preferences.trouble.emit("settings.toml cannot be written.")
    assert windowed.window.notice.text == "settings.toml cannot be written."


def test_a_project_s_own_dashboard_comes_first(ada, qtbot):
    ada.desk.open_id = None
    project = replace(ada.state.project, primary_dashboard=9)
    ada.parts.store.apply(changes.with_account, ADA, project)
    ada.parts.store.announce()
    assert ada.desk.open_id == 9
    assert ada.window.page is ada.screen
