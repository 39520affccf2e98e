"""Change the demo's dashboards and insights as PostHog does when it is asked to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from phdesk.demo.errors import ApiError, hidden, invalid, not_found
from phdesk.demo.ranges import iso
from phdesk.demo.schema import check_node
from phdesk.demo.shelf import Dashboard, Insight, Shelf, Tile

JSON = Mapping[str, Any]
PLAIN_FIELDS = ("name", "description", "pinned", "tags", "deleted", "restriction_level")
LOOKS = ("show_description", "transparent_background", "filters_overrides")
LONGEST_NAME, LONGEST_TEXT = 400, 4000


class Changing:
    """Carries out what a body asks for; ``now`` dates texts."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def dashboard(self, number: int, body: JSON, now: datetime) -> Dashboard:
        """Apply a PATCH; empty filters change nothing, an unknown tile is a hidden error."""
        found = self._shelf.dashboards.get(number)
        if found is None or (found.fields["deleted"] and "deleted" not in body):
            raise not_found()
        check_dashboard(body)
        if body.get("deleted") and body.get("delete_insights"):
            self._delete_insights(found)
        found.fields |= {key: body[key] for key in PLAIN_FIELDS if key in body}
        if body.get("deleted") is False:
            _restore_insights(found)
        if body.get("filters"):
            found.filters = dict(body["filters"])
        if body.get("variables") is not None:
            found.variables = dict(body["variables"])
        for change in body.get("tiles") or []:
            self._tile(found, change, now)
        return found

    def copy_tile(self, number: int, body: JSON) -> Tile:
        """Put what is on a tile of one dashboard onto another."""
        target = self._shelf.dashboard(number)
        source = self._shelf.dashboard(_whole(body, "fromDashboardId"))
        tile = next((one for one in source.shown() if one.id == _whole(body, "tileId")), None)
        if tile is None:
            raise not_found()
        if tile.insight is None and tile.text is None:
            raise invalid("This tile cannot be copied.")
        if tile.insight in [one.insight for one in target.shown()] and tile.insight:
            raise invalid("This insight is already on the dashboard.")
        content = tile.insight or str((tile.text or {})["body"])
        made = self._restored(target, tile.insight) or self._shelf.add_tile(target, content)
        made.color = tile.color
        return made

    def insight(self, number: int, body: JSON, now: datetime) -> Insight:
        """Apply a PATCH to an insight; ``dashboards`` is the whole list of those it is on."""
        found = self._shelf.insight(number, deleted="deleted" in body)
        boards = self._boards(body)
        if isinstance(body.get("query"), dict):
            check_node(body["query"])
        found.modified = now
        for key in ("name", "description", "query", "tags", "deleted"):
            if key in body:
                setattr(found, key, body[key])
        if boards is not None:
            self._put(found, boards)
        return found

    def new_insight(self, body: JSON, now: datetime) -> Insight:
        """Save an insight, on the dashboards that are named."""
        boards = self._boards(body) or []
        query = body.get("query")
        if not isinstance(query, dict):
            raise invalid("This field is required.", attr="query")
        check_node(query)
        made = self._shelf.add_insight(
            str(body.get("name") or ""), str(body.get("description") or ""), query
        )
        made.tags = [str(tag) for tag in body.get("tags") or []]
        made.created = made.modified = now
        self._put(made, boards)
        return made

    def _boards(self, body: JSON) -> list[Dashboard] | None:
        if "dashboards" not in body:
            return None
        every = {one.id: one for one in self._shelf.rows()}
        for number in body["dashboards"] or ():
            if number not in every:
                raise _no_such(number)
        return [every[number] for number in body["dashboards"] or ()]

    def _put(self, insight: Insight, boards: Sequence[Dashboard]) -> None:
        held = {one.id: tile for one, tile in self._shelf.tiles_of(insight)}
        wanted = {one.id for one in boards}
        for number, tile in held.items():
            tile.deleted = number not in wanted
        for board in boards:
            if board.id not in held and self._restored(board, insight) is None:
                self._shelf.add_tile(board, insight)

    def _restored(self, board: Dashboard, insight: Insight | None) -> Tile | None:
        """Bring back the tile that an insight once had: a dashboard has one for each."""
        for tile in board.tiles:
            if insight is not None and tile.insight is insight:
                tile.deleted = False
                return tile
        return None

    def _tile(self, dashboard: Dashboard, change: JSON, now: datetime) -> None:
        text = change.get("text") or {}
        if "id" not in change:
            if not text.get("body"):
                raise invalid("A new tile needs a text.", attr="tiles")
            tile = self._shelf.add_tile(dashboard, str(text["body"]))
        else:
            tile = _known(dashboard, change["id"])
        tile.layouts = change.get("layouts", tile.layouts) or {}
        tile.color = change.get("color", tile.color)
        tile.deleted = bool(change.get("deleted", tile.deleted))
        tile.look |= {key: change[key] for key in LOOKS if key in change}
        if tile.text and text.get("body") is not None:
            tile.text |= {"body": text["body"], "last_modified_at": iso(now)}

    def _delete_insights(self, dashboard: Dashboard) -> None:
        """Delete the insights that are used nowhere else."""
        for tile in dashboard.shown():
            if tile.insight and len(self._shelf.tiles_of(tile.insight)) == 1:
                tile.insight.deleted = True


def _restore_insights(dashboard: Dashboard) -> None:
    for tile in dashboard.tiles:
        if tile.insight and not tile.deleted:
            tile.insight.deleted = False


def check_dashboard(body: JSON) -> None:
    """Refuse a body that says what no dashboard can be."""
    filters = body.get("filters")
    if filters is not None and not isinstance(filters, Mapping):
        raise invalid("Filters must be a dictionary")
    if len(str(body.get("name") or "")) > LONGEST_NAME:
        raise _too_long(LONGEST_NAME, "name")
    for change in body.get("tiles") or []:
        if len(str((change.get("text") or {}).get("body") or "")) > LONGEST_TEXT:
            raise _too_long(LONGEST_TEXT, "body")


def _known(dashboard: Dashboard, number: object) -> Tile:
    tile = next((one for one in dashboard.tiles if one.id == number), None)
    if tile is None:
        raise hidden()
    return tile


def _whole(body: JSON, key: str) -> int:
    value = body.get(key)
    if not isinstance(value, int):
        raise invalid("A valid integer is required.", attr=key)
    return value


def _too_long(most: int, attr: str) -> ApiError:
    return invalid(f"Ensure this field has no more than {most} characters.", attr=attr)


def _no_such(number: object) -> ApiError:
    detail = f'Invalid pk "{number}" - object does not exist.'
    return ApiError(400, "validation_error", "does_not_exist", detail, attr="dashboards")
