from datetime import datetime

import pytest

from phdesk.core.filter_words import (
    OPERATORS,
    breakdown_words,
    changes_in_words,
    condition_words,
    group_words,
    operator_words,
    operators_for,
    value_for,
)
from phdesk.core.filters import Filter, Property

NOW = datetime(2026, 11, 23, 15, 30)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Property(key="$browser", value=["Chrome"]), "Browser is Chrome"),
        (Property(key="$browser", value=["Chrome", "Safari"]), "Browser is Chrome or Safari"),
        (Property(key="plan", value=list("abcd")), "plan is a or b + 2"),
        (Property(key="plan", value="pro", operator="icontains"), "plan contains pro"),
        (Property(key="amount", value=5, operator="gte"), "amount is at least 5"),
        (Property(key="plan", value="is_set", operator="is_set"), "plan is set"),
        (Property(key="beta", value=[True], operator="exact"), "beta is true"),
        (Property(key="plan", value=None), "plan is nothing"),
        (Property(key="plan", value=[""]), "plan is empty"),
        (Property(key="id", value=5, operator="in", type="cohort"), "Cohort is in 5"),
        (Property(key="v", value="1.2", operator="semver_gt"), "v semver gt 1.2"),
    ],
    ids=str,
)
def test_a_condition_reads_as_a_sentence(condition, words):
    assert condition_words(condition) == words


def test_each_type_offers_its_operators_and_all_have_words():
    assert operators_for("String")[0] == "exact"
    assert "gt" in operators_for("Numeric")
    assert "icontains" not in operators_for("Numeric")
    assert operators_for("DateTime")[1] == "is_date_before"
    for kind in ("String", "Numeric", "DateTime", "Boolean", "Unheard"):
        assert set(operators_for(kind)) <= set(OPERATORS)
    assert operator_words("flag_evaluates_to") == "flag evaluates to"


@pytest.mark.parametrize(
    ("operator", "values", "sent"),
    [
        ("exact", ["a", "b"], ["a", "b"]),
        ("icontains", ["a"], "a"),
        ("gt", ["20"], 20),
        ("gt", ["2.5"], 2.5),
        ("gt", ["soon"], "soon"),
        ("is_set", [], "is_set"),
        ("regex", [], ""),
    ],
)
def test_values_are_written_as_posthog_keeps_them(operator, values, sent):
    assert value_for(operator, values) == sent


def test_breakdowns_old_and_new_have_words():
    assert breakdown_words({"breakdown": "$browser", "breakdown_type": "event"}) == "by Browser"
    assert breakdown_words({"breakdown": ["plan", "$os"]}) == "by plan, OS"
    assert breakdown_words({"breakdowns": [{"property": "plan"}]}) == "by plan"


def test_nested_conditions_are_counted():
    leaf = {"key": "plan", "value": "pro"}
    nested = {"type": "OR", "values": [{"type": "AND", "values": [leaf, leaf]}, leaf]}
    assert group_words(nested) == "3 nested conditions"
    assert group_words({"type": "OR", "values": [leaf]}) == "1 nested condition"


def test_what_saving_changes_is_said_line_by_line():
    chrome = Property(key="$browser", value=["Chrome"])
    pro = Property(key="plan", value=["pro"])
    before = Filter(date_from="-30d", properties=(chrome,))
    after = Filter(
        date_from="-7d",
        interval="day",
        properties=(pro,),
        breakdown={"breakdown": "$os"},
        test_accounts=True,
    )
    assert changes_in_words(before, after, NOW) == (
        "Dates: Last 30 days → Last 7 days",
        "Interval: each tile's own → day",
        "Without: Browser is Chrome",
        "New: plan is pro",
        "Breakdown: none → by OS",
        "Leave out test accounts",
    )
    assert changes_in_words(before, before, NOW) == ()
    assert changes_in_words(before, Filter(), NOW) == (
        "Dates: Last 30 days → Each tile's own dates",
        "Without: Browser is Chrome",
    )
