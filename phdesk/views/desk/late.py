"""Pages and dialogs that are imported when they are first shown, not before the first paint."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from phdesk.models.account import Account
    from phdesk.services.settings import KeptWindow
    from phdesk.services.workspace import Workspace
    from phdesk.store.snapshot import Snapshot
    from phdesk.views.desk.access_page import AccessPage
    from phdesk.views.desk.commands import Commands
    from phdesk.views.desk.dashboard_work import DashboardWork
    from phdesk.views.desk.desk import Desk
    from phdesk.views.desk.exports import Exports
    from phdesk.views.desk.filter_choices import FilterChoices
    from phdesk.views.desk.inbox import Inbox
    from phdesk.views.desk.insight_editor import InsightEditor
    from phdesk.views.desk.links import Links
    from phdesk.views.desk.open_tabs import OpenTabs
    from phdesk.views.desk.open_window import OpenWindow
    from phdesk.views.desk.pages import Pages
    from phdesk.views.desk.sessions import Sessions
    from phdesk.views.desk.snapshots import Snapshots
    from phdesk.views.desk.status import Status
    from phdesk.views.desk.tiles import Tiles
    from phdesk.views.desk.watch_marks import WatchMarks
    from phdesk.views.desk.watches import Watches
    from phdesk.views.dialogs.accounts import Accounts
    from phdesk.views.dialogs.alerts import Alerts
    from phdesk.views.dialogs.alerts_form import AlertForm
    from phdesk.views.dialogs.board_words import NameDialog, TextDialog
    from phdesk.views.dialogs.choose_project import ChooseProject
    from phdesk.views.dialogs.copy_dashboard import CopyDashboard
    from phdesk.views.dialogs.dashboard_access import DashboardAccess
    from phdesk.views.dialogs.delete_dashboard import DeleteDashboard
    from phdesk.views.dialogs.export import ExportDialog
    from phdesk.views.dialogs.health import Health
    from phdesk.views.dialogs.layout_choice import LayoutChoice
    from phdesk.views.dialogs.new_dashboard import NewDashboard
    from phdesk.views.dialogs.one_name import OneName
    from phdesk.views.dialogs.report import ReportDialog
    from phdesk.views.dialogs.restore_dashboard import RestoreDashboard
    from phdesk.views.dialogs.reviews import Reviews
    from phdesk.views.dialogs.settings import SettingsDialog
    from phdesk.views.dialogs.shared_list import SharedList
    from phdesk.views.dialogs.sharing import Sharing
    from phdesk.views.dialogs.shortcuts import Shortcuts
    from phdesk.views.dialogs.sign_in import SignIn
    from phdesk.views.dialogs.subscriptions import Subscriptions
    from phdesk.views.dialogs.subscriptions_form import SubscriptionForm
    from phdesk.views.dialogs.why import Why

    ShowSnapshot = Callable[[Desk, Pages, Snapshot], None]
    MakeParts = Callable[[Desk, Pages, Tiles, Sessions, Workspace], None]
    Lead = Callable[[str, Sequence[OpenWindow], Sequence[Account]], OpenWindow | KeptWindow]


def sign_in_page() -> "type[SignIn]":
    """Give the sign-in page."""
    return cast("type[SignIn]", _named("dialogs.sign_in", "SignIn"))


def accounts_dialog() -> "type[Accounts]":
    """Give the dialog of the accounts."""
    return cast("type[Accounts]", _named("dialogs.accounts", "Accounts"))


def project_dialog() -> "type[ChooseProject]":
    """Give the dialog that chooses a project."""
    return cast("type[ChooseProject]", _named("dialogs.choose_project", "ChooseProject"))


def settings_dialog() -> "type[SettingsDialog]":
    """Give the settings."""
    return cast("type[SettingsDialog]", _named("dialogs.settings", "SettingsDialog"))


def shortcuts_dialog() -> "type[Shortcuts]":
    """Give the list of shortcuts."""
    return cast("type[Shortcuts]", _named("dialogs.shortcuts", "Shortcuts"))


def commands() -> "type[Commands]":
    """Give what fills the palette and carries out what is chosen."""
    return cast("type[Commands]", _named("desk.commands", "Commands"))


def open_tabs() -> "type[OpenTabs]":
    """Give what keeps dashboards open in tabs."""
    return cast("type[OpenTabs]", _named("desk.open_tabs", "OpenTabs"))


def links() -> "type[Links]":
    """Give what opens addresses of PostHog."""
    return cast("type[Links]", _named("desk.links", "Links"))


def make_parts() -> "MakeParts":
    """Give what makes the parts that a window gets after the first paint."""
    return cast("MakeParts", _named("desk.whole", "make_parts"))


def lead() -> "Lead":
    """Give what chooses the window in which an address is opened."""
    return cast("Lead", _named("desk.leading", "lead"))


def layout_choice() -> "type[LayoutChoice]":
    """Give the dialog that chooses between two layouts."""
    return cast("type[LayoutChoice]", _named("dialogs.layout_choice", "LayoutChoice"))


def one_name() -> "type[OneName]":
    """Give the dialog that asks for one name."""
    return cast("type[OneName]", _named("dialogs.one_name", "OneName"))


def name_dialog() -> "type[NameDialog]":
    """Give the dialog for name, description and tags of a dashboard."""
    return cast("type[NameDialog]", _named("dialogs.board_words", "NameDialog"))


def text_dialog() -> "type[TextDialog]":
    """Give the dialog for the text of a card."""
    return cast("type[TextDialog]", _named("dialogs.board_words", "TextDialog"))


def filter_choices() -> "type[FilterChoices]":
    """Give what opens the choices of the filter bar and carries them out."""
    return cast("type[FilterChoices]", _named("desk.filter_choices", "FilterChoices"))


def snapshots() -> "type[Snapshots]":
    """Give what saves snapshots and takes files to open."""
    return cast("type[Snapshots]", _named("desk.snapshots", "Snapshots"))


def exports() -> "type[Exports]":
    """Give what exports the page on screen."""
    return cast("type[Exports]", _named("desk.exports", "Exports"))


def export_dialog() -> "type[ExportDialog]":
    """Give the dialog that asks as what."""
    return cast("type[ExportDialog]", _named("dialogs.export", "ExportDialog"))


def report_dialog() -> "type[ReportDialog]":
    """Give the dialog that asks what a report tells."""
    return cast("type[ReportDialog]", _named("dialogs.report", "ReportDialog"))


def last_words() -> "Callable[[str, str], bool]":
    """Give what asks at the end whether to try once more."""
    return cast("Callable[[str, str], bool]", _named("dialogs.last_words", "wants_another_try"))


def snapshot_files() -> "ModuleType":
    """Give what reads snapshots and makes states of them."""
    return import_module("phdesk.services.snapshots")


def show_snapshot() -> "ShowSnapshot":
    """Give what shows a snapshot in a window."""
    return cast("ShowSnapshot", _named("desk.snapshot_page", "show"))


def install_faces() -> None:
    """Tell assistive technology what our own widgets are."""
    cast("Callable[[], None]", _named("widgets.faces", "install"))()


def status() -> "type[Status]":
    """Give what says how fresh the numbers are kept."""
    return cast("type[Status]", _named("desk.status", "Status"))


def alerts_dialog() -> "type[Alerts]":
    """Give the list of PostHog's alerts."""
    return cast("type[Alerts]", _named("dialogs.alerts", "Alerts"))


def alert_form() -> "type[AlertForm]":
    """Give the form of an alert."""
    return cast("type[AlertForm]", _named("dialogs.alerts_form", "AlertForm"))


def shared_list_dialog() -> "type[SharedList]":
    """Give the list of all that is shared."""
    return cast("type[SharedList]", _named("dialogs.shared_list", "SharedList"))


def health_dialog() -> "type[Health]":
    """Give the list of what is wrong with a dashboard."""
    return cast("type[Health]", _named("dialogs.health", "Health"))


def why_dialog() -> "type[Why]":
    """Give what says why a tile shows what it shows."""
    return cast("type[Why]", _named("dialogs.why", "Why"))


def reviews_dialog() -> "type[Reviews]":
    """Give the review calendar of a project."""
    return cast("type[Reviews]", _named("dialogs.reviews", "Reviews"))


def sharing_dialog() -> "type[Sharing]":
    """Give the dialog in which something is shared."""
    return cast("type[Sharing]", _named("dialogs.sharing", "Sharing"))


def subscriptions_dialog() -> "type[Subscriptions]":
    """Give the list of subscriptions."""
    return cast("type[Subscriptions]", _named("dialogs.subscriptions", "Subscriptions"))


def subscription_form() -> "type[SubscriptionForm]":
    """Give the form of a subscription."""
    return cast("type[SubscriptionForm]", _named("dialogs.subscriptions_form", "SubscriptionForm"))


def watches() -> "type[Watches]":
    """Give what makes and changes watches of the numbers on screen."""
    return cast("type[Watches]", _named("desk.watches", "Watches"))


def watch_marks() -> "type[WatchMarks]":
    """Give what shows on tiles how their watches stand."""
    return cast("type[WatchMarks]", _named("desk.watch_marks", "WatchMarks"))


def inbox() -> "type[Inbox]":
    """Give what shows what was found of alerts."""
    return cast("type[Inbox]", _named("desk.inbox", "Inbox"))


def new_dashboard() -> "type[NewDashboard]":
    """Give the dialog that makes a dashboard."""
    return cast("type[NewDashboard]", _named("dialogs.new_dashboard", "NewDashboard"))


def dashboard_work() -> "type[DashboardWork]":
    """Give what makes, copies, deletes and brings back dashboards."""
    return cast("type[DashboardWork]", _named("desk.dashboard_work", "DashboardWork"))


def access_page() -> "type[AccessPage]":
    """Give what shows who may do what with a dashboard."""
    return cast("type[AccessPage]", _named("desk.access_page", "AccessPage"))


def copy_dialog() -> "type[CopyDashboard]":
    """Give the dialog that copies a dashboard."""
    return cast("type[CopyDashboard]", _named("dialogs.copy_dashboard", "CopyDashboard"))


def access_dialog() -> "type[DashboardAccess]":
    """Give the dialog of who may do what with a dashboard."""
    return cast("type[DashboardAccess]", _named("dialogs.dashboard_access", "DashboardAccess"))


def delete_dialog() -> "type[DeleteDashboard]":
    """Give the dialog that asks before a dashboard is deleted."""
    return cast("type[DeleteDashboard]", _named("dialogs.delete_dashboard", "DeleteDashboard"))


def restore_dialog() -> "type[RestoreDashboard]":
    """Give the dialog that brings back a dashboard."""
    return cast("type[RestoreDashboard]", _named("dialogs.restore_dashboard", "RestoreDashboard"))


def insight_editor() -> "type[InsightEditor]":
    """Give what lets a person build an insight."""
    return cast("type[InsightEditor]", _named("desk.insight_editor", "InsightEditor"))


@cache
def _named(module: str, name: str) -> object:
    return getattr(import_module(f"phdesk.views.{module}"), name)
