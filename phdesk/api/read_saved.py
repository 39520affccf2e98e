"""Read an insight with what is saved around it: its dashboards, and who changed it last."""

import msgspec
from msgspec import Raw

from phdesk.api import coerce
from phdesk.api.read_account import read_person
from phdesk.api.read_insight import INSIGHT, read_insight
from phdesk.models.insight import NULL, SavedInsight

PLACES = ("dashboards", "dashboard_tiles")


def read_saved(raw: Raw) -> SavedInsight | None:
    """Make a saved insight of what came; None if it is no insight."""
    wire, held = coerce.part(raw, INSIGHT), coerce.fields(raw)
    if wire is None or held is None:
        return None
    return SavedInsight(
        insight=msgspec.structs.replace(read_insight(wire), query=wire.query.copy()),
        dashboards=_dashboards(held),
        modified_at=coerce.moment(held.get("last_modified_at", NULL)),
        modified_by=read_person(held.get("last_modified_by", NULL)),
        told=any(coerce.elements(held.get(key, NULL)) is not None for key in PLACES),
    )


def _dashboards(held: dict[str, Raw]) -> tuple[int, ...]:
    """Name its dashboards: by the older list, else by its tiles that are not deleted."""
    listed = coerce.elements(held.get("dashboards", NULL))
    if listed is None:
        tiles = (
            coerce.fields(raw) or {}
            for raw in coerce.elements(held.get("dashboard_tiles", NULL)) or ()
        )
        listed = [
            one.get("dashboard_id", NULL)
            for one in tiles
            if not coerce.truth(one.get("deleted", NULL))
        ]
    found = (coerce.whole(one) for one in listed)
    return tuple(one for one in found if one is not None)
