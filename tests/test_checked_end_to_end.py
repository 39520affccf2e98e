"""A dashboard is checked by keys alone before the demo: a fault is put right, and comes back."""

from contextlib import closing

import httpx
import pytest
from PySide6.QtWidgets import QLabel, QTableWidget

from phdesk.demo.server import DemoServer
from phdesk.views.dialogs.health import Health
from phdesk.views.dialogs.watch import WatchDialog
from phdesk.views.dialogs.why import Why
from tests.app_parts import running
from tests.keyboard import CTRL, Key
from tests.test_end_to_end import keys  # noqa: F401
from tests.test_without_a_mouse import WIDE, Visit, signs_in

LIFECYCLE = "Lifecycle of users"  # has dates of its own in the demo
PASSING = frozenset(  # what any reading changes
    {"result", "last_refresh", "cache_target_age", "next_allowed_client_refresh", "is_cached"}
    | {"last_accessed_at", "last_viewed_at", "query_status"}
)


class Checking(Visit):
    def dialog(self, kind):
        found = [one for one in self.app.window.findChildren(kind) if one.isVisible()]
        return found[0] if found else None

    def find(self, words, kind):
        self.keys.find(words)
        self.wait(lambda: self.dialog(kind) is not None)
        return self.dialog(kind)

    def rules(self, dialog):
        table = dialog.findChild(QTableWidget)
        return [table.item(row, 1).text() for row in range(table.rowCount())]

    def chooses(self, dialog, rule):
        dialog.findChild(QTableWidget).setCurrentCell(self.rules(dialog).index(rule), 0)

    @property
    def tile(self):
        """The tile of the fault: its id and the range that it shows."""
        views = self.screen.views.items()
        return next((one, view.range_label) for one, view in views if view.title == LIFECYCLE)


@pytest.mark.usefixtures("keys")
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_dashboard_is_put_right_by_keyboard_alone(qtbot, tmp_path):
    with DemoServer() as server, running(tmp_path, size=WIDE) as app:
        visit = Checking(app, qtbot)
        signs_in(visit, server)
        opens_product_health(visit)
        puts_right(visit)
        asks_why(visit)


def opens_product_health(visit):
    visit.keys.press(Key.Key_F, CTRL)
    visit.keys.write("product")
    visit.keys.press(Key.Key_Return)
    title = visit.app.window.windowTitle
    visit.wait(lambda: "Product health" in title() and visit.ready())


def puts_right(visit):
    dialog, hands = visit.find("Check this dashboard", Health), visit.keys
    visit.wait(lambda: visit.rules(dialog) == ["Other dates"])
    assert visit.tile[1] == "last 90 days"
    dialog.activateWindow()  # as window managers do with what was opened last
    visit.wait(dialog.isActiveWindow)
    hands.tab_to("Drop its own filters")
    hands.press(Key.Key_Space)
    visit.wait(lambda: "follows the dashboard's filters" in dialog.line.text)
    visit.wait(lambda: visit.rules(dialog) == [] and visit.tile[1] == "last 30 days")
    hands.tab_to("Undo")
    hands.press(Key.Key_Space)
    visit.wait(lambda: visit.rules(dialog) == ["Other dates"] and visit.tile[1] == "last 90 days")
    hands.tab_to("Go to the tile")
    hands.press(Key.Key_Space)
    visit.wait(visit.screen.grid.tiles[visit.tile[0]].hasFocus)
    dialog.close()


def asks_why(visit):
    hands = visit.keys
    hands.press(Key.Key_Menu)
    hands.choose("Why this number…")
    visit.wait(lambda: visit.dialog(Why) is not None)
    dialog = visit.dialog(Why)
    assert LIFECYCLE in dialog.windowTitle()
    table = dialog.findChild(QTableWidget)
    told = {table.item(row, 0).text(): table.item(row, 1).text()
            for row in range(table.rowCount())}  # fmt: skip
    assert "last 90 days" in told["Dates"]
    assert "It has own filters: those of the dashboard do not reach it." in told["Dates"]
    hands.press(Key.Key_Escape)
    visit.wait(lambda: visit.dialog(Why) is None)
    by_name(visit)


def by_name(visit):
    """Find what is of the tile that has the keyboard, which the palette takes meanwhile."""
    for words, kind in (("Why this number", Why), ("Watch a number of the tile", WatchDialog)):
        dialog = visit.find(words, kind)
        assert LIFECYCLE in " ".join(one.text() for one in dialog.findChildren(QLabel))
        visit.keys.press(Key.Key_Escape)
        visit.wait(lambda kind=kind: visit.dialog(kind) is None)


def lasting(sent):
    """Give what the server keeps, without what any reading changes."""
    if isinstance(sent, dict):
        return {key: lasting(one) for key, one in sent.items() if key not in PASSING}
    return [lasting(one) for one in sent] if isinstance(sent, list) else sent


class Server:
    """The product dashboard of the demo, as the server keeps it."""

    def __init__(self, demo):
        self.http = httpx.Client(
            base_url=f"{demo.url}/api/projects/{demo.project_id}/",
            headers={"Authorization": f"Bearer {demo.key}"},
        )
        rows = self.http.get("dashboards/").json()["results"]
        self.path = next(f"dashboards/{one['id']}/" for one in rows if "Product" in one["name"])

    @property
    def kept(self):
        return lasting(self.http.get(self.path).json())

    def plants_a_double(self):
        """Put an insight on the dashboard twice; the second has a place and a colour of its own."""
        shown = next(one["insight"]["id"] for one in self.kept["tiles"] if one["insight"])
        query = self.http.get(f"insights/{shown}/").json()["query"]
        board = int(self.path.split("/")[1])
        self.http.post("insights/", json={"name": "D", "query": query, "dashboards": [board]})
        tile = max(one["id"] for one in self.kept["tiles"])
        box = {"x": 0, "y": 90, "w": 5, "h": 6, "minW": 2}
        dress = {"id": tile, "color": "blue", "layouts": {"sm": box, "xs": {"x": 0, "y": 3}}}
        assert self.http.patch(self.path, json={"tiles": [dress]}).is_success


@pytest.mark.usefixtures("keys")
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_is_taken_back_is_to_the_byte_what_the_server_had(qtbot, tmp_path):
    with DemoServer() as demo, running(tmp_path, size=WIDE) as app:
        server, visit = Server(demo), Checking(app, qtbot)
        with closing(server.http):
            server.plants_a_double()
            signs_in(visit, demo)
            opens_product_health(visit)
            dialog = visit.find("Check this dashboard", Health)
            visit.wait(lambda: {"Duplicate", "Other dates"} <= set(visit.rules(dialog)))
            dialog.activateWindow()
            visit.wait(dialog.isActiveWindow)
            for rule, does in (
                ("Duplicate", "Remove the tile"),
                ("Other dates", "Drop its own filters"),
            ):
                before = server.kept
                visit.chooses(dialog, rule)
                visit.keys.tab_to(does)
                visit.keys.press(Key.Key_Space)
                visit.wait(lambda rule=rule: rule not in visit.rules(dialog))
                assert server.kept != before
                visit.keys.tab_to("Undo")
                visit.keys.press(Key.Key_Space)
                visit.wait(lambda rule=rule: rule in visit.rules(dialog))
                assert server.kept == before
