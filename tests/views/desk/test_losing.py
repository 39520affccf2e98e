"""Forgetting an account names what was not saved of it, and only of it."""

import msgspec
from PySide6.QtWidgets import QLabel

from phdesk.core.building.draft import body
from phdesk.core.building.saving import Details
from phdesk.core.building.starting import blank
from phdesk.services.insight_keeping import KeptInsight
from phdesk.store.cache_writing import Writer
from phdesk.views.desk.losing import Losing
from phdesk.views.dialogs.accounts import Accounts
from tests.services.conftest import ADA
from tests.views.desk.conftest import button


def kept(name):
    return msgspec.json.encode(KeptInsight(query=body(blank("trends")), details=Details(name=name)))


def test_what_is_lost_with_an_account_is_named_before_it_is_forgotten(ada, parts):
    ada.desk.cache, ada.desk.worker = parts.cache, parts.background
    writer = Writer(parts.cache)
    writer.save_draft(ADA.id, 7, "one", kept("Visits"))
    writer.save_draft(ADA.id, 8, "two", kept(""))  # of whatever project
    writer.save_draft("us-bob", 7, "one", kept("Not hers"))
    writer.save_overlay(ADA.id, 7, 9, b"layout")
    Losing(ada.desk, ada.sessions)
    ada.sessions.show_accounts()
    dialog = ada.dialog(Accounts)
    button(dialog, "Forget…").click()

    def words():
        return " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())

    ada.qtbot.waitUntil(lambda: "“Visits”" in words())
    assert "“Pageview count”" in words()
    assert "1 layout of yours" in words()
    assert "Not hers" not in words()
