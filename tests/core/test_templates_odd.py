"""Templates of a server that hold what no dashboard can be made of."""

from msgspec import Raw

from phdesk.core import plan_steps
from phdesk.core.plan_steps import Build
from phdesk.core.templates import starts
from phdesk.models.dashboard import Dashboard, DashboardDraft, DashboardRow, Tile
from phdesk.models.insight import Insight
from phdesk.models.template import DashboardTemplate, TemplateTile

QUERY = Raw(b'{"kind": "InsightVizNode", "source": {"kind": "TrendsQuery"}}')
ODD = DashboardTemplate(
    id="odd",
    name="Odd",
    tiles=(
        TemplateTile(kind="TEXT"),
        TemplateTile(kind="INSIGHT", name="Asks nothing"),
        TemplateTile(kind="BUTTON", name="Go"),
        TemplateTile(
            kind="INSIGHT",
            name="Fine",
            query=QUERY,
            layouts=Raw(b'{"sm": null, "xs": [1], "lg": {"x": 0, "y": 0, "w": 6, "h": 5}}'),
        ),
    ),
)


def test_tiles_that_hold_nothing_are_left_out_and_counted():
    assert [tile.name for tile in starts.listed_tiles(ODD, {})] == ["Fine"]
    assert starts.left_out(ODD) == 3


def test_odd_places_are_left_to_the_server():
    plan = starts.piecewise(ODD, DashboardDraft(name="Odd"), {})
    row = DashboardRow(id=5, name="Odd")
    build = plan_steps.with_insight(plan_steps.with_dashboard(Build(plan=plan), row), 0, 70)
    there = Dashboard(row=row, tiles=(Tile(id=1, insight=Insight(id=70)),))
    ((change,),) = plan_steps.layout_body(build, there).values()
    assert change == {"id": 1, "layouts": {"lg": {"x": 0, "y": 0, "w": 6, "h": 5, "i": "1"}}}
