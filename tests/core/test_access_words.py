"""Who may do what with a dashboard, and what was done to it, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import Raw

from phdesk.api import decoding
from phdesk.core.access_words import access, access_lines, role, who
from phdesk.core.activity_words import activity_words, who_did
from phdesk.core.gone import Gone, gone_by_log, together
from phdesk.models.account import User
from phdesk.models.activity import Activity, Change
from phdesk.models.dashboard import DashboardRow
from tests.api import recorded
from tests.shared import needs_shared

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def row(**fields):
    return DashboardRow(**{"id": 9, "name": "Weekly", **fields})


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"access_level": "viewer", "editable": False}, "You are a viewer"),
        ({"access_level": "editor", "privilege": 21, "restriction": 37}, "You are an editor"),
        ({"access_level": "manager"}, "You are a manager"),
        ({"access_level": "curator"}, "PostHog calls your access “curator”."),
        ({"privilege": 37, "restriction": 37}, "You are an editor"),
        ({"privilege": 21, "restriction": 37, "editable": False}, "You are a viewer"),
        ({}, "This server does not say."),
    ],
)
def test_access_is_told_by_the_newer_levels_else_by_the_older(fields, word):
    assert access(row(**fields)).startswith(word)


@pytest.mark.parametrize(
    ("restriction", "word"), [(21, "Everyone"), (37, "Only its collaborators."), (None, "")]
)
def test_who_else_may_change_it_is_told_where_the_server_does(restriction, word):
    assert who(row(restriction=restriction)).startswith(word)
    newer = row(restriction=restriction, access_level="editor")  # which decides alone
    assert who(newer).startswith("PostHog does not list it here")


def test_when_it_was_opened_counts_every_program():
    lines = dict(access_lines(row(last_accessed_at=NOW), None, "", NOW, UTC))
    assert lines["Last opened"] == (
        "12:00 (just now). Reading it in any program counts, in this one too."
    )


@pytest.mark.parametrize(
    ("levels", "home", "said"),
    [
        ((("a", 15), ("b", 1)), "b", "You are a member of the organization."),
        ((("a", 8),), "", "You are an admin of the organization."),
        ((("a", 8), ("b", 1)), "", "This server does not say."),
        ((("a", 12),), "a", "You are of level 12 of the organization."),
        ((), "a", "This server does not say."),
    ],
)
def test_the_role_is_that_in_the_organization_of_the_project(levels, home, said):
    assert role(User(levels=levels), home) == said


def test_what_the_server_does_not_tell_is_not_made_up():
    lines = dict(access_lines(row(), None, "", NOW, UTC))
    assert lines["Made"] == "This server does not say."
    assert lines["Last viewed"].startswith("This server does not say.")
    assert lines["Last viewed"].endswith("not by whom.")
    assert lines["Public link"] == "None."
    assert lines.keys() == {"Your access", "Made", "Last viewed", "Public link"}


def test_times_are_told_with_their_age():
    seen = row(
        created_at=NOW - timedelta(days=3),
        created_by="Ada",
        last_viewed_at=NOW - timedelta(hours=2),
        last_accessed_at=NOW,
        is_shared=True,
    )
    lines = dict(access_lines(seen, None, "", NOW, UTC))
    assert lines["Made"] == "28 Nov 12:00 (3 days ago) by Ada"
    assert lines["Last opened"].startswith("12:00 (just now). ")
    assert lines["Last viewed"].startswith("10:00 (2 h ago). ")
    assert lines["Public link"].startswith("Anybody")


def changed(field, before, after):
    return Change(field=field, before=Raw(before), after=Raw(after))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed("name", b'"A"', b'"B"'), "renamed it from “A” to “B”"),
        (changed("name", b"null", b'"B"'), "named it “B”"),
        (changed("tags", b'["a"]', b'["a", "b", "c"]'), "added the tags “b” and “c”"),
        (changed("tags", b'["a"]', b"[]"), "removed the tag “a”"),
        (changed("pinned", b"false", b"true"), "pinned it for everyone"),
        (changed("pinned", b"true", b"false"), "unpinned it"),
        (changed("deleted", b"false", b"true"), "deleted it"),
        (changed("deleted", b"true", b"false"), "brought it back"),
        (changed("restriction_level", b"21", b"37"), "let only collaborators change it"),
        (changed("filters", b"{}", b"{}"), "changed the filters"),
        (changed("quick_filter_ids", b"null", b"[]"), "changed “quick filter ids”"),
    ],
)
def test_a_change_is_said_in_words(change, said):
    assert activity_words(Activity(did="updated", changes=(change,))) == said


@pytest.mark.parametrize(
    ("did", "said"), [("created", "made it"), ("exported", "exported it"), ("was_odd", "was odd")]
)
def test_what_was_done_as_a_whole_is_said(did, said):
    assert activity_words(Activity(did=did)) == said
    assert who_did(Activity(did=did)) == "Somebody"


@needs_shared
def test_a_recorded_entry_reads_as_a_sentence():
    entry = decoding.activities(recorded.body("insight_activity")).items[0]
    assert f"{who_did(entry)} {activity_words(entry)}" == (
        "Ada added the tag “engagement”, renamed it from “Daily active users” to “Daily active"
        " users (DAU)”, changed the description and changed “favorited”"
    )


def entry(item, did, *changes, name="Weekly"):
    return Activity(did=did, scope="Dashboard", item=str(item), name=name, changes=changes)


GONE = changed("deleted", b"false", b"true")
BACK = changed("deleted", b"true", b"false")


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ([entry(9, "deleted")], [9]),
        ([entry(9, "updated", GONE)], [9]),
        ([entry(9, "updated", BACK), entry(9, "updated", GONE)], []),
        ([entry(9, "restored"), entry(9, "deleted")], []),
        ([entry(9, "updated", changed("name", b'"a"', b'"b"')), entry(9, "deleted")], [9]),
        ([entry(9, "created")], []),
        ([entry("x", "deleted"), entry(7, "deleted")], []),
        ([Activity(did="deleted", scope="Insight", item="9")], []),
    ],
)
def test_the_log_tells_which_dashboards_are_gone(log, expected):
    assert [one.id for one in gone_by_log(log, there={7})] == expected


def test_what_was_deleted_here_comes_first_and_each_once():
    here, told = [Gone(id=9, name="Mine")], [Gone(id=9, name="Theirs"), Gone(id=8), Gone(id=7)]
    assert together(here, told, there={7}) == (Gone(id=9, name="Mine"), Gone(id=8))
