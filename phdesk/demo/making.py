"""Make dashboards as PostHog does: empty, from a template, or as a copy of another."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from phdesk.demo.changing import check_dashboard
from phdesk.demo.errors import invalid
from phdesk.demo.ranges import iso
from phdesk.demo.shelf import Dashboard, Shelf, Tile
from phdesk.demo.templates import template

JSON = Mapping[str, Any]
COPY = " (Copy)"


class Making:
    """Carries out what the body of a POST asks for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def dashboard(self, body: JSON) -> Dashboard:
        """Make a dashboard; nothing is made of a body that is refused."""
        check_dashboard(body)
        named, copied = body.get("use_template"), body.get("use_dashboard")
        if named and copied:
            raise invalid("`use_template` and `use_dashboard` can't be used together")
        found = template(str(named), iso(self._shelf.created)) if named else None
        if named and found is None:
            raise invalid(f"Invalid template provided: {named}", attr="use_template")
        source = self._shelf.dashboard(copied) if isinstance(copied, int) else None
        mode = "duplicate" if source else "template" if found else "default"
        made = self._shelf.add_dashboard(body, mode)
        for tile in source.shown() if source else ():
            self._copy(tile, made, deep=bool(body.get("duplicate_tiles")))
        for planned in found["tiles"] if found else ():
            self._plan(planned, made)
        return made

    def _copy(self, tile: Tile, board: Dashboard, *, deep: bool) -> None:
        content = tile.insight
        if content is not None and deep:
            content = self._shelf.add_insight(
                f"{content.name}{COPY}", content.description, deepcopy(content.query)
            )
        if content is not None:
            made = self._shelf.add_tile(board, content)
        elif tile.text is not None:
            made = self._shelf.add_tile(board, str(tile.text["body"]))
        else:
            return  # the recorded servers know no buttons
        made.layouts, made.color, made.look = deepcopy(tile.layouts), tile.color, dict(tile.look)

    def _plan(self, planned: JSON, board: Dashboard) -> None:
        if planned["type"] == "INSIGHT":
            insight = self._shelf.add_insight(
                planned["name"], planned["description"], deepcopy(planned["query"])
            )
            made = self._shelf.add_tile(board, insight)
        else:
            made = self._shelf.add_tile(board, planned["body"])
        made.layouts, made.color = deepcopy(planned["layouts"]), planned["color"]
