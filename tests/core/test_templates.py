"""Templates ask for a team's own events and become dashboards that a server takes."""

import json
from itertools import combinations

import pytest
from msgspec import Raw

from phdesk.api import decoding
from phdesk.core.grid.boxes import collide
from phdesk.core.templates import starts
from phdesk.core.templates.parts import Slot
from phdesk.core.templates.starts import BLANK, listed_starts, our_starts
from phdesk.models.dashboard import Box, DashboardDraft
from phdesk.models.definition import EventDefinition, PropertyDefinition
from phdesk.models.template import DashboardTemplate, TemplateTile, TemplateVariable
from tests.api import recorded
from tests.shared import needs_shared

DRAFT = DashboardDraft(name="Mine", description="For us", tags=("weekly",))
OURS = our_starts()[1:]
FILLED = [
    pytest.param(start, whole, id=f"{start.key}-{'all' if whole else 'needed'}")
    for start in OURS
    for whole in (True, False)
]


def chosen(start, *, whole):
    return {slot.id: f"our {slot.id}" for slot in start.slots if whole or slot.required}


def planned(start, *, whole=True):
    return starts.plan(start, DRAFT, chosen(start, whole=whole))


def boxes(plan):
    return [Box(**tile.layouts["sm"]) for tile in plan.tiles]


@pytest.mark.parametrize(("start", "whole"), FILLED)
def test_tiles_are_laid_out_for_an_audience(start, whole):
    """Hero number top-left, full rows without gaps, texts between, eight to twelve tiles."""
    plan = planned(start, whole=whole)
    tiles, places = plan.tiles, boxes(plan)
    assert 8 <= len(tiles) <= 12
    hero = tiles[0].query["source"]["trendsFilter"]["display"]
    assert (hero, places[0].x, places[0].y) == ("BoldNumber", 0, 0)
    assert not any(collide(a, b) for a, b in combinations(places, 2))
    height = max(box.y + box.h for box in places)
    assert sum(box.w * box.h for box in places) == 12 * height, "no hole and no ragged row"
    texts = [at for at, tile in enumerate(tiles) if tile.text]
    assert len(texts) >= 2
    assert min(texts) > 0
    assert max(texts) < len(tiles) - 1
    names = [tile.name for tile in tiles if not tile.text]
    assert len(set(names)) == len(names)
    assert all(tile.description for tile in tiles if not tile.text)


@pytest.mark.parametrize(("start", "whole"), FILLED)
def test_nothing_is_asked_of_but_what_was_chosen(start, whole):
    plan = planned(start, whole=whole)
    asked = json.dumps([tile.query for tile in plan.tiles])
    names = chosen(start, whole=whole).values()
    assert all(json.dumps(name) in asked for name in names), "each event that is asked for is used"
    assert plan.body["filters"].keys() == {"date_from"}
    assert plan.body["name"] == "Mine"


def parts_of(value, where="query"):
    """Give each field of a query with the kind of node in which it stands."""
    if isinstance(value, list):
        for one in value:
            yield from parts_of(one, where)
    elif isinstance(value, dict):
        inside = where.rpartition("/")[2] not in ("source", "query")
        kind = value.get("kind")
        where = where if kind is None else f"{where}:{kind}" if inside else kind
        for key, one in value.items():
            yield f"{where}.{key}"
            yield from parts_of(one, f"{where}/{key}")


@pytest.fixture(scope="module")
def taken():
    """All fields of queries that a real server of 2024 took or gave back."""
    found = set()
    for name in recorded.names():
        whole = recorded.exchange(name)
        if whole["response"]["status"] < 300:
            for query in queries(whole):
                found.update(parts_of(query))
    return found


def queries(value):
    if isinstance(value, dict):
        if isinstance(value.get("query"), dict):
            yield value["query"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict | list):
                yield from queries(one)


@needs_shared
@pytest.mark.parametrize("start", OURS, ids=[one.key for one in OURS])
def test_an_old_server_would_know_every_field_of_the_queries(start, taken):
    sent = {part for tile in planned(start).tiles for part in parts_of(tile.query or {})}
    assert sent <= taken


def test_an_empty_dashboard_has_no_tiles():
    plan = starts.plan(BLANK, DRAFT, {})
    assert plan.body == {"name": "Mine", "description": "For us", "tags": ["weekly"]}
    assert plan.tiles == ()
    assert BLANK.name == ""


@pytest.mark.parametrize("start", OURS, ids=[one.key for one in OURS])
def test_tiles_are_named_before_anything_is_chosen(start):
    names = starts.tile_names(start, {})
    assert len(names) == len(planned(start, whole=False).tiles)
    assert all(names)


def test_slots_that_are_needed_are_told_until_they_are_filled():
    company = OURS[0]
    needed = [slot.id for slot in starts.missing(company, {})]
    assert needed == ["active", "signup", "activated", "paid"]
    filled = dict.fromkeys(needed, "x")
    assert starts.missing(company, filled) == ()


def test_money_is_added_up_only_where_an_amount_is_named():
    company = OURS[0]
    whole, counted = planned(company), planned(company, whole=False)
    assert whole.tiles[0].name == "Revenue"
    assert whole.tiles[0].query["source"]["series"][0]["math_property"] == "our amount"
    assert counted.tiles[0].name == "Payments"


EVENTS = [EventDefinition(name=one) for one in ("User_Signed_Up", "signed_up", "paid")]


@pytest.mark.parametrize(
    ("guesses", "known", "expected"),
    [
        (("signed_up", "user_signed_up"), EVENTS, "signed_up"),
        (("user_signed_up",), EVENTS, "User_Signed_Up"),
        (("registered",), EVENTS, ""),
        (("amount",), [PropertyDefinition(name="amount", type="String")], ""),
        (("amount",), [PropertyDefinition(name="amount", type="Numeric")], "amount"),
    ],
)
def test_a_slot_is_filled_with_its_usual_name(guesses, known, expected):
    slot = Slot(id="x", label="X", guesses=guesses, numeric=True)
    assert starts.guessed(slot, known) == expected


def test_starts_are_found_by_title_audience_and_tag():
    assert [one.key for one in starts.found(our_starts(), "engineers fast")] == ["engineering"]
    assert [one.key for one in starts.found(our_starts(), "ON-CALL")] == ["engineering"]
    assert starts.found(our_starts(), "") == our_starts()


@needs_shared
def test_a_template_of_posthog_is_asked_for_by_its_name():
    (listed,) = decoding.templates(recorded.body("dashboard_templates_list")).items
    (start,) = listed_starts([listed])
    plan = starts.plan(start, DashboardDraft(name="From template"), {})
    assert plan.body == {"name": "From template", "use_template": "Product analytics"}
    assert plan.tiles == ()
    assert starts.tile_names(start, {})[0] == "Daily active users (DAUs)"
    piece = starts.piecewise(listed, DRAFT, {})
    assert "use_template" not in piece.body
    assert piece.tiles[0].filters["insight"] == "TRENDS"
    assert piece.tiles[0].layouts["sm"]["w"] == 6


def raw(value):
    return Raw(json.dumps(value).encode())


OPEN = DashboardTemplate(
    id="t1",
    name="Activation",
    filters=raw({"date_from": "-7d"}),
    tiles=(
        TemplateTile(kind="INSIGHT", name="New", query=raw({"source": {"series": ["{A}", "{B}"]}})),
        TemplateTile(kind="INSIGHT", name="Old", filters=raw({"events": ["{A}"], "x": "{OTHER}"})),
        TemplateTile(kind="TEXT", body="## Hello"),
        TemplateTile(kind="WIDGET", name="Replays"),
    ),
    variables=(
        TemplateVariable(
            id="A",
            name="Sign-up",
            required=True,
            default=raw({"id": "$pageview", "math": "dau", "type": "events"}),
            event="$pageview",
        ),
        TemplateVariable(
            id="B", event="paid", default=raw({"kind": "EventsNode", "event": "paid"})
        ),
    ),
)


def test_events_take_the_places_that_a_template_leaves_open():
    (start,) = listed_starts([OPEN])
    assert [(slot.label, slot.required) for slot in start.slots] == [
        ("Sign-up", True),
        ("B", False),
    ]
    plan = starts.plan(start, DRAFT, {"A": "signed_up", "B": ""})
    assert plan.body["filters"] == {"date_from": "-7d"}
    new, old, text = plan.tiles
    assert new.query["source"]["series"] == [
        {"kind": "EventsNode", "event": "signed_up", "name": "signed_up", "math": "dau"},
        {"kind": "EventsNode", "event": "paid", "name": "paid"},
    ]
    assert old.filters["events"] == [
        {"id": "signed_up", "name": "signed_up", "type": "events", "math": "dau"}
    ]
    assert old.filters["x"] == "{OTHER}"
    assert text.text == "## Hello"
    assert starts.left_out(OPEN) == 1
