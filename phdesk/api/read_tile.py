"""Read tiles: one odd tile costs only itself."""

from collections.abc import Iterable

import msgspec
from msgspec import Raw

from phdesk.api import coerce
from phdesk.api.read_insight import INSIGHT, error_text, read_insight
from phdesk.api.wire import TileWire
from phdesk.models.dashboard import ButtonCard, StoredBox, TextCard, Tile, WidgetCard
from phdesk.models.insight import NULL

_TILE = msgspec.json.Decoder(TileWire)


def read_tiles(items: Iterable[Raw]) -> tuple[Tile, ...]:
    """Read tiles; one without an id of its own gets a negative one, so that ids stay unique."""
    found: list[Tile] = []
    seen: set[int] = set()
    for index, raw in enumerate(items):
        each = read_tile(raw.copy(), -1 - index)
        if each.id in seen:
            each = msgspec.structs.replace(each, id=-1 - index)
        seen.add(each.id)
        found.append(each)
    return tuple(found)


def read_tile(raw: Raw, spare_id: int) -> Tile:
    """Read one tile. Its insight's raw parts are views of `raw`, which the tile keeps anyway."""
    wire = coerce.part(raw, _TILE)
    if wire is None:
        return Tile(id=spare_id, error="This tile could not be read.", raw=raw)
    layouts = _layouts(wire.layouts)
    own_id = coerce.whole(wire.id) or 0
    inner = coerce.part(wire.insight, INSIGHT)
    text, button, widget = _text(wire.text), _button(wire.button_tile), _widget(wire.widget)
    found = inner or text or button or widget
    error = _tile_error(wire, known=found is not None)
    insight = read_insight(inner) if inner else None
    if insight is not None and error and not insight.error:
        insight = msgspec.structs.replace(insight, error=error)  # its result may be empty by it
    return Tile(
        id=own_id if own_id > 0 else spare_id,
        insight=insight,
        text=text,
        button=button,
        widget=widget,
        sm=_box(layouts),
        layouts=layouts,
        color=coerce.optional_text(wire.color),
        error=error,
        own_filters=bool(coerce.fields(wire.filters_overrides)),
        own=wire.filters_overrides.copy(),
        show_description=coerce.optional_truth(wire.show_description),
        transparent=coerce.truth(wire.transparent_background),
        raw=raw,
    )


def _tile_error(wire: TileWire, *, known: bool) -> str | None:
    """Say what is wrong with a tile: by the server's word, or because its content is no object."""
    sent = error_text(wire.error)
    if sent or known:
        return sent
    contents = (wire.insight, wire.text, wire.button_tile, wire.widget)
    if any(bytes(content) != b"null" for content in contents):
        return "What this tile holds could not be read."
    return None


def _layouts(raw: Raw) -> Raw:
    """Return the stored boxes; very old rows hold them as JSON inside of a string."""
    written = coerce.optional_text(raw)
    inner = Raw(written.encode(errors="replace")) if written else raw
    return inner if coerce.fields(inner) is not None else Raw(b"{}")


def _box(layouts: Raw) -> StoredBox | None:
    sides = coerce.fields((coerce.fields(layouts) or {}).get("sm", NULL))
    if sides is None:
        return None
    return StoredBox(*(coerce.whole(sides.get(side, NULL)) for side in ("x", "y", "w", "h")))


def _text(raw: Raw) -> TextCard | None:
    card = coerce.fields(raw)
    return None if card is None else TextCard(coerce.text(card.get("body", NULL)), raw)


def _button(raw: Raw) -> ButtonCard | None:
    card = coerce.fields(raw)
    if card is None:
        return None
    return ButtonCard(
        text=coerce.text(card.get("text", NULL)),
        url=coerce.text(card.get("url", NULL)),
        primary=coerce.text(card.get("style", NULL)) != "secondary",
        placement=coerce.text(card.get("placement", NULL)) or "left",
    )


def _widget(raw: Raw) -> WidgetCard | None:
    card = coerce.fields(raw)
    if card is None:
        return None
    return WidgetCard(
        widget_type=coerce.text(card.get("widget_type", NULL)),
        name=coerce.text(card.get("name", NULL)),
        description=coerce.text(card.get("description", NULL)),
        config=card.get("config", NULL),
    )
