"""A plan becomes a dashboard step by step."""

from msgspec import Raw

from phdesk.core import plan_steps
from phdesk.core.plan_steps import Build, Plan, PlannedTile, stacked_layouts
from phdesk.models.dashboard import Box, Dashboard, DashboardRow, TextCard, Tile
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight
from tests.api import recorded
from tests.shared import needs_shared

QUERY = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": []}}
PLACES = stacked_layouts([Box(0, 0, 3, 2), Box(0, 2, 12, 1), Box(3, 0, 9, 2)])
ROW = DashboardRow(id=9, name="Weekly")
PLAN = Plan(
    body={"name": "Weekly"},
    tiles=(
        PlannedTile(name="Signups", query=QUERY, layouts=PLACES[0], color="green"),
        PlannedTile(text="## Money", layouts=PLACES[1]),
        PlannedTile(name="Revenue", query=QUERY, layouts=PLACES[2]),
    ),
)


def board(*tiles):
    return Dashboard(row=DashboardRow(id=9, name="Weekly"), tiles=tiles)


def holding(number, insight, name=""):
    return Tile(id=number, insight=Insight(id=insight, name=name))


def test_the_dashboard_comes_first_then_insights_then_the_rest():
    build = Build(plan=PLAN)
    assert (build.total, build.steps) == (4, 0)
    build = plan_steps.with_dashboard(build, ROW)
    assert plan_steps.next_insight(build) == 0
    build = plan_steps.with_insight(build, 0, 70)
    assert plan_steps.next_insight(build) == 2, "the text is no insight"
    build = plan_steps.with_insight(build, 2, 71)
    assert (plan_steps.next_insight(build), build.done, build.steps) == (None, False, 3)
    assert plan_steps.finished(build).done


def test_a_dashboard_without_tiles_is_done_at_once():
    build = plan_steps.with_dashboard(Build(plan=Plan(body={"name": "Weekly"})), ROW)
    assert (build.done, build.total, build.steps) == (True, 1, 2)


@needs_shared
def test_an_insight_is_sent_as_a_real_server_took_it():
    sent = recorded.exchange("insight_create_sql")["request"]["json"]
    tile = PlannedTile(name=sent["name"], query=sent["query"])
    assert plan_steps.insight_body(tile, 5) == sent
    old = recorded.exchange("insight_create_legacy_funnel")["request"]["json"]
    tile = PlannedTile(name=old["name"], filters=old["filters"])
    assert plan_steps.insight_body(tile, 8) == old
    about = recorded.exchange("insight_create_trends")["request"]["json"]
    tile = PlannedTile(name=about["name"], query=about["query"], description=about["description"])
    assert plan_steps.insight_body(tile, 5) == {k: v for k, v in about.items() if k != "tags"}


def test_places_are_sent_in_one_change_with_texts_and_colours():
    build = Build(plan=PLAN, dashboard=9, made={0: 70, 2: 71})
    there = board(holding(1, 71), holding(2, 70))
    sm, narrow = PLACES[0]["sm"], PLACES[0]["xs"]
    assert plan_steps.layout_body(build, there) == {
        "tiles": [
            {
                "id": 2,
                "layouts": {"sm": {**sm, "i": "2"}, "xs": {**narrow, "i": "2"}},
                "color": "green",
            },
            {"text": {"body": "## Money"}, "layouts": PLACES[1]},
            {
                "id": 1,
                "layouts": {key: {**box, "i": "1"} for key, box in PLACES[2].items()},
            },
        ]
    }


def test_a_text_that_arrived_is_not_sent_again():
    build = Build(plan=PLAN, dashboard=9, made={0: 70, 2: 71})
    there = board(Tile(id=5, text=TextCard("## Money", Raw(b"{}"))))
    assert plan_steps.layout_body(build, there) == {"tiles": [{"id": 5, "layouts": PLACES[1]}]}


def test_the_narrow_layout_stacks_tiles_in_reading_order():
    assert [one["xs"] for one in PLACES] == [
        {"x": 0, "y": 0, "w": 1, "h": 2},
        {"x": 0, "y": 4, "w": 1, "h": 1},
        {"x": 0, "y": 2, "w": 1, "h": 2},
    ]


def test_after_a_lost_answer_the_insight_is_looked_for_before_it_is_made_again():
    lost = Failure(cause=Cause.NETWORK, message="Gone.")
    build = plan_steps.stopped(Build(plan=PLAN, dashboard=9, made={0: 70}), lost)
    assert build.unsure
    there = board(holding(1, 70, "Revenue"), holding(2, 72, "Revenue"))
    found = plan_steps.adopted(build, there)
    assert (found.made, found.unsure) == ({0: 70, 2: 72}, False)
    assert plan_steps.adopted(build, board(holding(1, 70, "Signups"))).made == {0: 70}


def test_what_was_refused_has_surely_not_arrived():
    refused = Failure(cause=Cause.MISSING_SCOPE, message="No.")
    assert not plan_steps.stopped(Build(plan=PLAN), refused).unsure


def test_a_plan_that_drops_tags_is_noticed():
    tagged = Build(plan=Plan(body={"name": "Weekly", "tags": ["a"]}))
    assert plan_steps.with_dashboard(tagged, ROW).untagged
    kept = DashboardRow(id=9, name="Weekly", tags=("a",))
    assert not plan_steps.with_dashboard(tagged, kept).untagged
    assert not plan_steps.with_dashboard(Build(plan=PLAN), ROW).untagged


def test_a_look_that_fails_leaves_it_as_unsure_as_before():
    lost = Failure(cause=Cause.NETWORK, message="Gone.")
    refused = Failure(cause=Cause.MISSING_SCOPE, message="No.")
    build = plan_steps.stopped(plan_steps.stopped(Build(plan=PLAN, dashboard=9), lost), refused)
    assert build.unsure


@needs_shared
def test_a_text_is_sent_as_a_real_server_took_it():
    sent = recorded.exchange("dashboard_add_text_tile")["request"]["json"]
    (tile,) = sent["tiles"]
    planned = PlannedTile(text=tile["text"]["body"], layouts=tile["layouts"], color=tile["color"])
    build = Build(plan=Plan(body={"name": "x"}, tiles=(planned,)), dashboard=9)
    assert plan_steps.layout_body(build, board()) == sent
