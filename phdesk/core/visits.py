"""Where a person has been: back and forward as in a browser."""

from msgspec import Struct

MOST = 100  # places that are remembered


class Place(Struct, frozen=True, gc=False):
    """A dashboard, or one of its tiles opened large."""

    dashboard: int
    tile: int = 0  # 0: the dashboard itself


class Visits(Struct, frozen=True, gc=False):
    """The places in the order in which they were visited, and which of them is shown."""

    places: tuple[Place, ...] = ()
    at: int = -1


def visited(visits: Visits, place: Place) -> Visits:
    """Go to a place; what lay ahead is given up. To stay where one is changes nothing."""
    if visits.places[visits.at : visits.at + 1] == (place,):
        return visits
    places = (*visits.places[: visits.at + 1], place)[-MOST:]
    return Visits(places, len(places) - 1)


def stepped(visits: Visits, by: int) -> Visits | None:
    """Go back (-1) or forward (1); None when there is nothing there."""
    at = visits.at + by
    return Visits(visits.places, at) if 0 <= at < len(visits.places) else None
