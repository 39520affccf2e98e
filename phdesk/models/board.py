"""A person's own boards: tiles picked from dashboards of any project, kept on this computer."""

from msgspec import Struct

from phdesk.models.dashboard import Box


class Pick(Struct, frozen=True, gc=False, kw_only=True):
    """A tile on a board, and where it comes from; `id` is its number on the board."""

    id: int
    account: str
    project: int
    dashboard: int
    tile: int
    insight: str = ""  # short id: finds the tile again that was put on its dashboard anew
    title: str = ""  # of one's own, in the place of the insight's
    known_as: str = ""  # its title when it was picked, for when nothing else is known of it
    box: Box | None = None

    @property
    def source(self) -> tuple[str, int]:
        """Give account and project."""
        return self.account, self.project


class Board(Struct, frozen=True, gc=False, kw_only=True):
    """A board; its id is random, as are those of its tiles: two programs never make the same."""

    id: int
    name: str
    picks: tuple[Pick, ...] = ()

    @property
    def page(self) -> int:
        """Give the number under which it is shown: below 0, where PostHog has no dashboards."""
        return -self.id
