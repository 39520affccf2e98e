"""SQL variables go along with the query that names them, at the project's default or a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.building.draft import at, is_changed, opened, put
from phdesk.core.building.faults import faults
from phdesk.core.building.starting import blank
from phdesk.core.building.variables import attached, value_words, with_text, with_value
from phdesk.core.filters import Variable
from phdesk.models.definition import VariableDefinition

PLAN = VariableDefinition(id="a-1", name="Plan", code_name="plan", default="pro")
SLOW = VariableDefinition(id="a-2", name="Slow", code_name="slow", type="Number", default=500)
KNOWN = (PLAN, SLOW)
BOTH = "select {variables.plan}, { variables.slow } -- {variables.other}"


def sql(text=""):
    return with_text(blank("sql"), text, KNOWN)


def test_what_the_text_names_goes_along_as_posthog_keeps_it():
    assert at(sql(BOTH), "variables") == {
        "a-1": {"code_name": "plan", "variableId": "a-1"},
        "a-2": {"code_name": "slow", "variableId": "a-2"},
    }
    assert faults(sql(BOTH)) == ()


def test_what_it_names_no_more_does_not():
    assert at(with_text(sql(BOTH), "select {variables.slow}", KNOWN), "variables").keys() == {"a-2"}
    assert at(with_text(sql(BOTH), "select 1", KNOWN), "variables") is None


def test_what_it_never_named_stays_and_what_it_names_again_has_its_value_again():
    held = {"a-1": {"code_name": "plan", "variableId": "a-1", "value": "free"}, "x": {"odd": 1}}
    source = {"kind": "HogQLQuery", "query": "select {variables.plan}", "variables": held}
    draft = opened(source)
    without = with_text(draft, "select 1", KNOWN)
    assert at(without, "variables") == {"x": {"odd": 1}}
    assert not is_changed(with_text(without, "select {variables.plan}", KNOWN))


def test_a_value_is_written_and_taken_back():
    (plan,) = attached(sql("select {variables.plan}"))
    free = with_value(
        sql("select {variables.plan}"), Variable(id="a-1", code_name="plan", value="")
    )
    assert at(free, "variables.a-1.value") == ""
    null = with_value(free, Variable(id="a-1", code_name="plan", is_null=True))
    assert at(null, "variables.a-1") == {
        "code_name": "plan",
        "variableId": "a-1",
        "isNull": True,
    }
    assert with_value(null, plan) == sql("select {variables.plan}")


@pytest.mark.parametrize(
    ("value", "definition", "words"),
    [
        ("free", PLAN, "plan: free"),
        (None, PLAN, "plan: pro (default)"),
        (None, None, "plan: the default"),
        (0, PLAN, "plan: 0"),
        (["a", "b"], PLAN, "plan: a, b"),
        ([], PLAN, "plan: none"),
    ],
)
def test_the_value_that_holds_is_said(value, definition, words):
    assert value_words(Variable(id="a-1", code_name="plan", value=value), definition) == words


def test_a_variable_that_does_not_go_along_is_marked_at_its_place():
    text = "select {variables.plan}, {variables.nope}"
    (fault,) = faults(sql(text))
    assert fault.blocking
    assert text[fault.start : fault.end] == "{variables.nope}"
    assert "“nope”" in fault.message


@given(st.lists(st.sampled_from([*"{}'- \n.", "variables", "plan", "slow"]), max_size=12))
def test_whatever_is_written_is_read(parts):
    draft = sql("".join(parts))
    assert {one.code_name for one in attached(draft)} <= {"plan", "slow"}
    assert put(draft, "variables", None) == put(blank("sql"), "query", "".join(parts))
