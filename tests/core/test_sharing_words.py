"""Sharing in words, and the options of a page."""

from datetime import UTC, datetime

import pytest
from msgspec import Raw

from phdesk.core import sharing_words as words
from phdesk.models.failure import Cause, Failure
from phdesk.models.sharing import Sharing

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
FIRST = datetime(2026, 1, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sharing", "said"),
    [
        (Sharing(), "Not shared: only members"),
        (Sharing(enabled=True, token="x"), "gave no link that leads anywhere"),
        (
            Sharing(enabled=True, token="x", created_at=FIRST),
            "who has the link, without an account. First shared 5 Jan 10:00.",
        ),
        (
            Sharing(enabled=True, token="x", created_at=FIRST, password_required=True),
            "who has the link and a password.",
        ),
    ],
)
def test_how_it_stands_is_said(sharing, said):
    assert said in words.state_words(sharing, NOW, UTC)


def test_since_when_is_said_with_the_age():
    assert words.since(FIRST, NOW, UTC) == "5 Jan 10:00, 330 days"
    assert words.since(NOW, NOW, UTC) == "12:00"
    assert words.since(None, NOW, UTC) == "Not known"


def test_options_are_those_that_the_page_knows():
    kept = [key for key, _ in words.options_for("dashboards", by_address=False)]
    assert kept == ["noHeader", "hideExtraDetails", "theme", "whitelabel"]
    assert "hideExtraDetails" not in dict(words.options_for("dashboards", by_address=True))
    assert "legend" in dict(words.options_for("insights", by_address=True))


def test_what_is_not_known_of_settings_stays():
    held = Raw(b'{"whitelabel": true, "unknown": 3, "theme": "dark", "legend": false}')
    sharing = Sharing(settings=held)
    assert words.chosen(sharing) == {"whitelabel", "unknown", "theme"}
    assert words.with_option(held, "noHeader", on=True) == {
        "whitelabel": True,
        "unknown": 3,
        "theme": "dark",
        "legend": False,
        "noHeader": True,
    }
    assert "theme" not in words.with_option(held, "theme", on=False)
    assert words.with_option(Raw(b"null"), "theme", on=True) == {"theme": "dark"}


def test_options_stand_in_an_address_in_one_order():
    options = words.in_address(frozenset({"whitelabel", "theme", "noHeader"}))
    assert list(options.items()) == [("noHeader", ""), ("theme", "dark"), ("whitelabel", "")]


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (
            Failure(cause=Cause.MISSING_SCOPE, message="m", scope="sharing_configuration:write"),
            "lacks the scope sharing_configuration:write",
        ),
        (Failure(cause=Cause.FORBIDDEN, message="Public sharing is disabled."), "may forbid"),
        (Failure(cause=Cause.PLAN, message="m"), "plan"),
        (Failure(cause=Cause.NOT_FOUND, message="m"), "does not find it"),
        (Failure(cause=Cause.NETWORK, message="No network."), "No network."),
    ],
)
def test_a_refusal_is_told_with_what_helps(failure, said):
    assert said in words.refusal_words(failure)
