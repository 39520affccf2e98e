"""A window in which insights are built, with hands for its page."""

import msgspec
from PySide6.QtWidgets import QMessageBox

from phdesk.core.building.draft import put
from phdesk.core.building.starting import blank
from phdesk.services.open_drafts import OpenDrafts
from phdesk.views.building.page import BuilderPage
from phdesk.views.desk.edits import Edits
from phdesk.views.desk.insights import NEW, Insights

TRENDS = blank("trends")
DAYS = ["2026-11-21", "2026-11-22"]
LINE = {"data": [1, 2], "days": DAYS, "labels": DAYS, "label": "Pageview", "count": 3}
ANSWER = {"results": [LINE], "last_refresh": "2026-11-23T12:00:00Z"}
TABLE = {"results": [["a", 1]], "columns": ["name", "n"], "types": [["name", "String"]]}
NO_SCOPE = {"detail": "API key missing required scope 'insight:write'"}


def saved(**more):
    query = msgspec.to_builtins(TRENDS.query)
    return {
        "id": 101,
        "short_id": "abc",
        "name": "Visits",
        "query": query,
        "dashboards": [9],
    } | more


class DeskWithInsights:
    """A window with the editor, and hands for its page."""

    def __init__(self, ada, server):
        self.ada, self.server, self.qtbot = ada, server, ada.qtbot
        self.window, self.notice = ada.window, ada.window.notice
        server.special["query/"] = 200, ANSWER
        server.special["GET insights/101/"] = 200, saved()
        Edits(ada.desk)
        self.part = Insights(ada.desk, ada.pages, ada.tiles)

    def beside(self):
        """Give another window over the same project."""
        return DeskWithInsights(self.ada, self.server)

    def ends(self):
        """Leave the page, and end phdesk: what was open there is open nowhere."""
        self.ada.pages.open_dashboard(9)
        self.ada.desk.drafts = OpenDrafts()

    def found_again(self):
        """Give another window, in which something was found that was not saved."""
        other = self.beside()
        self.wait(lambda: other.editor is not None)
        return other

    def do(self, name):
        next(one for one in self.window.shortcut_actions if one.text() == name).trigger()

    @property
    def page(self):
        assert isinstance(self.window.page, BuilderPage)
        return self.window.page

    @property
    def editor(self):
        return self.part._editor

    @property
    def draft(self):
        return self.editor.work.draft

    @property
    def asked(self):
        return [body["query"] for _, path, body in self.server.sent if path == "query/"]

    def writes(self, path="insights/"):
        every = self.server.sent
        return [(how, body) for how, where, body in every if where.startswith(path)]

    def begin(self, name=NEW):
        self.do(name)
        self.wait(lambda: isinstance(self.window.page, BuilderPage))
        self.calculated()

    def edit(self):
        self.part.edit(1)
        self.wait(lambda: isinstance(self.window.page, BuilderPage))
        self.calculated()

    def calculated(self):
        self.wait(lambda: self.page.preview.view is not None and not self.editor.preview.running)

    def wait(self, until):
        self.qtbot.waitUntil(until)

    def take(self, draft, tag=""):
        """Make an edit, as a control does."""
        self.page.edited.emit(draft, tag)

    def rest(self):
        """Let the pause after an edit end."""
        self.page.hurry()
        self.page.rested.emit()

    def name(self, text):
        self.page.heading.name.setText(text)
        self.page.heading.name.textEdited.emit(text)

    def choose(self, text):
        """Press a button of the question that is asked."""
        self.wait(lambda: self.asks)
        next(one for one in self.question.buttons() if one.text() == text).click()
        self.wait(lambda: not self.asks)

    @property
    def question(self):
        (box,) = self._questions
        return box

    @property
    def asks(self):
        return bool(self._questions)

    @property
    def _questions(self):
        return [one for one in self.window.findChildren(QMessageBox) if one.isVisible()]


def weekly(draft):
    return put(draft, "interval", "week")
