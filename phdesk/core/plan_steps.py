"""Build a dashboard step by step: itself, its insights one by one, then texts and places at once.

A build is a value: after each step comes the next one, and where a step fails, the same build goes
on later, or tells what there is to be undone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.grid.placement import one_column
from phdesk.core.refused import is_unsure
from phdesk.models.dashboard import Box, Dashboard, DashboardRow
from phdesk.models.failure import Failure

JSON = Mapping[str, Any]


class PlannedTile(Struct, frozen=True, kw_only=True):
    """A tile that is to be: an insight by its query, or by filters in old templates, or a text."""

    name: str = ""
    description: str = ""
    query: JSON | None = None
    filters: JSON | None = None
    text: str = ""
    layouts: JSON | None = None
    color: str | None = None


class Plan(Struct, frozen=True, kw_only=True):
    """A dashboard that is to be: the body that makes it, and its tiles in reading order."""

    body: JSON
    tiles: tuple[PlannedTile, ...] = ()


class Build(Struct, frozen=True, kw_only=True):
    """How far a plan is carried out."""

    plan: Plan
    dashboard: int = 0
    made: Mapping[int, int] = {}  # place in the plan: insight id
    done: bool = False
    unsure: bool = False  # the last step may have arrived: look before it is sent again
    known: frozenset[int] = frozenset()  # dashboards that there were before
    looked: bool = False  # the server was asked which there are, just before
    untagged: bool = False  # the server took the dashboard without its tags

    @property
    def steps(self) -> int:
        """Count the steps that are done."""
        return bool(self.dashboard) + len(self.made) + self.done

    @property
    def total(self) -> int:
        """Count all steps."""
        return 1 + len(insights(self.plan)) + bool(self.plan.tiles)


def insights(plan: Plan) -> tuple[int, ...]:
    """Give the places of a plan's insights."""
    return tuple(at for at, tile in enumerate(plan.tiles) if not tile.text)


def next_insight(build: Build) -> int | None:
    """Give the place of the insight that is to be made next; None when all are there."""
    return next((at for at in insights(build.plan) if at not in build.made), None)


def looked(build: Build, there: Iterable[int]) -> Build:
    """Note which dashboards there are before one is made: none of those is taken for it later."""
    return replace(build, known=build.known.union(there), looked=True)


def with_dashboard(build: Build, row: DashboardRow) -> Build:
    """Go on from a dashboard that is there; without tiles that is all."""
    untagged = bool(build.plan.body.get("tags")) and not row.tags  # some plans drop them silently
    return replace(
        build, dashboard=row.id, done=not build.plan.tiles, unsure=False, untagged=untagged
    )


def with_insight(build: Build, place: int, insight_id: int) -> Build:
    """Go on from one more insight."""
    return replace(build, made={**build.made, place: insight_id}, unsure=False)


def finished(build: Build) -> Build:
    """Say that all is there."""
    return replace(build, done=True, unsure=False)


def stopped(build: Build, failure: Failure) -> Build:
    """Remember whether what failed may have arrived all the same; a failed look changes nothing."""
    sent = build.looked or bool(build.dashboard)
    return replace(build, unsure=build.unsure or (sent and is_unsure(failure)))


def adopted(build: Build, there: Dashboard) -> Build:
    """Take insights for made that are on the dashboard, though the answer was lost.

    Only the next one can be such, so it is the one of its name that was not made before.
    """
    place = next_insight(build)
    if place is None:
        return replace(build, unsure=False)
    made, name = set(build.made.values()), build.plan.tiles[place].name
    for tile in there.tiles:
        insight = tile.insight
        if insight is not None and insight.id not in (None, *made) and insight.name == name:
            return with_insight(build, place, insight.id or 0)
    return replace(build, unsure=False)


def insight_body(tile: PlannedTile, dashboard_id: int) -> JSON:
    """Write an insight as a real server took it, on its dashboard."""
    asked = {"query": tile.query} if tile.query is not None else {"filters": tile.filters or {}}
    about = {"description": tile.description} if tile.description else {}
    return {"name": tile.name, **asked, "saved": True, "dashboards": [dashboard_id], **about}


def layout_body(build: Build, there: Dashboard) -> JSON:
    """Write the texts that are missing, and the place and colour of every tile.

    `there` is the dashboard as the server has it: it gives the tiles their ids.
    """
    by_insight = {tile.insight.id: tile.id for tile in there.tiles if tile.insight is not None}
    by_text = {tile.text.body: tile.id for tile in there.tiles if tile.text is not None}
    changes = []
    for at, tile in enumerate(build.plan.tiles):
        look = {"layouts": tile.layouts} if tile.layouts else {}
        color = {"color": tile.color} if tile.color else {}
        if not tile.text:
            number = by_insight.get(build.made.get(at))
            if number is not None and (look or color):
                changes.append({"id": number, **_named(look, number), **color})
        elif tile.text not in by_text:
            changes.append({"text": {"body": tile.text}, **look, **color})
        elif look or color:
            changes.append({"id": by_text[tile.text], **look, **color})
    return {"tiles": changes}


def stacked_layouts(boxes: Sequence[Box]) -> list[JSON]:
    """Write layouts of tiles for twelve columns and, in the same order, for one."""
    return [
        {"sm": _box(wide), "xs": _box(narrow)}
        for wide, narrow in zip(boxes, one_column(list(boxes)), strict=True)
    ]


def _named(look: JSON, number: int) -> JSON:
    """Write a tile's number into its boxes, as PostHog's page does."""
    boxes = {key: {**box, "i": str(number)} for key, box in look.get("layouts", {}).items()}
    return {"layouts": boxes} if boxes else {}


def _box(box: Box) -> JSON:
    return {"x": box.x, "y": box.y, "w": box.w, "h": box.h}
