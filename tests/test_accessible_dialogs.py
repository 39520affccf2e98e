"""Every control of every dialog and popover has a name, a role, and room to be hit."""

import pytest
from PySide6.QtWidgets import QApplication

from phdesk.core.budget_words import Class, Report
from phdesk.core.exposing import Exposed
from phdesk.core.filters import Property, Variable
from phdesk.core.health.finding import Finding, Fix, Unjudged
from phdesk.core.health.finding import Report as HealthReport
from phdesk.core.subscription_entry import entry_of
from phdesk.core.subscription_words import standing
from phdesk.core.watching.suggestions import TileNumbers, suggestions
from phdesk.core.why.comparing import Row as WhyRow
from phdesk.core.why.reasons import Reason
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Box, DashboardRow
from phdesk.models.definition import EventDefinition, PropertyDefinition, VariableDefinition
from phdesk.models.notice import Kept
from phdesk.models.sharing import SharePassword
from phdesk.models.subscription import Subscription, SubscriptionDraft
from phdesk.services.alert_inbox import Inbox
from phdesk.services.settings import Settings
from phdesk.services.sharing import Shareable
from phdesk.views import theme as look
from phdesk.views.building.event_picker import EventPopover
from phdesk.views.building.expression import ExpressionPopover
from phdesk.views.building.sources import Sources
from phdesk.views.dialogs.accounts import Accounts
from phdesk.views.dialogs.choose_project import ChooseProject
from phdesk.views.dialogs.dashboard_choice import DashboardChoice
from phdesk.views.dialogs.filter_breakdown import BreakdownPopover
from phdesk.views.dialogs.filter_property import PropertyPopover
from phdesk.views.dialogs.filter_save import SaveFilters
from phdesk.views.dialogs.filter_variable import VariablePopover
from phdesk.views.dialogs.filter_views import FilterViews
from phdesk.views.dialogs.freshness import FreshnessPopover
from phdesk.views.dialogs.health import Health
from phdesk.views.dialogs.layout_choice import LayoutChoice
from phdesk.views.dialogs.one_name import OneName
from phdesk.views.dialogs.page_password import PagePassword
from phdesk.views.dialogs.reviews import Reviews
from phdesk.views.dialogs.settings import SettingsDialog
from phdesk.views.dialogs.settings_pages import Sleeper
from phdesk.views.dialogs.shared_list import Line as SharedLine
from phdesk.views.dialogs.shared_list import SharedList
from phdesk.views.dialogs.sharing import Option, Sharing
from phdesk.views.dialogs.subscriptions import Row, Subscriptions
from phdesk.views.dialogs.subscriptions_form import SubscriptionForm
from phdesk.views.dialogs.watch import WatchDialog
from phdesk.views.dialogs.watch_list import Line, WatchListDialog
from phdesk.views.dialogs.watch_more import MoreFields
from phdesk.views.dialogs.why import Why
from phdesk.views.inbox.page import InboxPage
from tests.a11y import controls, faults
from tests.core.watching import making
from tests.store.noticed import notice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LIGHT = look.light()
BOXES = {1: Box(0, 0, 6, 5), 2: Box(6, 0, 6, 5)}


def layout_choice():
    made = LayoutChoice(LIGHT, "Weekly")
    made.set_layouts(BOXES, {1: BOXES[2], 2: BOXES[1]}, {1, 2}, {1: "Signups", 2: "Revenue"})
    return made


def breakdown():
    made = BreakdownPopover(LIGHT)
    made.start()
    made.take_properties("event", "", (PropertyDefinition(name="$browser"),))
    return made


def condition():
    known = Property(key="$browser", value=["Chrome"], operator="exact", type="event")
    made = PropertyPopover(LIGHT, known)
    made.start()
    made.take_values("$browser", "", ("Chrome", "Safari"))
    return made


def variable(kind):
    def made():
        known = VariableDefinition(id="v1", name="Service", type=kind, choices=("web", "api"))
        return VariablePopover(LIGHT, Variable(id="v1", code_name="service"), known)

    return made


def projects():
    made = ChooseProject(LIGHT)
    made.offer_window()
    made.set_projects((Project(id=7, name="Shop"), Project(id=8, name="Lab")))
    return made


def views():
    made = FilterViews(LIGHT)
    made.set_views([("Mobile", "Last 7 days"), ("Desktop", "Last 30 days")])
    return made


def saving():
    return SaveFilters(LIGHT, "Weekly", ["Dates: Last 7 days"], "")


def freshness():
    made = FreshnessPopover(LIGHT)
    insights = Class(name="insights", limit=800, interactive=4, background_limit=160)
    made.set_budget(Report(host="h", project=7, classes=(insights,)), {})
    return made


def board_name():
    made = OneName(LIGHT, "New board", "Make the board")
    made.set_name("My board", "Boards are yours alone.")
    return made


def accounts():
    made = Accounts(LIGHT)
    made.set_accounts((Account(id="a", host="https://eu.posthog.com"),), "a")
    made.set_on_boards({"a": 2})
    return made


def watch():
    made = WatchDialog(LIGHT, making.watch(known_as=""), "Weekly")
    figure = making.daily(10, 12, 8)
    made.set_numbers((figure,), suggestions([TileNumbers(3, "Signups", (figure,))]))
    made.findChild(MoreFields).show()
    return made


def watches():
    made = WatchListDialog(LIGHT)
    made.set_lines([Line(making.watch(), "firing", "above 100")], making.NOON)
    return made


def inbox():
    made = InboxPage(LIGHT)
    kept = Kept(number=1, notice=notice(), found=making.NOON)
    made.set_inbox(Inbox((kept,), (kept,)), making.NOON)
    return made


def subscribed():
    made = Subscriptions(LIGHT)
    made.set_scopes([("dashboard", "Of Weekly"), ("project", "Of the whole project")], "dashboard")
    one = Subscription(id=1, title="Monday numbers", can_pause=True, next_at=making.NOON)
    made.set_rows([Row(one, standing(one), ("Monday numbers", *["a"] * 4))], "")
    made.line.ask("Send it now?", "Send now", made.close)
    return made


def subscribing(frequency):
    def made():
        form = SubscriptionForm(LIGHT, "New subscription", "Subscribe them", None)
        form.set_targets(["email", "slack"])
        form.set_charts([(101, "Signups")], wanted=True)
        days = {"weekdays": ("monday",), "position": 1, "charts": (101,), "start": making.NOON}
        form.set_entry(entry_of(SubscriptionDraft(frequency=frequency, target="slack", **days)))
        return form

    return made


def sharing(*, on):
    def made():
        dialog = Sharing(LIGHT, "Weekly")
        dialog.set_exposed([Exposed("Name", "Weekly"), Exposed("Insight", "Who", "It lists.")], "")
        if on:
            dialog.set_on("Shared.", "https://eu.posthog.com/shared/t", "<iframe></iframe>")
            dialog.set_options([Option("noHeader", "Without name and description", True)], "")
            password = SharePassword(id="1", note="Board", created_at=making.NOON)
            dialog.passwords.set_passwords([password], required=True)
            dialog.line.tell("Done.", dialog.close)
        else:
            dialog.set_off("Not shared.")
        return dialog

    return made


def checked():
    found = Finding(
        rule="duplicate",
        severity="warning",
        reason="It asks the same as “A”.",
        tile=1,
        title="B",
        fix=Fix("remove", "Remove the tile"),
    )
    made = Health(LIGHT, "Check of “Weekly”")
    lacks = Unjudged(rule="event-gone", why="the key lacks the scope event_definition:read")
    made.set_report(HealthReport(findings=(found,), unjudged=(lacks,), boards=1))
    return made


def explained():
    made = Why(LIGHT, "Signups")
    made.set_reasons((Reason("Age", "Calculated 12:00 (5 min ago)."),))
    made.set_others([(2, "Paid")])
    made.set_rows(
        (WhyRow("Dates", "last 7 days", "last 30 days"),), "Paid", "They differ in: dates."
    )
    return made


def reviewed():
    made = Reviews(LIGHT)
    made.set_lines(
        [("Definitions", "Do they hold?", "1 Nov 2026", "1 Dec 2026")], [True], reminds=True
    )
    return made


def shared_list():
    made = SharedList(LIGHT)
    texts = ("Weekly", "Dashboard", "5 Jan, 330 days", "None")
    made.set_lines([SharedLine(Shareable("dashboards", 9), texts, old=True, link="l")], "1 shared")
    return made


def events():
    sources = Sources()
    made = EventPopover(LIGHT, sources)
    made.sources = sources
    made.start()
    made.take_events("event", "", (EventDefinition(name="signed_up"),))
    return made


def expression():
    return ExpressionPopover(LIGHT, "SQL expression", "sum(properties.amount)")


def on_dashboards():
    rows = (DashboardRow(id=1, name="Company KPIs"), DashboardRow(id=2, name="Sales"))
    return DashboardChoice(LIGHT, rows, {2})


def page_password():
    return PagePassword(LIGHT, "us.posthog.com", "This is not the password of the page.")


def settings(section):
    def made():
        dialog = SettingsDialog(LIGHT, "settings.toml")
        dialog.set_settings(Settings())
        dialog.alerts.set_sleepers([Sleeper("watch/a", "Signups – until 14:00")])
        dialog.show_section(section)
        return dialog

    return made


DIALOGS = {
    "event or action": events,
    "expression": expression,
    "dashboards of an insight": on_dashboards,
    "password of a page": page_password,
    "settings": settings("General"),
    "settings of freshness": settings("Freshness"),
    "settings of alerts": settings("Alerts"),
    "all that is shared": shared_list,
    "what a check found": checked,
    "reviews": reviewed,
    "why a tile shows this": explained,
    "share": sharing(on=False),
    "shared": sharing(on=True),
    "subscriptions": subscribed,
    "subscription by weeks": subscribing("weekly"),
    "subscription by months": subscribing("monthly"),
    "watch": watch,
    "watches": watches,
    "inbox": inbox,
    "name of a board": board_name,
    "accounts with tiles on boards": accounts,
    "freshness": freshness,
    "two layouts": layout_choice,
    "breakdown": breakdown,
    "condition": condition,
    "variable in words": variable("String"),
    "variable that is a number": variable("Number"),
    "variable that is on or off": variable("Boolean"),
    "variable that is a date": variable("Date"),
    "variable with choices": variable("List"),
    "projects": projects,
    "saved views": views,
    "save filters": saving,
}


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_a_dialog_says_what_it_is(qtbot, name):
    look.apply(QApplication.instance(), LIGHT)
    dialog = DIALOGS[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    assert len(controls(dialog)) >= 2
    assert faults(dialog) == []
