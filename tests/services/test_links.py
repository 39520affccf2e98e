"""Which account and project an address needs, and whether what it names is at hand."""

import pytest

from phdesk.core.sources import parse_source
from phdesk.models.account import EU_HOST, US_HOST, Account, Project
from phdesk.services.links import Way, tile_with, way_to
from phdesk.store.changes import with_account, with_dashboard
from phdesk.store.state import EMPTY
from tests.store.builders import NOON, answer, board, tile

ADA = Account(id="ada", host=EU_HOST)
BOB = Account(id="bob", host=US_HOST)
HERE = with_account(EMPTY, ADA, Project(id=7))[0]


def way(text, state=HERE):
    source = parse_source(text)
    found = way_to(source, state, [ADA, BOB])
    assert found.source is source
    return found.account, found.project.id if found.project else None, found.stranger


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("9", (None, None, ""), id="a number"),
        pytest.param(f"{EU_HOST}/project/7/dashboard/9", (None, None, ""), id="here"),
        pytest.param("eu.posthog.com/dashboard/9", (None, None, ""), id="no project"),
        pytest.param(f"{EU_HOST}/project/8/dashboard/9", (None, 8, ""), id="another project"),
        pytest.param(f"{US_HOST}/project/1/dashboard/9", ("bob", 1, ""), id="another account"),
        pytest.param(
            "https://app.example/dashboard/9", (None, None, "https://app.example"), id="?"
        ),
        pytest.param("phdesk://eu.posthog.com/dashboard/9", (None, None, ""), id="phdesk"),
    ],
)
def test_the_way_leads_through_account_and_project(text, wanted):
    assert way(text) == wanted


def test_an_account_is_turned_to_even_where_its_project_has_the_number_of_this_one():
    assert way(f"{US_HOST}/project/7/dashboard/9") == ("bob", 7, "")


def test_an_address_of_phdesk_finds_a_server_without_encryption():
    local = Account(id="local", host="http://127.0.0.1:8000")
    source = parse_source("phdesk://127.0.0.1:8000/project/1/dashboard/2")
    assert way_to(source, HERE, [ADA, local]).account == "local"
    there = with_account(EMPTY, local, Project(id=1))[0]
    assert way_to(source, there, [local]) == Way(source)


def test_nobody_signed_in_has_only_strangers():
    source = parse_source(f"{EU_HOST}/dashboard/9")
    assert way_to(source, EMPTY, []) == Way(source, stranger=EU_HOST)


def held(*boards):
    state = HERE
    for number in boards:
        insight = answer(1, short_id="Ab3dE6gH")
        state = with_dashboard(
            state, board(tile(number * 10, insight), dashboard_id=number), now=NOON
        )[0]
    return state


@pytest.mark.parametrize(
    "text", ["Ab3dE6gH", f"{EU_HOST}/insights/Ab3dE6gH", f"{EU_HOST}/insights/1"]
)
def test_an_insight_is_found_on_the_open_dashboard_first(text):
    assert tile_with(parse_source(text), held(3, 4), 4) == (4, 40)
    assert tile_with(parse_source(text), held(3, 4), None) == (3, 30)


def test_what_is_on_no_dashboard_at_hand_is_not_found():
    assert tile_with(parse_source("Zz3dE6gH"), held(3), 3) is None
    assert tile_with(parse_source("30"), held(3), 3) is None, "a dashboard is no tile"
