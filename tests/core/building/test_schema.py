"""Whatever is set on the page, a server's schema has a place for it, or it is not sent."""

from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.core.building.changing import changed
from phdesk.core.building.fault import blocks
from phdesk.core.building.faults import faults
from phdesk.core.building.fields import fields
from phdesk.core.building.series import maths, with_optional
from phdesk.core.building.starting import STARTS, blank, turned
from phdesk.core.building.untouched import untouched
from phdesk.demo.schema import check_node, check_source

KINDS = st.sampled_from([one.kind for one in STARTS])
GROUPS = ((0, "company", "companies"),)
LISTS = frozenset({"series", "conditions", "breakdown", "formulas", "exclusions", "goals"})


def value_for(field, data):
    """Draw something that the control of a setting can give."""
    match field.control:
        case "flag":
            return data.draw(st.booleans())
        case "number":
            return data.draw(st.none() | st.integers(field.least, field.most))
        case "text" | "sql" | "column":
            return data.draw(st.sampled_from(["a", "2026-11-01", "{variables.x}"]))
        case "texts":
            return data.draw(st.lists(st.sampled_from(["/a", "/b"]), max_size=2)) or None
        case "counted":
            return data.draw(st.none() | st.integers(0, 4))
        case "choice" | "several":
            values = [one.value for one in field.options]
            one = st.sampled_from(values)
            several = st.lists(one, unique=True) if field.control == "several" else one
            return data.draw(several)
        case _:
            return field.value


@settings(max_examples=200)
@given(KINDS, KINDS, st.data())
def test_any_run_of_settings_is_what_a_server_takes_or_is_not_sent(kind, then, data):
    draft = blank(kind)
    for _ in range(data.draw(st.integers(1, 8))):
        shown = [one for one in fields(draft) if one.control not in LISTS]
        field = data.draw(st.sampled_from(shown))
        draft = changed(draft, field.name, value_for(field, data))
    ways = maths(draft, GROUPS)
    if ways:
        draft = changed(draft, "series.0.math", data.draw(st.sampled_from(ways)).value)
    if draft.kind == "FunnelsQuery":
        draft = with_optional(draft, "series.0", optional=data.draw(st.booleans()))
    assert untouched(draft) == (), "what the page can set it can also show"
    for one in (draft, turned(draft, then)):
        if not blocks(faults(one)):
            check_node(one.query)
            check_source(one.source)
