"""Where the tiles of a board's snapshot are from: projects and hosts by name, no account."""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.people import colors_of
from phdesk.models.account import REGIONS, Account, Project
from phdesk.models.dashboard import Tile
from phdesk.store.state import NOTHING_AROUND, Around, Origin


class Place(Struct, frozen=True, gc=False, kw_only=True):
    """A project from which tiles are, and what their charts need from there."""

    project: Project
    host: str = ""  # "" when unknown, or of a single computer
    around: Around = NOTHING_AROUND
    said: str = ""  # in words, on a board of several projects
    mark: str = ""  # the same in a letter or two

    @property
    def words(self) -> str:
        """Say where it is: "US, Shop"."""
        region = REGIONS.get(self.host, self.host.split("://", 1)[-1])
        name = self.project.name or f"project {self.project.id}"
        return f"{region}, {name}" if region else name


class Source(Struct, frozen=True, gc=False, kw_only=True):
    """Where one tile is from."""

    place: int  # which of the places
    dashboard: int
    tile: int
    dashboard_name: str = ""
    breakdown_colors: tuple[tuple[str, str], ...] = ()
    color_theme: int | None = None
    title: str = ""  # the person's own


class Origins(Struct, frozen=True, gc=False, kw_only=True):
    """All places, and where each tile is from, by its number on the board."""

    places: tuple[Place, ...] = ()
    tiles: Mapping[int, Source] = {}

    @property
    def words(self) -> str:
        """Say from where all is."""
        names = list(dict.fromkeys(place.words for place in self.places))
        return " and ".join(names) if len(names) <= 2 else f"{len(names)} projects"


NO_ORIGINS = Origins()


def gathered(origins: Mapping[int, Origin], hosts: Mapping[int, str]) -> Origins:
    """Write down where tiles are from; `hosts` by tile, where they are no secret of a computer."""
    places: list[Place] = []
    tiles: dict[int, Source] = {}
    for tile_id, origin in origins.items():
        place = Place(
            project=origin.project,
            host=hosts.get(tile_id, ""),
            around=origin.around,
            said=origin.said,
            mark=origin.mark,
        )
        if place not in places:
            places.append(place)
        tiles[tile_id] = Source(
            place=places.index(place),
            dashboard=origin.dashboard,
            tile=origin.tile,
            dashboard_name=origin.dashboard_name,
            breakdown_colors=origin.breakdown_colors,
            color_theme=origin.color_theme,
            title=origin.title,
        )
    return Origins(places=tuple(places), tiles=tiles)


def with_colors_of(held: Origins, tiles: Iterable[Tile]) -> Origins:
    """Keep the colours of values that the answers of these tiles name, of each where it is from."""
    kept = {
        tile.id: replace(source, breakdown_colors=colors_of((tile,), source.breakdown_colors))
        for tile in tiles
        if (source := held.tiles.get(tile.id)) is not None
    }
    return replace(held, tiles=kept)


def read_back(held: Origins) -> dict[int, Origin]:
    """Say of each tile where it is from; the account is nobody's, at that host."""
    return {tile_id: _origin(source, held.places[source.place])
            for tile_id, source in held.tiles.items()}  # fmt: skip


def fits(held: Origins, tiles: frozenset[int]) -> bool:
    """Say whether places and tiles that are named are there."""
    known = range(len(held.places))
    return held.tiles.keys() <= tiles and all(one.place in known for one in held.tiles.values())


def _origin(source: Source, place: Place) -> Origin:
    return Origin(
        project=place.project,
        dashboard=source.dashboard,
        tile=source.tile,
        account=Account(id="", host=place.host),
        dashboard_name=source.dashboard_name,
        breakdown_colors=source.breakdown_colors,
        color_theme=source.color_theme,
        around=place.around,
        title=source.title,
        said=place.said,
        mark=place.mark,
    )
