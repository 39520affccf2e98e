"""A page on which insights are built, without a network: what is edited is shown again."""

from datetime import UTC, datetime

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QWidget

from phdesk.core.building.faults import faults
from phdesk.core.building.starting import blank
from phdesk.core.property_kinds import typed
from phdesk.models.definition import (
    ActionDefinition,
    CohortDefinition,
    EventDefinition,
    PropertyDefinition,
)
from phdesk.views.building.control import Around
from phdesk.views.building.page import BuilderPage
from phdesk.views.building.sources import Sources
from phdesk.views.theme import light
from phdesk.views.theme.style import stylesheet

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
GROUPS = ((0, "organization", "organizations"), (2, "site", "sites"))
AROUND = Around(
    now=lambda: NOW, columns=("day", "events"), cohorts={3: "Paying plans"}, groups=GROUPS
)
EVENTS = (EventDefinition(name="$pageview"), EventDefinition(name="signed_up"))
ACTIONS = (ActionDefinition(id=7, name="Paid"),)
COHORTS = (CohortDefinition(id=3, name="Paying plans"), CohortDefinition(id=4, name="Free"))
FOUND = {"event": EVENTS, "action": ACTIONS, "cohort": COHORTS}
PROPERTIES = (
    PropertyDefinition(name="$browser"),
    PropertyDefinition(name="amount", type="Numeric"),
)


class Making:
    """Holds the draft in the place of the window."""

    def __init__(self, qtbot, draft):
        self.qtbot = qtbot
        sources = Sources()
        self.page = BuilderPage(light(), sources)
        self.page.sources = sources
        sources.events_wanted.connect(
            lambda kind, search: sources.events_came.emit(kind, search, FOUND[kind])
        )
        sources.properties_wanted.connect(
            lambda kind, search: sources.properties_came.emit(
                kind,
                search,
                tuple(replace(typed(one.name, kind), type=one.type) for one in PROPERTIES),
            )
        )
        sources.values_wanted.connect(
            lambda _kind, key, search: sources.values_came.emit(key, search, ("Chrome", "Safari"))
        )
        self.tags = []
        self.page.edited.connect(self.take)
        qtbot.addWidget(self.page)
        self.page.setStyleSheet(stylesheet(light()))
        self.page.resize(1100, 760)
        self.take(draft)
        self.tags.clear()
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def take(self, draft, tag=""):
        self.draft = draft
        self.tags.append(tag)
        self.page.set_draft(draft, AROUND)
        self.page.set_faults(faults(draft))

    @property
    def rows(self):
        return self.page.fields.rows

    def control(self, name):
        return self.rows[name].control

    def named(self, name):
        """Give the control that a screen reader calls so."""

        def found():
            every = self.page.findChildren(QWidget)
            return [one for one in every if one.accessibleName() == name and one.isVisible()]

        self.qtbot.waitUntil(lambda: len(found()) == 1)  # a new one is seen a turn later
        return found()[0]


def popup(qtbot):
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    return QApplication.activePopupWidget()


def made(qtbot, kind):
    return Making(qtbot, blank(kind))
