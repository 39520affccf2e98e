"""Choices of an SQL variable that a query gives."""

import pytest

from phdesk.core.variable_choices import MOST, choices_source, read_choices
from phdesk.models.definition import Choice, VariableDefinition

PLANS = "select plan from events"


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        (PLANS, f"{PLANS}\nLIMIT {MOST}"),
        (f"{PLANS};\n", f"{PLANS}\nLIMIT {MOST}"),
        (f"{PLANS} -- all", f"{PLANS}\nLIMIT {MOST}"),
        (f"{PLANS} Limit 5", f"{PLANS} Limit 5"),
        (f"{PLANS} limit 5 offset 2;", f"{PLANS} limit 5 offset 2"),
        (f"{PLANS} limit 5, 10", f"{PLANS} limit 5, 10"),
        (f"{PLANS} limit 5 with ties", f"{PLANS} limit 5 with ties"),
        (f"{PLANS} limit 5 with ties offset 1", f"{PLANS} limit 5 with ties offset 1"),
        (f"{PLANS} limit {{variables.most}}", f"{PLANS} limit {{variables.most}}"),
        (f"{PLANS} offset 10", f"{PLANS} offset 10"),
        (f"{PLANS} limit 5 by plan", f"{PLANS} limit 5 by plan\nLIMIT {MOST}"),
        (f"{PLANS} limit 5 by plan limit 9", f"{PLANS} limit 5 by plan limit 9"),
        (f"{PLANS} limit 5 -- few", f"{PLANS} limit 5"),
        (f"{PLANS} limit /* a few */ 5; // few", f"{PLANS} limit /* a few */ 5"),
        (f"{PLANS}; -- limit 5", f"{PLANS}\nLIMIT {MOST}"),
        (f"{PLANS} where plan = '-- limit 5'", f"{PLANS} where plan = '-- limit 5'\nLIMIT {MOST}"),
        (f"select b from ({PLANS} limit 5)", f"select b from ({PLANS} limit 5)\nLIMIT {MOST}"),
        ("select 'it\\'s' limit 5", "select 'it\\'s' limit 5"),
        ("select limit 5 from a", f"select limit 5 from a\nLIMIT {MOST}"),
    ],
)
def test_a_query_is_asked_for_more_than_posthogs_hundred_rows(query, sent):
    asked = choices_source(VariableDefinition(id="v1", choices_query=query))
    assert asked == {"kind": "HogQLQuery", "query": sent}


def test_it_is_asked_of_the_database_that_it_is_for():
    one = VariableDefinition(id="v1", choices_query=PLANS, connection="c1")
    assert choices_source(one)["connectionId"] == "c1"


@pytest.mark.parametrize(
    ("rows", "choices"),
    [
        ([["pro"], ["free"], ["pro"]], (Choice("pro"), Choice("free"))),
        ([["p1", "Pro"], ["free", "free"]], (Choice("p1", "Pro"), Choice("free"))),
        ([[1], [2.5], [True], ["x"]], tuple(map(Choice, ("1", "2.5", "true", "x")))),
        ([[None], [""], [[1]], [], "bare"], (Choice("bare"),)),
        ([[1, None]], (Choice("1"),)),
        ("nothing", ()),
        (None, ()),
    ],
)
def test_rows_become_choices(rows, choices):
    assert read_choices(rows) == choices


def test_there_is_an_end_of_choices():
    assert len(read_choices([[number] for number in range(MOST + 5)])) == MOST
