"""Passing a dashboard on, by keys alone before the demo: subscribed to, shared, followed, ended."""

import asyncio

import pytest

from phdesk.api.client import Client
from phdesk.api.resources import sharing, subscriptions
from phdesk.demo.server import DemoServer
from phdesk.views.dialogs.sharing import Sharing
from phdesk.views.dialogs.subscriptions import Subscriptions
from phdesk.views.dialogs.subscriptions_form import SubscriptionForm
from tests.app_parts import running
from tests.keyboard import Key
from tests.test_end_to_end import keys  # noqa: F401
from tests.test_without_a_mouse import WIDE, Visit, signs_in


class Passing(Visit):
    def __init__(self, app, qtbot, server):
        super().__init__(app, qtbot)
        self.server = server

    def shown(self, kind):
        found = [one for one in self.app.window.findChildren(kind) if one.isVisible()]
        return found[0] if found else None

    def find(self, words, kind):
        self.keys.find(words)
        self.wait(lambda: self.shown(kind) is not None)
        return self.shown(kind)

    def presses(self, name):
        self.keys.tab_to(name)
        self.keys.press(Key.Key_Space)

    def ask(self, work, *values, **more):
        async def asked():
            async with Client(self.server.url, self.server.key) as client:
                return await work(client, self.server.project_id, *values, **more)

        return asyncio.run(asked())


@pytest.mark.usefixtures("keys")
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_dashboard_is_passed_on_by_keyboard_alone(qtbot, tmp_path):
    with DemoServer() as server, running(tmp_path, size=WIDE) as app:
        visit = Passing(app, qtbot, server)
        signs_in(visit, server)
        subscribes(visit)
        shares(visit)
        follows(visit)


def subscribes(visit):
    dialog, number = visit.find("Subscriptions", Subscriptions), visit.app.desk.dashboard_id
    visit.wait(lambda: dialog._list.rowCount() > 0)
    before = len(visit.ask(subscriptions.list_all, dashboard=number))
    visit.presses("New subscription…")
    visit.wait(lambda: visit.shown(SubscriptionForm) is not None)
    visit.keys.tab_to("To")
    visit.keys.write("cleo@example.org")
    visit.presses("Friday")
    visit.keys.press(Key.Key_Return)
    visit.wait(lambda: "is made" in dialog.line.text)
    made = visit.ask(subscriptions.list_all, dashboard=number)[-1]
    assert len(visit.ask(subscriptions.list_all, dashboard=number)) == before + 1
    assert (made.value, made.weekdays) == ("cleo@example.org", ("monday", "friday"))
    dialog.activateWindow()  # as window managers do when the form is gone
    visit.wait(dialog.isActiveWindow)
    visit.presses("Delete")
    visit.wait(lambda: "is deleted" in dialog.line.text)
    assert len(visit.ask(subscriptions.list_all, dashboard=number)) == before
    visit.keys.press(Key.Key_Escape)
    visit.wait(lambda: visit.shown(Subscriptions) is None)


def shares(visit):
    dialog, number = visit.find("Share", Sharing), visit.app.desk.dashboard_id
    visit.wait(dialog._off.isVisible)
    visit.presses("Share")
    visit.wait(dialog._on.isVisible)
    held = visit.ask(sharing.get, "dashboards", number)
    assert dialog._link.text() == f"{visit.server.url}/shared/{held.token}"
    visit.keys.press(Key.Key_Escape)
    visit.wait(lambda: visit.shown(Sharing) is None)
    assert held.is_live


def said(views):
    """Give the sentences of tiles without annotations, which a shared page has not."""
    return {one: view.summary.partition(" Annotated")[0] for one, view in views.items()}


def follows(visit):
    """Look at one's own link as others do: the same numbers, and nothing to change."""
    app, number = visit.app, visit.app.desk.dashboard_id
    token = visit.ask(sharing.get, "dashboards", number).token
    here = said(visit.screen.views)
    link = f"{visit.server.url}/shared/{token}"
    visit.keys.find(link)
    visit.wait(lambda: len(app.windows.all) == 2 and app.windows.front.workspace.is_sealed)
    other = app.windows.front
    visit.wait(lambda: bool(other.window.screen_page.views))
    assert said(other.window.screen_page.views) == here
    visit.ask(sharing.switch, "dashboards", number, on=False)
    app.opening.open(link)
    visit.wait(lambda: "leads nowhere" in other.window.notice.text
               or "Nothing is shared" in other.window.notice.text)  # fmt: skip
    assert other.window.screen_page.views  # what was read stays
