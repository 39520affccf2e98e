"""Whatever a server holds in an insight, opening it never fails."""

from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.core.building.breakdowns import breakdowns
from phdesk.core.building.changing import changed
from phdesk.core.building.conditions import conditions
from phdesk.core.building.differing import differing
from phdesk.core.building.draft import is_changed, opened, put
from phdesk.core.building.faults import faults
from phdesk.core.building.fields import fields
from phdesk.core.building.parts import columns, exclusions, formulas, goals
from phdesk.core.building.refusals import refusals
from phdesk.core.building.series import entity, maths, series
from phdesk.core.building.starting import STARTS, blank, turned
from phdesk.core.building.untouched import known_names, untouched
from phdesk.models.failure import Cause, Failure

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["key", "values", "type", "event", "kind", "formula", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
NAMES = {one.kind: sorted(known_names(blank(one.kind).kind)) for one in STARTS}
MORE = ["series.0", "series.0.math", "series.0.kind", "breakdownFilter.breakdowns", "dateRange"]
MORE += ["breakdownFilter.breakdown", "breakdownFilter.breakdown_type", "funnelsFilter"]
MORE += ["trendsFilter", "pathsFilter", "retentionFilter", "node.chartSettings", "kind"]
MORE += ["trendsFilter.formulaNodes", "series.0.properties", "filters", "variables"]


@settings(max_examples=60)
@given(st.data())
def test_an_odd_query_is_opened_judged_and_named(data):
    kind = data.draw(st.sampled_from([one.kind for one in STARTS]))
    draft = blank(kind)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from([*NAMES[kind], *MORE]))
        draft = put(draft, name, data.draw(VALUES))
    draft = opened(draft.query)
    for modern in (True, False):
        for field in fields(draft, modern=modern):
            conditions(draft, field.name)
            goals(draft, field.name)
            entity(draft, field.name)
            if field.options:
                changed(draft, field.name, field.options[0].value)
    for read in (faults, untouched, series, breakdowns, formulas, exclusions, columns, maths):
        read(draft)
    words = data.draw(st.text(max_size=30))
    refusals(Failure(cause=Cause.INVALID, message=words, detail=words), draft)
    for one in STARTS:
        turned(draft, one.kind)
    differing(draft, blank(kind))
    assert not is_changed(draft)
