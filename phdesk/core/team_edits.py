"""Changes to a dashboard for the whole team, each with the words for it and the way back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, structs

from phdesk.core.jsonvalue import as_dict, parse
from phdesk.models.dashboard import Box, Dashboard, DashboardRow, TextCard, Tile

LONGEST_NAME = 400
COLORS = ("blue", "green", "purple", "black")
OF_BOARD = frozenset({"name", "description", "tags", "pinned"})
OWN = "filters_overrides"  # filters of a tile, in the place of the dashboard's
OF_TILE = frozenset({"text", "color", "show_description", OWN})
Changes = Mapping[str, Any]


class Put(Struct, frozen=True, gc=False):
    """An insight that comes onto the dashboard: itself, or a copy of it under a name."""

    insight: int
    copy: str = ""


class Edit(Struct, frozen=True, gc=False):
    """What is sent, what is said when it is done, and what would take it back.

    The way back of what adds tiles is known when their ids are.
    """

    changes: Changes
    said: str
    back: Changes | None = None
    put: Put | None = None
    beside: int = 0  # the tile that is copied; the copy goes next to it
    doubted: frozenset[int] | None = None  # it may be done; these tiles were there before it
    lost: bool = False  # it is done, though its answer was lost


def removed(tile: Tile, title: str) -> Edit:
    """Take a tile off; its insight is not deleted."""
    return Edit(
        _of_tile(tile, deleted=True),
        f"“{title}” is no longer on this dashboard, for everyone.",
        _of_tile(tile, deleted=False),
    )


def colored(tile: Tile, title: str, color: str | None) -> Edit:
    """Give a tile an accent colour, or none."""
    said = (
        f"“{title}” is marked {color} for everyone." if color else f"“{title}” has no colour now."
    )
    return Edit(_of_tile(tile, color=color), said, _of_tile(tile, color=tile.color))


def described(tile: Tile, title: str, *, shown: bool) -> Edit:
    """Show or hide the description of a tile's insight."""
    said = f"The description of “{title}” is {'shown' if shown else 'hidden'} for everyone."
    changes = _of_tile(tile, show_description=shown)
    return Edit(changes, said, _of_tile(tile, show_description=tile.show_description))


def own_dropped(tile: Tile, title: str) -> Edit:
    """Let the dashboard's filters hold on a tile that had its own."""
    said = f"“{title}” follows the dashboard's filters now, for everyone."
    return Edit(_of_tile(tile, **{OWN: None}), said, _of_tile(tile, **{OWN: parse(tile.own)}))


def changes_answers(edit: Edit) -> bool:
    """Tell whether tiles show other numbers after a change."""
    return any(OWN in one for one in _tiles(edit.changes))


def pinned(row: DashboardRow, *, on: bool) -> Edit:
    """Pin a dashboard in everybody's list, or no longer."""
    said = "The dashboard is pinned for everyone." if on else "The dashboard is no longer pinned."
    return Edit({"pinned": on}, said, {"pinned": row.pinned})


def worded(row: DashboardRow, name: str, description: str, tags: Sequence[str]) -> Edit:
    """Name, describe and tag a dashboard; nothing is sent that is as before."""
    before = {"name": row.name, "description": row.description, "tags": list(row.tags)}
    after = {"name": name, "description": description, "tags": list(tags)}
    changes = {key: value for key, value in after.items() if value != before[key]}
    return Edit(
        changes,
        f"The dashboard's {' and '.join(changes)} changed for everyone.",
        {key: before[key] for key in changes},
    )


def text_added(body: str, wide: Box, narrow: Box) -> Edit:
    """Add a text card, in Markdown, at its place on twelve columns and on one."""
    card = {"text": {"body": body}, "layouts": card_layouts(wide, narrow)}
    return Edit({"tiles": [card]}, "The text card is on the dashboard, for everyone.")


def card_layouts(wide: Box, narrow: Box) -> Changes:
    """Write the layouts of a new text card as PostHog's page does."""
    sm = {"x": wide.x, "y": wide.y, "w": wide.w, "h": wide.h, "minW": 1, "minH": 1}
    return {"sm": sm, "xs": {"x": narrow.x, "y": narrow.y, "w": narrow.w, "h": narrow.h}}


def insight_added(insight: int, title: str) -> Edit:
    """Put an insight that exists on the dashboard."""
    return Edit({}, f"“{title}” is on the dashboard, for everyone.", put=Put(insight))


def text_changed(tile: Tile, card: TextCard, body: str) -> Edit:
    """Give a text card other words; what else the server knows of them is sent back as it came."""
    return Edit(
        _of_tile(tile, text=_with_body(card, body)),
        "The text card changed for everyone.",
        _of_tile(tile, text=_with_body(card, card.body)),
    )


def duplicated(tile: Tile, title: str) -> Edit | None:
    """Copy a tile; None for kinds that cannot be copied."""
    if tile.text is not None:
        color = {"color": tile.color} if tile.color else {}
        card = {"text": {"body": tile.text.body}, **color}
        said = "A copy of the text card is on the dashboard, for everyone."
        return Edit({"tiles": [card]}, said, beside=tile.id)
    if tile.insight is None or tile.insight.id is None:
        return None
    copy = Put(tile.insight.id, f"{title} (copy)"[:LONGEST_NAME])
    said = f"A copy of “{title}” is on the dashboard, for everyone."
    return Edit({}, said, put=copy, beside=tile.id)


def taken_off(tiles: Iterable[int]) -> Changes:
    """Give the changes that take these tiles off."""
    return {"tiles": [{"id": one, "deleted": True} for one in tiles]}


def put_back(tiles: Iterable[int]) -> Changes:
    """Give the changes that bring tiles back that were taken off."""
    return {"tiles": [{"id": one, "deleted": False} for one in tiles]}


def taken_back(edit: Edit) -> Edit | None:
    """Give the change that undoes another; undone itself, it does that again."""
    return Edit(edit.back, "It is as before.", edit.changes) if edit.back is not None else None


def made_again(edit: Edit) -> Edit:
    """Give the change that does again what was taken back."""
    return Edit(edit.changes, edit.said, edit.back)


def following(edit: Edit, made: Edit) -> Edit:
    """Let a change that waited behind another of the same person expect what that one made."""
    if edit.back is None:
        return edit
    after = {one["id"]: one for one in _tiles(made.changes) if "id" in one}
    back = {key: made.changes.get(key, value) for key, value in edit.back.items() if key != "tiles"}
    if "tiles" in edit.back:
        back["tiles"] = [
            {key: after.get(one["id"], one).get(key, value) for key, value in one.items()}
            for one in _tiles(edit.back)
        ]
    return structs.replace(edit, back=back)


def guarded(edit: Edit) -> bool:
    """Tell whether a change writes over what somebody else may have changed meanwhile."""
    back = edit.back or {}
    return bool(OF_BOARD & back.keys()) or any(OF_TILE & one.keys() for one in _tiles(back))


def overtaken(edit: Edit, fresh: Dashboard) -> bool:
    """Tell whether what a change writes over is something else by now."""
    back = edit.back or {}
    row, tiles = fresh.row, {tile.id: tile for tile in fresh.tiles}
    now: dict[str, object] = {
        "name": row.name,
        "description": row.description,
        "tags": list(row.tags),
        "pinned": row.pinned,
    }
    if any(back[key] != now[key] for key in OF_BOARD & back.keys()):
        return True
    return any(_tile_overtaken(one, tiles.get(one["id"])) for one in _tiles(back))


def makes(edit: Edit) -> Put | str | None:
    """Give what a change makes that would be there twice: a copy, or the words of a text card."""
    if edit.put is not None:
        return edit.put if edit.put.copy else None
    bodies = [one["text"]["body"] for one in _tiles(edit.changes) if "id" not in one]
    return str(bodies[0]) if len(bodies) == 1 else None


def arrived(edit: Edit, fresh: Dashboard) -> int | None:
    """Give the tile that a change made whose answer was lost; None where it never came."""
    made = makes(edit)
    if edit.doubted is None or made is None:
        return None
    new = (one for one in fresh.tiles if one.id not in edit.doubted)
    return next((one.id for one in new if _is_made(made, one)), None)


def _is_made(made: Put | str, tile: Tile) -> bool:
    if isinstance(made, Put):
        return tile.insight is not None and tile.insight.name == made.copy.strip()
    return tile.text is not None and tile.text.body == made


def _tile_overtaken(before: Changes, tile: Tile | None) -> bool:
    if tile is None:
        return "text" in before  # of words nothing may go unseen; the look of no tile is nothing
    now: dict[str, object] = {
        "color": tile.color,
        "show_description": tile.show_description,
        OWN: parse(tile.own) or None,
    }
    if "text" in before and (tile.text is None or before["text"]["body"] != tile.text.body):
        return True
    return any(before[key] != now[key] for key in now.keys() & before.keys())


def _tiles(changes: Changes) -> Sequence[Changes]:
    found: Sequence[Changes] = changes.get("tiles", ())
    return found


def _with_body(card: TextCard, body: str) -> dict[str, object]:
    return {**as_dict(parse(card.whole)), "body": body}


def _of_tile(tile: Tile, **fields: object) -> Changes:
    return {"tiles": [{"id": tile.id, **fields}]}
