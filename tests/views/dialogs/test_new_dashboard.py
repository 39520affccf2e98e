"""The dialog of a new dashboard: what it starts with, what is filled in, what it asks for."""

import pytest
from msgspec import Raw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
)

from phdesk.core.new_dashboards import NAME
from phdesk.core.templates.starts import listed_starts, our_starts
from phdesk.models.dashboard import DashboardRow
from phdesk.models.definition import EventDefinition, PropertyDefinition
from phdesk.models.template import DashboardTemplate, TemplateTile, TemplateVariable
from phdesk.views import theme as look
from phdesk.views.dialogs.dashboard_fields import TAKEN
from phdesk.views.dialogs.new_dashboard import NewDashboard, StartField
from phdesk.views.dialogs.slot_fields import UNKNOWN

Key = Qt.Key
EVENTS = [EventDefinition(name=one) for one in ("$pageview", "signed_up", "invoice_paid", "won")]
LISTED = DashboardTemplate(
    id="t1",
    name="Activation",
    description="Who gets value?",
    tiles=(TemplateTile(kind="INSIGHT", name="New", query=Raw(b'{"source": {"series": ["{A}"]}}')),
           TemplateTile(kind="WIDGET", name="Replays")),
    variables=(TemplateVariable(id="A", name="Sign-up", required=True),),
)  # fmt: skip


@pytest.fixture
def dialog(qtbot):
    made = NewDashboard(look.light())
    qtbot.addWidget(made)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.wanted = []
    made.names_wanted.connect(lambda *what: made.wanted.append(what))
    made.asked = []
    made.make_requested.connect(lambda *what: made.asked.append(what))
    made.set_starts((*our_starts(), *listed_starts([LISTED])))
    made.show()
    return made


def named(dialog, kind, name):
    return next(one for one in dialog.findChildren(kind) if one.accessibleName() == name)


def titles(dialog):
    found = dialog.findChild(QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def slot(dialog, key):
    return dialog.slots_.field(key)


def make(dialog):
    return next(
        one for one in dialog.findChildren(QPushButton) if one.text() == "Make the dashboard"
    )


def test_ways_to_begin_stand_under_headings(dialog):
    assert titles(dialog) == [
        "Empty dashboard",
        "For an audience",
        "Company KPIs",
        "Product health",
        "Growth and acquisition",
        "Engineering health",
        "Experiment results",
        "Customer success",
        "PostHog's templates",
        "Activation",
    ]
    assert dialog.start.key == "blank"
    assert not make(dialog).isEnabled()
    assert make(dialog).toolTip() == "Give it a name first."


def test_typing_finds_and_enter_goes_on_to_the_name_without_making_anything(dialog, qtbot):
    find = dialog.findChild(StartField)
    qtbot.keyClicks(find, "on-call")
    assert titles(dialog) == ["For an audience", "Engineering health"]
    assert dialog.start.key == "engineering"
    qtbot.keyClick(find, Key.Key_Return)
    assert dialog.asked == []
    assert named(dialog, QLineEdit, "Name").hasFocus()
    qtbot.keyClicks(find, " nothing of that")
    assert titles(dialog) == ["Nothing found"]


def test_what_is_called_so_is_meant_before_what_only_speaks_of_it(dialog, qtbot):
    find = dialog.findChild(StartField)
    qtbot.keyClicks(find, "growth")
    assert titles(dialog) == ["For an audience", "Company KPIs", "Growth and acquisition"]
    assert dialog.start.key == "growth"


def test_arrows_walk_along_the_list_from_the_field(dialog, qtbot):
    find = dialog.findChild(StartField)
    qtbot.keyClick(find, Key.Key_Down)
    assert dialog.start.key == "company"
    qtbot.keyClick(find, Key.Key_Up)
    assert dialog.start.key == "blank"


def test_an_empty_one_is_asked_for_with_all_that_was_written(dialog, qtbot):
    qtbot.keyClicks(named(dialog, QLineEdit, "Name"), "Weekly")
    about = named(dialog, QPlainTextEdit, "Who is it for, and which question does it answer?")
    qtbot.keyClicks(about, "For us: who pays?")
    qtbot.keyClicks(named(dialog, QLineEdit, "Tags, with commas between them"), "a, b,, a")
    qtbot.mouseClick(make(dialog), Qt.MouseButton.LeftButton)
    ((start, draft, chosen),) = dialog.asked
    assert (start.key, chosen) == ("blank", {})
    assert (draft.name, draft.description, draft.tags) == (
        "Weekly",
        "For us: who pays?",
        ("a", "b"),
    )
    assert (draft.pinned, draft.folder) == (False, None)


def test_a_template_fills_in_what_nobody_wrote(dialog, qtbot):
    dialog.choose("product")
    draft = dialog.fields.draft
    assert (draft.name, draft.tags) == ("Product health", ("product", "weekly"))
    dialog.choose("growth")
    assert dialog.fields.draft.name == "Growth and acquisition"
    name = named(dialog, QLineEdit, "Name")
    name.clear()
    qtbot.keyClicks(name, "Ours")
    dialog.choose("company")
    assert dialog.fields.draft.name == "Ours"
    assert "growing" in dialog.fields.draft.description


def test_folders_are_asked_for_where_the_server_has_them(dialog, qtbot):
    box = dialog.findChild(QComboBox)
    assert not box.isVisible()
    dialog.fields.set_rows([DashboardRow(id=1, name="Sales", folder="")])
    assert box.isVisible(), "a server that says of one that it is in none has folders"
    dialog.fields.set_rows([DashboardRow(id=1, name="Sales", folder="Teams")])
    assert [box.itemText(row) for row in range(box.count())] == ["", "Teams"]
    qtbot.keyClicks(box.lineEdit(), "Teams/New/")
    assert dialog.fields.draft.folder == "Teams/New"


def test_events_are_asked_for_once_and_usual_names_filled_in(dialog):
    dialog.choose("company")
    assert dialog.wanted == [("event", ""), ("property", "")]
    dialog.set_names("event", EVENTS)
    assert slot(dialog, "active").text() == "$pageview"
    assert slot(dialog, "signup").text() == "signed_up"
    assert slot(dialog, "activated").text() == ""
    assert not make(dialog).isEnabled()
    assert "gets value for the first time" in make(dialog).toolTip()
    dialog.choose("growth")
    assert slot(dialog, "visit").text() == "$pageview"
    assert dialog.wanted == [("event", ""), ("property", "")]


def test_an_event_is_picked_by_keys_from_what_is_found(dialog, qtbot):
    dialog.choose("company")
    dialog.set_names("event", EVENTS)
    field = slot(dialog, "activated")
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    qtbot.keyClicks(field, "wo")
    qtbot.waitUntil(lambda: ("event", "wo") in dialog.wanted)
    popup = field.completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert field.text() == "won"
    assert not popup.isVisible()
    assert dialog.asked == []
    assert make(dialog).isEnabled()


@pytest.mark.parametrize("text", ["", "signed_up"])
def test_down_lists_all_events_whatever_is_written(dialog, qtbot, text):
    dialog.choose("company")
    dialog.set_names("event", EVENTS)
    field = slot(dialog, "activated")
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    field.setText(text)
    qtbot.keyClick(field, Key.Key_Down)
    popup = field.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == len(EVENTS)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert field.text() == "$pageview"


def test_a_name_that_nobody_knows_is_taken_with_a_word_about_it(dialog, qtbot):
    dialog.choose("company")
    dialog.set_names("event", EVENTS)
    qtbot.keyClicks(slot(dialog, "activated"), "soon to come")
    assert slot(dialog, "activated").accessibleDescription() == UNKNOWN
    assert make(dialog).isEnabled()
    dialog.choose("growth")
    assert slot(dialog, "activated").text() == "soon to come", "it means the same here"


def test_only_numbers_are_added_up(dialog):
    dialog.choose("company")
    dialog.set_names("property", [PropertyDefinition(name="amount", type="String")])
    assert slot(dialog, "amount").text() == ""
    dialog.set_names("property", [PropertyDefinition(name="amount", type="Numeric")])
    assert slot(dialog, "amount").text() == "amount"


def test_names_can_be_typed_where_there_is_no_list(dialog):
    dialog.choose("company")
    dialog.slots_.set_failure("event", "The key lacks the scope event_definition:read.")
    said = slot(dialog, "signup").accessibleDescription()
    assert said.endswith("Type the exact name.")
    assert not slot(dialog, "amount").accessibleDescription()


def test_tiles_are_named_before_they_are_made(dialog):
    dialog.choose("company")
    assert dialog.tiles.startswith("12 tiles: Payments, Paying customers")
    dialog.set_names("property", [PropertyDefinition(name="amount", type="Numeric")])
    assert dialog.tiles.startswith("12 tiles: Revenue")
    dialog.choose("posthog t1")
    assert dialog.tiles.startswith("1 tile: New.")
    assert "1 of its tiles can only be made by PostHog itself" in dialog.tiles


def test_esc_stops_what_is_on_its_way_and_closes_nothing(dialog, qtbot):
    stopped = []
    dialog.making.stop_requested.connect(lambda: stopped.append(True))
    dialog.making.set_progress("Making “Revenue” (2 of 12)…", 0.1)
    dialog.set_working(on=True)
    qtbot.keyClick(dialog, Key.Key_Escape)
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert stopped == [True]
    assert dialog.isVisible()
    assert not dialog.findChild(StartField).isEnabled()


def test_what_is_half_made_is_kept_on_esc(dialog, qtbot):
    kept = []
    dialog.making.keep_requested.connect(lambda: kept.append(True))
    dialog.making.set_stopped("3 of 12 steps are done.", bad=True)
    assert QApplication.focusWidget().text() == "Go on"
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert kept == [True]


def test_a_name_that_is_taken_is_told_and_taken_all_the_same(dialog, qtbot):
    dialog.fields.set_rows([DashboardRow(id=1, name="Sales ")])
    qtbot.keyClicks(named(dialog, QLineEdit, "Name"), "sales")
    assert dialog.fields.fields[NAME].wrong == TAKEN
    assert make(dialog).isEnabled()


def test_usual_names_are_looked_for_where_the_list_is_too_long(dialog):
    sought = []
    dialog.usual_wanted.connect(lambda *what: sought.append(what))
    dialog.choose("product")
    dialog.set_names("event", EVENTS)
    assert sought == [], "this is all there is"
    dialog.set_names("event", [EventDefinition(name=f"event {one}") for one in range(100)])
    assert sought == [("event", "insight_saved"), ("event", "report_viewed")]
    dialog.set_names("event", [EventDefinition(name="report_viewed")])
    assert slot(dialog, "core").text() == "report_viewed"


@pytest.mark.parametrize("first", ["growth", "company"])
def test_tab_follows_what_is_seen(dialog, qtbot, first):
    dialog.choose(first)
    dialog.choose("product")
    dialog.set_names("event", EVENTS)
    qtbot.keyClicks(slot(dialog, "core"), "won")
    qtbot.waitUntil(slot(dialog, "core").isVisible)
    dialog.activateWindow()
    dialog.fields.start()
    passed = []
    for _ in range(9):
        passed.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert passed[4:7] == [
        slot(dialog, key).accessibleName() for key in ("active", "core", "signup")
    ]
    assert passed[7:] == ["", ""], "Cancel and the button that makes it, by their texts"
    assert QApplication.focusWidget() is dialog.findChild(StartField)


def test_a_field_that_was_refused_is_brought_into_sight(dialog):
    dialog.choose(our_starts()[1].key)
    dialog.resize(dialog.width(), 300)
    area = dialog.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    name = named(dialog, QLineEdit, "Name")
    seen = lambda: name.visibleRegion().boundingRect().height()  # noqa: E731
    assert seen() < name.height()
    dialog.set_wrong({NAME: "Too long."})
    assert seen() == name.height()
    assert dialog.focusWidget() is name
    assert name.accessibleDescription() == "Too long."
