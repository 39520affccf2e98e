"""Kinds of properties: what is asked for, offered and said of each."""

import pytest

from phdesk.core.building.draft import at, put
from phdesk.core.building.series import property_words, series, with_math, with_property
from phdesk.core.building.starting import blank
from phdesk.core.property_kinds import (
    OF_BREAKDOWNS,
    condition_on,
    group_index,
    group_kind,
    kind_of,
    offered,
    owner_words,
    typed,
    with_groups,
)

GROUPS = ((0, "organization", "organizations"), (3, "", ""))


def test_each_type_of_group_has_a_kind_of_its_own():
    kinds = with_groups(OF_BREAKDOWNS, GROUPS)
    assert kinds[3:] == (("group 0", "Of organizations"), ("group 3", "Of groups 3"))
    assert [group_index(kind) for kind, _ in kinds] == [None, None, None, 0, 3]
    assert group_kind(3) == "group 3"


@pytest.mark.parametrize("kind", ["event", "person", "session", "element", "group 0", "group 4"])
def test_a_condition_leads_back_to_the_kind_of_its_property(kind):
    assert kind_of(condition_on(typed("plan", kind))) == kind


def test_a_group_itself_is_a_property_of_events():
    ((one, said),) = offered("group 0", GROUPS)
    assert (one.name, one.kind, one.group) == ("$group_0", "event", None)
    assert said == "Which organization   $group_0"
    assert offered("person") == ()


@pytest.mark.parametrize(
    ("kind", "index", "words"),
    [
        ("event", None, ""),
        ("person", None, " (person)"),
        ("group", 0, " (organization)"),
        ("group", 1, " (group)"),
    ],
)
def test_whose_property_it_is_is_said_but_of_events(kind, index, words):
    assert owner_words(kind, index, GROUPS) == words


def test_a_counted_property_of_persons_says_so_and_one_of_events_does_not():
    draft = with_math(blank("trends"), "series.0", "avg")
    of_person = with_property(draft, "series.0", typed("age", "person"))
    assert at(of_person, "series.0.math_property_type") == "person_properties"
    assert property_words(series(of_person)[0]) == "age (person)"
    again = with_property(of_person, "series.0", typed("amount", "event"))
    assert at(again, "series.0.math_property_type") is None
    assert property_words(series(again)[0]) == "amount"
    odd = put(again, "series.0.math_property_type", "numerical_event_properties")
    assert property_words(series(odd)[0]) == "amount"
