"""All tiles of a wall's rotation, of which a beat tells now and then, and those on show."""

from msgspec.structs import replace

from phdesk.models.beat import Beat, TileAge


def following(beat: Beat, before: Beat | None) -> Beat:
    """Give a beat all tiles as they were told last, if it tells of none."""
    if before is None or beat.all_tiles is not None:
        return beat
    return replace(beat, all_tiles=before.all_tiles)


def roll_of(beat: Beat) -> tuple[TileAge, ...]:
    """Give all tiles of a wall, each once; those on show as they are in this very beat.

    What is shown out of turn, such as an alert's tile of an item whose hours are over, comes last.
    """
    shown = {one.key: one for one in beat.tiles}
    told = beat.all_tiles or ()
    known = {one.key for one in told}
    found = [_now(one, shown.get(one.key)) for one in told]
    found += [replace(one, on_show=True) for one in beat.tiles if one.key not in known]
    return tuple(found)


def _now(told: TileAge, shown: TileAge | None) -> TileAge:
    """Take what is known of a tile on show, under the names that it has in its turn."""
    if shown is None:
        return told
    return replace(shown, dashboard=told.dashboard, tile=told.tile, on_show=True)
