"""Bodies that make, copy, delete and bring back dashboards are those that a real server took."""

import json

import pytest
from msgspec import Raw

from phdesk.core.new_dashboards import (
    blank_body,
    copied,
    copy_body,
    deleted_body,
    restored_body,
    template_body,
)
from phdesk.models.dashboard import Dashboard, DashboardDraft, DashboardRow
from tests.api import recorded
from tests.shared import needs_shared


def draft(**fields):
    return DashboardDraft(**{"name": "Weekly", **fields})


@needs_shared
@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("tags_without_feature", blank_body(draft(name="Tag trial", tags=("growth",)))),
        (
            "dashboard_create_with_filters",
            {**blank_body(draft(name="API health")), "filters": {"date_from": "-7d"}},
        ),
        (
            "dashboard_create_from_template",
            template_body(draft(name="From template"), "DEFAULT_APP"),
        ),
        (
            "dashboard_duplicate",
            copy_body(draft(name="Product overview (Copy)"), 5, deep=False, filters={}),
        ),
        (
            "dashboard_duplicate_deep",
            copy_body(draft(name="Legacy (Copy)"), 8, deep=True, filters={}),
        ),
        ("dashboard_soft_delete", deleted_body(with_insights=True)),
        ("dashboard_undelete", restored_body()),
    ],
)
def test_a_body_is_the_recorded_one(name, ours):
    assert ours == recorded.exchange(name)["request"]["json"]


def test_only_what_was_given_is_sent():
    assert blank_body(draft()) == {"name": "Weekly"}
    whole = draft(description="Who pays?", tags=("a", "b"), pinned=True, folder="Teams/Growth")
    assert blank_body(whole) == {
        "name": "Weekly",
        "description": "Who pays?",
        "pinned": True,
        "tags": ["a", "b"],
        "_create_in_folder": "Teams/Growth",
    }


def test_a_deletion_leaves_insights_alone_unless_it_is_asked_for():
    assert deleted_body(with_insights=False) == {"deleted": True}


@pytest.mark.parametrize(
    ("saved", "effective", "expected"),
    [
        (b'{"date_from":"-30d"}', b'{"date_from":"-7d"}', {"date_from": "-30d"}),
        (b"null", b'{"date_from":"-7d","date_to":null}', {"date_from": "-7d"}),
        (b"null", b"{}", {}),
    ],
    ids=["saved ones are told", "an old server", "none"],
)
def test_a_copy_takes_words_and_saved_filters_along(saved, effective, expected):
    row = DashboardRow(id=5, name="x" * 400, description="Why?", tags=("a",), folder="Teams")
    described, filters = copied(
        Dashboard(row=row, filters=Raw(effective), saved_filters=Raw(saved))
    )
    assert (described.description, described.tags, described.folder) == ("Why?", ("a",), "Teams")
    assert len(described.name) == 400
    assert described.name.endswith("x (Copy)")
    assert filters == expected
    body = copy_body(described, 5, deep=True, filters=filters)
    assert body.get("filters", {}) == expected
    json.dumps(body)
