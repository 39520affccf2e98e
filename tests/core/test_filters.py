"""Filters as values: read, written, compared, named."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.filters import (
    NO_FILTER,
    UNCHANGED,
    Filter,
    Override,
    Property,
    Variable,
    key_of,
    read_filter,
    saved_body,
    sent,
    wider,
    written,
)

RECORDINGS = Path(__file__).parents[2].parent / "shared" / "posthog" / "recordings"
CHROME = Property(key="$browser", value=["Chrome"])
PRO = Property(key="plan", value="pro", type="person")


def raw(value):
    return Raw(json.dumps(value).encode())


def request_of(name):
    path = RECORDINGS / f"{name}.json"
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{path} is missing")
        pytest.skip("the recordings of a real PostHog are not beside this checkout")
    return json.loads(path.read_text())["request"]


def test_filters_are_read_as_the_server_sends_them():
    found = read_filter(
        raw(
            {
                "date_from": "-30d",
                "date_to": None,
                "explicitDate": False,
                "interval": "week",
                "properties": [{"key": "$browser", "value": ["Chrome"], "group_type_index": 0}],
                "breakdown_filter": {"breakdown": "plan", "breakdown_type": "person"},
                "filterTestAccounts": True,
                "quick": {"a": 1},
            }
        )
    )
    assert found == Filter(
        date_from="-30d",
        interval="week",
        properties=(replace(CHROME, rest={"group_type_index": 0}),),
        breakdown={"breakdown": "plan", "breakdown_type": "person"},
        test_accounts=True,
        rest={"quick": {"a": 1}},
    )


@pytest.mark.parametrize("odd", [b"", b"null", b"[]", b'"x"', b'{"properties": 3}', b"{"])
def test_odd_filters_count_as_none(odd):
    assert read_filter(Raw(odd)) == NO_FILTER


def test_nested_conditions_are_kept_as_they_came():
    group = {"type": "OR", "values": [{"key": "plan", "value": "pro", "type": "person"}]}
    found = read_filter(raw({"properties": group}))
    assert found.group == group
    assert written(found) == {"properties": group}
    more = written(replace(found, properties=(CHROME,)))
    assert more["properties"]["type"] == "AND"
    assert more["properties"]["values"][0] == group


def test_a_set_of_filters_has_one_key_however_it_was_put_together():
    one = Override(filters=Filter(date_from="-7d", properties=(CHROME, PRO)))
    other = Override(filters=Filter(properties=(PRO, CHROME), date_from="-7d"))
    assert one.key == other.key
    assert one.key != Override(filters=Filter(date_from="-8d", properties=(CHROME, PRO))).key
    assert Override().key != ""


def test_variables_are_part_of_the_key():
    plan = Variable(id="v1", code_name="plan", value="pro")
    assert key_of(Override(variables=(plan,))) != key_of(Override())
    assert key_of(Override(variables=(plan,))) != key_of(
        Override(variables=(replace(plan, value="free"),))
    )


def test_an_override_says_null_for_what_is_saved_and_not_wanted():
    saved = Filter(date_from="-30d", interval="week", properties=(CHROME,))
    found = sent(Override(filters=Filter(date_from="-7d")), saved, modern=True)
    assert json.loads(bytes(found.filters)) == {
        "date_from": "-7d",
        "interval": None,
        "properties": None,
    }
    assert sent(None, saved, modern=True) == UNCHANGED


def test_servers_of_2024_get_only_the_keys_that_they_know():
    wanted = Filter(date_from="-7d", interval="week", explicit_date=True, test_accounts=True)
    found = sent(Override(filters=wanted), NO_FILTER, modern=False)
    assert json.loads(bytes(found.filters)) == {"date_from": "-7d"}
    assert wider(wanted) == ("explicitDate", "interval", "filterTestAccounts")


@pytest.mark.parametrize("name", ["dashboard_filters_override_7d", "insight_filters_override"])
def test_an_override_is_what_a_real_server_took(name):
    asked = json.loads(request_of(name)["query"]["filters_override"])
    wanted = Override(filters=read_filter(raw(asked)))
    assert json.loads(bytes(sent(wanted, NO_FILTER, modern=False).filters)) == asked


def test_the_body_that_saves_is_what_a_real_server_took():
    asked = request_of("dashboard_patch_filters")["json"]
    wanted = Override(filters=Filter(date_from="-60d", properties=(CHROME,)))
    assert saved_body(wanted, Filter(date_from="-7d"), modern=False) == asked


def test_clearing_all_filters_sends_explicit_nulls():
    saved = Filter(date_from="-30d", interval="week", rest={"quick": 1})
    assert saved_body(Override(), saved, modern=True) == {
        "filters": {
            "date_from": None,
            "date_to": None,
            "properties": None,
            "breakdown_filter": None,
            "interval": None,
            "quick": None,
        }
    }


def test_variables_are_sent_and_saved_in_posthogs_form():
    override = Override(variables=(Variable(id="v1", code_name="plan", value="pro"),))
    wanted = {"v1": {"code_name": "plan", "variableId": "v1", "value": "pro"}}
    assert json.loads(bytes(sent(override, NO_FILTER, modern=True).variables)) == wanted
    assert saved_body(override, NO_FILTER, modern=True)["variables"] == wanted
    nothing = replace(override.variables[0], value=None, is_null=True)
    body = saved_body(Override(variables=(nothing,)), NO_FILTER, modern=True)
    assert body["variables"]["v1"]["isNull"] is True


JSON_TEXT = st.text(max_size=8)
FILTERS = st.builds(
    Filter,
    date_from=st.none() | st.text(min_size=1, max_size=6).filter(str.strip),
    date_to=st.none() | st.sampled_from(["-1dEnd", "2026-11-01"]),
    explicit_date=st.booleans(),
    interval=st.none() | st.sampled_from(["day", "week"]),
    properties=st.lists(
        st.builds(
            Property,
            key=JSON_TEXT,
            value=st.none() | JSON_TEXT | st.integers(-9, 9) | st.lists(JSON_TEXT, max_size=3),
            operator=st.sampled_from(["exact", "icontains", "is_set"]),
            type=st.sampled_from(["event", "person"]),
        ),
        max_size=3,
    ).map(tuple),
    test_accounts=st.none() | st.booleans(),
)


@given(FILTERS)
def test_what_is_written_is_read_back(filters):
    assert read_filter(raw(written(filters))) == filters


@given(FILTERS, FILTERS)
def test_different_sets_never_share_a_key(one, other):
    def unordered(filters):
        fields = written(filters)
        fields["properties"] = sorted(map(json.dumps, fields.get("properties", [])))
        return fields

    same = unordered(one) == unordered(other)
    assert (key_of(Override(filters=one)) == key_of(Override(filters=other))) == same
