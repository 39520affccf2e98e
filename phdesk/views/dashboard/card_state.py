"""What the frame of a tile says beside its view."""

from typing import Literal

from msgspec import Struct, structs

Reads = Literal["", "kept", "alone", "past"]


class CardState(Struct, frozen=True, gc=False, kw_only=True):
    """What the frame shows beside the view: age in words, why it is stale, what goes on."""

    age: str = ""
    stale: str = ""  # the reason, in words; empty when fresh
    refreshing: bool = False
    as_table: bool = False
    focused: bool = False
    hovered: bool = False
    before: str = ""  # the filters that the chart still shows, while those asked for are awaited
    own: str = ""  # why the dashboard's dates do not reach this tile
    local: str = ""  # what was done to the chart by hand, such as "2 hidden, zoomed"
    refresh_from: str = ""  # since when it may be calculated anew; empty: now
    editing: bool = False  # a handle stands in the corner
    source: str = ""  # the project, where the tiles of a board come from several
    mark: str = ""  # the same in a letter or two, for small tiles
    on_board: bool = False  # a person's own
    news: str = ""  # what changed since the person last looked
    news_icon: str = ""
    reads: Reads = ""  # nothing changes here: a snapshot, one without an address, or the past


def with_fields(state: CardState, **fields: bool) -> CardState:
    """Copy a state with some fields changed."""
    return structs.replace(state, **fields)
