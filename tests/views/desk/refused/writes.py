"""All that a window can have changed on the server, each by the control with which people do it."""

from collections.abc import Callable

from msgspec import Struct

from phdesk.views.desk.edits import PIN
from phdesk.views.desk.health_all import CHECK_ALL
from phdesk.views.desk.shared_list import SHARED
from phdesk.views.dialogs.sharing import SHARE as START
from tests.views.desk.refused.ways import (
    add_insight,
    alerts,
    box,
    card,
    change_alert,
    change_mail,
    check_one,
    copy_board,
    delete_board,
    deleted_board,
    deleted_mail,
    edit_insight,
    filters,
    go_on,
    half_made,
    is_put_on,
    is_written,
    layout_line,
    made_board,
    move,
    new_alert,
    new_board,
    new_insight,
    new_mail,
    nothing,
    pressed,
    put_on,
    rename,
    restore_board,
    save_as,
    send_mail,
    shared,
    snooze,
    subscriptions,
    undo,
)

ALL_BOARDS, SHARINGS = "dashboard:write", "sharing_configuration:write"
INSIGHTS, MAILS, ALERTS = "insight:write", "subscription:write", "alert:write"


class Write(Struct, frozen=True, kw_only=True):
    """One change: how it is asked for, and what a person is to find where it is refused."""

    name: str
    by: str  # the module of views/desk that says how it went
    call: str  # the function of api/resources in which it ends
    scope: str
    open: Callable  # opens the dialog or page, and fills it
    send: Callable  # asks for the change; also once more
    field: str = "name"  # by what the server calls it
    label: str = ""  # the control that shows it; none where nothing is typed
    kept: Callable | None = None  # tells whether what was written is still there
    makes: str = ""  # what there is one more of afterwards
    at: str = ""  # where the path begins that is refused; nothing: whatever is written
    once: bool = False  # it is not offered again
    settles: bool = False  # phdesk looks at once what came of it, and says so
    rests: tuple[str, ...] = ()  # refusals after which it waits until PostHog is read again
    looks: bool = False  # phdesk itself finds out what a lost answer meant, before it does it again


WRITES = (
    Write(
        name="an empty dashboard", by="new_dashboards", call="dashboards.create",
        scope=ALL_BOARDS,
        open=new_board, send=pressed("Make the dashboard"), label="Name",
        kept=is_written("Name", "Numbers"), makes="dashboard", looks=True,
    ),
    Write(
        name="a dashboard of a template", by="new_dashboards", call="dashboards.create",
        scope=ALL_BOARDS,
        open=lambda desk: new_board(desk, "posthog t1"), send=pressed("Make the dashboard"),
        label="Name", kept=is_written("Name", "Numbers"), makes="dashboard", looks=True,
    ),
    Write(
        name="a copy", by="dashboard_work", call="dashboards.create", settles=True,
        scope=ALL_BOARDS, open=copy_board,
        send=pressed("Duplicate"), label="Name", kept=is_written("Name", "Numbers"),
        makes="dashboard",
    ),
    Write(
        name="a deep copy", by="dashboard_work", call="dashboards.create", settles=True,
        scope=ALL_BOARDS, field="tags",
        open=lambda desk: copy_board(desk, deep=True), send=pressed("Duplicate"),
        label="Tags, with commas between them", kept=is_written("Name", "Numbers"),
        makes="dashboard",
    ),
    Write(
        name="another name", by="edits", call="dashboards.save",
        scope=ALL_BOARDS, open=rename,
        send=pressed("Save for everyone"), label="Name", kept=is_written("Name", "Numbers"),
    ),
    Write(
        name="a pin", by="edits", call="dashboards.save",
        scope=ALL_BOARDS, field="pinned",
        open=nothing, send=lambda desk: desk.do(PIN),
    ),
    Write(
        name="a text card", by="edits", call="dashboards.save", settles=True,
        scope=ALL_BOARDS, field="tiles",
        open=card, send=pressed("Add for everyone"), label="Text of the card",
        kept=is_written("Text of the card", "Words"), makes="text",
    ),
    Write(
        name="a tile taken off", by="edits", call="dashboards.save",
        scope=ALL_BOARDS, field="tiles",
        open=nothing, send=lambda desk: desk.of_tile(1, "Remove from the dashboard"),
    ),
    Write(
        name="a copy of a tile", by="edits", call="insights.copy_to", settles=True,
        scope=INSIGHTS, open=nothing,
        send=lambda desk: desk.of_tile(1, "Duplicate"), makes="insight",
    ),
    Write(
        name="an insight added", by="edits", call="insights.put_on",
        scope=INSIGHTS, open=nothing,
        send=add_insight, field="dashboards", rests=("the key", "no way there"),
    ),
    Write(
        name="a part of a template", by="new_dashboards", call="insights.create",
        scope=INSIGHTS, at="insights/",
        open=half_made, send=go_on, makes="insight", looks=True,
    ),
    Write(
        name="a dashboard deleted", by="dashboard_work", call="dashboards.save",
        scope=ALL_BOARDS,
        field="deleted", open=nothing, send=delete_board,
    ),
    Write(
        name="a dashboard brought back", by="dashboard_work", call="dashboards.save",
        scope=ALL_BOARDS,
        field="deleted", open=restore_board, send=pressed("Restore for everyone"),
        kept=is_written("Or its number, or the address of its page", "12"),
    ),
    Write(
        name="a deletion taken back", by="dashboard_work", call="dashboards.save",
        scope=ALL_BOARDS, field="deleted", open=deleted_board, send=undo, once=True,
    ),
    Write(
        name="a new dashboard taken back", by="dashboard_work", call="dashboards.save",
        scope=ALL_BOARDS, field="deleted", open=made_board, send=undo, once=True,
    ),
    Write(
        name="a layout", by="layouts", call="dashboards.save",
        scope=ALL_BOARDS, field="tiles", open=move,
        send=lambda desk: desk.press("Save to PostHog", layout_line(desk)),
        kept=lambda desk: layout_line(desk) is not None,
        rests=("the key", "the scope", "the role", "no way there"),
    ),
    Write(
        name="filters for everyone", by="filter_saving", call="dashboards.save",
        scope=ALL_BOARDS,
        field="filters", open=filters, send=pressed("Save for everyone"),
        kept=lambda desk: desk.ada.board.override is not None, rests=("the key", "the plan"),
        looks=True,
    ),
    Write(
        name="a new insight", by="insight_saving", call="insights.add", settles=True,
        scope=INSIGHTS, open=new_insight,
        send=lambda desk: desk.builder.save_requested.emit(), label="Name of the insight",
        kept=is_written("Name of the insight", "Visits"), makes="insight",
    ),
    Write(
        name="a changed insight", by="insight_saving", call="insights.change", settles=True,
        scope=INSIGHTS, open=edit_insight,
        send=lambda desk: desk.builder.save_requested.emit(), label="Name of the insight",
        kept=is_written("Name of the insight", "Visits"),
    ),
    Write(
        name="an insight as another", by="insight_saving", call="insights.add", settles=True,
        scope=INSIGHTS,
        open=edit_insight, send=save_as, label="Name", kept=is_written("Name", "Another"),
        makes="insight",
    ),
    Write(
        name="an insight on dashboards", by="insight_saving", call="insights.change", settles=True,
        scope=INSIGHTS,
        field="dashboards", open=edit_insight, send=put_on, kept=is_put_on,
    ),
    Write(
        name="a subscription", by="subscription_forms", call="subscriptions.create", settles=True,
        scope=MAILS,
        field="target_value", open=new_mail, send=pressed("Subscribe them"), label="To",
        kept=is_written("To", "ben@example.org"), makes="subscription",
    ),
    Write(
        name="a changed subscription", by="subscription_forms", call="subscriptions.update",
        scope=MAILS,
        field="target_value", open=change_mail, send=pressed("Save for everyone"), label="To",
        kept=is_written("To", "ben@example.org"),
    ),
    Write(
        name="a paused subscription", by="subscriptions", call="subscriptions.switch",
        scope=MAILS,
        field="enabled", open=subscriptions, send=pressed("Pause"),
    ),
    Write(
        name="a deleted subscription", by="subscriptions", call="subscriptions.delete",
        scope=MAILS,
        field="deleted", open=subscriptions, send=pressed("Delete"),
    ),
    Write(
        name="a subscription brought back", by="subscriptions", call="subscriptions.restore",
        scope=MAILS,
        field="deleted", open=deleted_mail, send=lambda desk: desk.press("Undo"), once=True,
    ),
    Write(
        name="a delivery now", by="subscriptions", call="subscriptions.send_test",
        scope=MAILS,
        open=subscriptions, send=send_mail, makes="mail",
    ),
    Write(
        name="a link", by="sharing", call="sharing.switch",
        scope=SHARINGS, field="enabled",
        open=lambda desk: shared(desk, enabled=False), send=pressed(START),
    ),
    Write(
        name="no link", by="sharing", call="sharing.switch",
        scope=SHARINGS, field="enabled", open=shared,
        send=pressed("Stop sharing"),
    ),
    Write(
        name="a new link", by="sharing", call="sharing.renew",
        scope=SHARINGS, open=shared,
        send=lambda desk: (desk.press("New link…"), desk.press("New link")),
    ),
    Write(
        name="an option of a link", by="sharing", call="sharing.change",
        scope=SHARINGS, field="settings",
        open=shared, send=lambda desk: desk.tick(box(desk, "Dark")),
    ),
    Write(
        name="a password", by="sharing_passwords", call="sharing.add_password", settles=True,
        scope=SHARINGS, field="raw_password",
        open=lambda desk: (shared(desk), desk.write("New password", "long enough")),
        send=pressed("Add a password"), label="New password",
        kept=is_written("New password", "long enough"), makes="password",
    ),
    Write(
        name="no password", by="sharing", call="sharing.delete_password",
        scope=SHARINGS, open=shared,
        send=pressed("Delete the password"),
    ),
    Write(
        name="no link, from the list", by="shared_list", call="sharing.switch",
        scope=SHARINGS,
        field="enabled", open=lambda desk: (desk.do(SHARED), desk.choose("Weekly")),
        send=pressed("Stop sharing"),
    ),
    Write(
        name="no link, from the check", by="health_all", call="sharing.switch",
        scope=SHARINGS,
        field="enabled", open=lambda desk: (desk.do(CHECK_ALL), desk.choose("Old link")),
        send=pressed("Stop sharing"),
    ),
    Write(
        name="no link, from the check of one", by="health", call="sharing.switch",
        scope=SHARINGS, field="enabled", open=check_one, send=pressed("Stop sharing"),
    ),
    Write(
        name="an insight deleted", by="health_all", call="insights.change",
        scope=INSIGHTS, field="deleted",
        open=lambda desk: (desk.do(CHECK_ALL), desk.choose("Alone")),
        send=lambda desk: (desk.press("Delete the insight…"), desk.press("Delete")),
    ),
    Write(
        name="an alert", by="alert_forms", call="alerts.create", settles=True,
        scope=ALERTS, open=new_alert,
        send=pressed("Make the alert"), label="Name", kept=is_written("Name", "Numbers"),
        makes="alert",
    ),
    Write(
        name="a changed alert", by="alert_forms", call="alerts.update",
        scope=ALERTS, open=change_alert,
        send=pressed("Save for everyone"), label="Name", kept=is_written("Name", "Numbers"),
    ),
    Write(
        name="an alert snoozed", by="alerts", call="alerts.snooze",
        scope=ALERTS,
        field="snoozed_until", open=alerts, send=snooze,
    ),
    Write(
        name="an alert switched off", by="alerts", call="alerts.switch",
        scope=ALERTS, field="enabled",
        open=alerts, send=pressed("Switch off"),
    ),
    Write(
        name="an alert deleted", by="alerts", call="alerts.delete",
        scope=ALERTS, open=alerts,
        send=lambda desk: (desk.press("Delete…"), desk.press("Delete this alert")),
    ),
)  # fmt: skip
