"""List what the events are made of, and the notes pinned to the calendar."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from phdesk.demo.account import USER
from phdesk.demo.columns import KINDS
from phdesk.demo.filters import COHORTS, cohort, made_of
from phdesk.demo.ranges import iso
from phdesk.demo.world import World

JSON = dict[str, Any]
_SAMPLE = 40
_NOTES = {3: "Release", 12: "Webinar: planning that sticks", 21: "Newsletter sent"}


def event_definitions(world: World) -> list[JSON]:
    """List the events that have happened, with the first and the last time."""
    found = world.rows(
        "select event, min(timestamp), max(timestamp) from events group by event order by event"
    )
    return [
        {
            "id": str(UUID(int=number)),
            "name": name,
            "created_at": first,
            "last_seen_at": last,
            "is_action": False,
            "post_to_slack": False,
            "tags": [],
        }
        for number, (name, first, last) in enumerate(found, start=1)
    ]


def property_definitions(world: World, kind: str) -> list[JSON]:
    """List the properties seen on recent events, or on persons; there are no others."""
    if kind not in KINDS:
        return []
    seen = _person_properties(world) if kind == "person" else _event_properties(world)
    return [
        {
            "id": str(UUID(int=number)),
            "name": name,
            "is_numerical": isinstance(value, int | float),
            "property_type": "Numeric" if isinstance(value, int | float) else "String",
            "is_seen_on_filtered_events": None,
            "tags": [],
        }
        for number, (name, value) in enumerate(sorted(seen.items()), start=1)
    ]


def cohorts(world: World) -> list[JSON]:
    """List the cohorts, with how many people are in each now."""
    listed: list[JSON] = []
    for number, (name, _) in COHORTS.items():
        text, values = cohort(number, leaves_out=False)
        # The condition comes from filters.py, with every outside value as a parameter.
        sql = f"select count(distinct person_id) from events where {text}"  # noqa: S608
        ((count,),) = world.rows(sql, values)
        listed.append(
            {
                "id": number,
                "name": name,
                "description": "",
                "groups": [],
                "deleted": False,
                "filters": {"properties": made_of(number)},
                "query": None,
                "is_calculating": False,
                "created_by": USER,
                "created_at": iso(world.earliest),
                "last_calculation": iso(world.now()),
                "errors_calculating": 0,
                "count": count,
                "is_static": False,
                "experiment_set": [],
            }
        )
    return listed


def annotations(world: World) -> list[JSON]:
    """Write the notes of each month so far, newest first, always on the same days."""
    notes: list[JSON] = []
    at = world.earliest + timedelta(hours=10)
    while at <= world.now():
        if at.day in _NOTES:
            notes.append(_annotation(len(notes) + 1, _note(at), iso(at)))
        at += timedelta(days=1)
    return notes[::-1]


def _note(at: datetime) -> str:
    """Name a note; releases count up month by month, so that each keeps its number."""
    text = _NOTES[at.day]
    return f"{text} {at.year - 2020}.{at.month}" if text == "Release" else text


def _annotation(number: int, text: str, at: str) -> JSON:
    return {
        "id": number,
        "content": text,
        "date_marker": at,
        "creation_type": "USR",
        "dashboard_item": None,
        "dashboard_id": None,
        "dashboard_name": None,
        "insight_short_id": None,
        "insight_name": None,
        "insight_derived_name": None,
        "created_by": USER,
        "created_at": at,
        "updated_at": at,
        "deleted": False,
        "scope": "project",
    }


def _event_properties(world: World) -> JSON:
    seen: JSON = {}
    for (name,) in world.rows("select distinct event from events"):
        rows = world.rows(
            "select properties from events where event = ? order by ts desc limit ?",
            [name, _SAMPLE],
        )
        for (text,) in rows:
            seen.update(json.loads(text))
    return seen


def _person_properties(world: World) -> JSON:
    seen: JSON = {}
    for (text,) in world.rows("select properties from persons order by number desc limit 200"):
        seen.update({key: value for key, value in json.loads(text).items() if value is not None})
    return seen
