"""The settings of each kind: named, with choices that hold, and without what a server refuses."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.building.changing import allowed_intervals, changed, with_dates
from phdesk.core.building.draft import OWN_FILTER, WRAPPERS, at, is_changed, opened, put, written
from phdesk.core.building.faults import faults
from phdesk.core.building.fields import field_of, fields, sections
from phdesk.core.building.series import event_node
from phdesk.core.building.starting import STARTS, blank, turned
from phdesk.core.building.untouched import ALWAYS, known_names, untouched
from phdesk.core.filter_entry import Dates
from tests.core.building.recorded import queries_of
from tests.shared import needs_shared

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
KINDS = [one.kind for one in STARTS]


@pytest.mark.parametrize("kind", KINDS)
def test_settings_are_named_once_and_have_a_section(kind):
    found = fields(blank(kind))
    names = [one.name for one in found]
    assert len(names) == len(set(names)) > 1
    assert all(one.label and one.section for one in found)
    assert sections(found)[0] == "Data"


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_can_be_taken_and_is_what_holds_then(kind):
    draft = blank(kind)
    for field in fields(draft):
        for option in field.options if field.control == "choice" else ():
            after = changed(draft, field.name, option.value)
            shown = field_of(fields(after), field.name)
            if shown is not None:
                assert shown.value in (option.value, field.default), (field.name, option)
            faults(after)  # has an opinion on each


@needs_shared
def test_what_a_recorded_insight_says_is_among_its_choices():
    for name, raw in queries_of(*OWN_FILTER).items():
        for modern in (True, False):
            for field in fields(opened(raw), modern=modern):
                if field.control == "choice":
                    values = [one.value for one in field.options]
                    assert field.value in values, (name, field.name, field.value)


@pytest.mark.parametrize("kind", KINDS)
def test_servers_of_2024_are_offered_nothing_that_they_refuse(kind):
    for field in fields(blank(kind), modern=False):
        assert not field.newer
        assert not any(one.newer for one in field.options)


def test_what_is_newer_is_shown_where_it_is_there_already():
    draft = put(blank("trends"), "trendsFilter.showMultipleYAxes", value=True)
    assert field_of(fields(draft, modern=False), "trendsFilter.showMultipleYAxes")


def test_a_map_and_a_number_bring_what_they_need():
    mapped = changed(blank("trends"), "trendsFilter.display", "WorldMap")
    assert at(mapped, "breakdownFilter.breakdown") == "$geoip_country_code"
    number = changed(mapped, "trendsFilter.display", "BoldNumber")
    assert at(number, "breakdownFilter") is None


def test_an_interval_follows_dates_that_do_not_allow_it():
    draft = blank("trends")
    hour = with_dates(draft, Dates("-1h"), NOW, 0)
    assert at(hour, "interval") == "minute"
    assert at(hour, "dateRange") == {"date_from": "-1h"}
    assert "week" in allowed_intervals(with_dates(draft, Dates("-90d"), NOW, 0), NOW, 0)
    assert "week" not in allowed_intervals(draft, NOW, 0)
    assert not is_changed(with_dates(hour, Dates("-7d"), NOW, 0)) or at(hour, "interval")


def test_a_closed_draft_has_no_settings_and_takes_no_change():
    draft = opened({"kind": "DataTableNode", "source": {"kind": "EventsQuery"}})
    assert fields(draft) == ()
    assert changed(draft, "interval", "day") == draft


@pytest.mark.parametrize("before", KINDS)
@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_turns_into_another_that_can_be_shown(before, kind):
    draft = put(blank(before), "properties", [{"key": "plan", "value": ["pro"], "type": "event"}])
    after = turned(draft, kind)
    assert after.kind == blank(kind).kind
    assert fields(after)
    assert [one.name for one in faults(after) if one.blocking] in ([], ["series"])
    if kind != "sql" and before != "sql":
        assert at(after, "properties") == at(draft, "properties")


def test_steps_of_a_funnel_become_series_without_what_was_counted():
    nodes = [{**event_node("a"), "math": "dau"}, event_node("b")]
    funnel = turned(put(blank("trends"), "series", nodes), "funnel")
    assert at(funnel, "series") == [event_node("a"), event_node("b")]
    assert at(turned(funnel, "lifecycle"), "series") == [event_node("a")]


@needs_shared
def test_every_setting_of_a_recorded_insight_is_shown_or_named():
    """Each part that says something belongs to a setting, is told as kept, or is no setting."""
    missing = {}
    for name, raw in queries_of(*OWN_FILTER).items():
        draft = opened(raw)
        shown = {one.name for one in fields(draft)} | known_names(draft.kind)
        told = {one.name for one in untouched(draft)}
        for path in stated_parts(draft.query, draft):
            near = [*shown, *told]
            covered = any(path == one or path.startswith(f"{one}.") for one in near)
            if not covered and path.rpartition(".")[2] not in ALWAYS:
                missing.setdefault(path, name)
    assert missing == {}


def stated_parts(value, draft, where=""):
    """Name the parts of a query that say something, as `draft` names them."""
    if isinstance(value, dict):
        for key, one in value.items():
            inner = f"{where}.{key}" if where else key
            yield from stated_parts(one, draft, inner)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from stated_parts(one, draft, f"{where}.{place}")
    elif value not in (None, "", False):
        wrapped = draft.node in WRAPPERS
        inside = where.startswith("source.")
        yield where.removeprefix("source.") if inside or not wrapped else f"node.{where}"


@needs_shared
def test_what_is_not_edited_is_named_and_stays():
    said = {}
    for name, raw in queries_of(*OWN_FILTER).items():
        said |= {one.label: name for one in untouched(opened(raw))}
    assert set(said) == {
        "Dates and filters, for which the SQL has no place",
        "First date, in the place of which its periods count",
        "Values of placeholders",
    }


def test_parts_that_nobody_edits_are_told_by_name():
    draft = blank("trends")
    odd = put(put(draft, "samplingFactor", 0.1), "trendsFilter.resultCustomizations", {"0": {}})
    assert [one.label for one in untouched(odd)] == ["Sampling", "Colours of single results"]
    node = {"kind": "DataWarehouseNode", "id": "charges", "table_name": "charges"}
    (one,) = untouched(put(draft, "series", [node]))
    assert "which data" in one.label


@given(st.data())
def test_any_run_of_changes_keeps_what_nobody_touched(data):
    kind = data.draw(st.sampled_from(KINDS))
    kept = {"odd": [1, {"x": None}], "samplingFactor": 0.5}
    draft = blank(kind)
    source = {**draft.source, **kept}
    draft = opened({**written(draft), "source": source, "extra": {"deep": [True]}})
    for _ in range(data.draw(st.integers(1, 6))):
        shown = [one for one in fields(draft) if one.options or one.control == "flag"]
        field = data.draw(st.sampled_from(shown))
        flag = st.booleans()
        if field.control == "several":
            wanted = st.lists(st.sampled_from([one.value for one in field.options]), unique=True)
        elif field.options:
            wanted = st.sampled_from([one.value for one in field.options])
        else:
            wanted = flag
        draft = changed(draft, field.name, data.draw(wanted))
        faults(draft)
        untouched(draft)
    assert {key: draft.source[key] for key in kept} == kept
    assert draft.query["extra"] == {"deep": [True]}
    assert written(opened(written(draft))) == written(draft)
