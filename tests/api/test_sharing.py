"""Sharing: read and switched as a real server took it, with the options of newer ones."""

import json
from datetime import UTC, datetime

import pytest
from msgspec import Raw

from phdesk.api.errors import ForbiddenError, NotPostHogError
from phdesk.api.resources import sharing
from phdesk.models.sharing import Sharing
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

NEWER = {  # reference 9.2
    "created_at": "2026-01-05T10:00:00Z",
    "enabled": True,
    "access_token": "abc",
    "settings": {"whitelabel": True, "unknown": 3},
    "password_required": True,
    "share_passwords": [
        {"id": 7, "note": "Board", "created_by_email": "a@example.org", "is_active": True},
        {"id": 8, "is_active": False},
        {"note": "without an id"},
    ],
}


@needs_shared
@pytest.mark.parametrize(
    ("name", "noun", "number", "on"),
    [
        ("sharing_enable", "dashboards", 6, True),
        ("sharing_insight_enable", "insights", 52, True),
        ("sharing_disable", "insights", 52, False),
    ],
)
def test_it_is_switched_as_a_real_server_took_it(name, noun, number, on):
    server = Server([replay(name)])
    found = server.run(sharing.switch, 1, noun, number, on=on)
    request = recorded.exchange(name)["request"]
    assert server.asked == [f"{request['method']} {request['path']}"]
    assert json.loads(server.requests[0].content) == request["json"]
    assert found.enabled is found.is_live is on
    assert (found.has_settings, found.has_passwords, found.by_address) == (False, False, True)


@needs_shared
def test_how_it_stands_is_read():
    server = Server([replay("sharing_get_on")])
    found = server.run(sharing.get, 1, "dashboards", 6)
    assert found.token == "EXAMPLE_share_token_health"
    assert found.created_at == datetime(2026, 11, 23, 22, 14, 15, 166736, tzinfo=UTC)


def test_a_token_that_was_never_shared_leads_nowhere():
    never = {"created_at": None, "enabled": False, "access_token": "random"}
    found = Server([answer(never)]).run(sharing.get, 1, "dashboards", 6)
    assert not found.is_live
    assert not Sharing(enabled=True, token="x").is_live


def test_options_and_passwords_of_newer_servers_are_read():
    found = Server([answer(NEWER)]).run(sharing.get, 1, "dashboards", 6)
    assert json.loads(bytes(found.settings)) == {"whitelabel": True, "unknown": 3}
    assert [(one.id, one.note) for one in found.passwords] == [("7", "Board")]
    assert (found.password_required, found.by_address) == (True, False)


@pytest.mark.parametrize(
    ("year", "settings", "by_address"),
    [(2024, Raw(b"null"), True), (2024, Raw(b"{}"), False), (2026, Raw(b"null"), False)],
)
def test_links_of_old_take_options_in_their_address(year, settings, by_address):
    at = datetime(year, 1, 1, tzinfo=UTC)
    assert Sharing(created_at=at, settings=settings, has_settings=True).by_address is by_address


def test_a_new_link_and_passwords_are_asked_for():
    made = {"id": 9, "password": "word-told-once", "note": "n"}
    server = Server([answer(NEWER), answer(made, 201), answer(made, 201), answer({}, 204)])
    server.run(sharing.renew, 1, "insights", 3)
    assert server.run(sharing.add_password, 1, "insights", 3, "n").word == "word-told-once"
    assert json.loads(server.requests[-1].content) == {"note": "n"}
    told = server.run(sharing.add_password, 1, "insights", 3, "n", "long enough")
    assert json.loads(server.requests[-1].content) == {"raw_password": "long enough", "note": "n"}
    assert told.word not in repr(told)
    server.run(sharing.delete_password, 1, "insights", 3, "../9")
    base = "/api/projects/1/insights/3/sharing/"
    assert server.asked == [
        f"POST {base}refresh/",
        f"POST {base}passwords/",
        f"POST {base}passwords/",
        f"DELETE {base}passwords/..%2F9/",
    ]


def test_an_organization_that_forbids_it_says_so_in_its_own_words():
    refusal = {
        "type": "authentication_error",
        "code": "permission_denied",
        "detail": "Public sharing is disabled for this organization.",
        "attr": None,
    }
    with pytest.raises(ForbiddenError, match="Public sharing is disabled"):
        Server([answer(refusal, 403)]).run(sharing.switch, 1, "dashboards", 6, on=True)


def test_what_says_nothing_of_sharing_is_no_answer():
    with pytest.raises(NotPostHogError):
        Server([answer({"access_token": "x"})]).run(sharing.get, 1, "dashboards", 6)
