"""Bodies that make, copy, delete and bring back dashboards (reference 3.4 and 3.5)."""

from collections.abc import Mapping
from typing import Any

from phdesk.core.jsonvalue import as_dict, parse
from phdesk.core.team_edits import LONGEST_NAME
from phdesk.models.dashboard import Dashboard, DashboardDraft, DashboardRow
from phdesk.models.insight import NULL

Body = dict[str, Any]
COPY = " (Copy)"  # as PostHog's page names copies
NAME, ABOUT, TAGS, FOLDER = "name", "description", "tags", "folder"
PLACES = {  # where a person finds what a server names
    "name": NAME,
    "description": ABOUT,
    "tags": TAGS,
    "folder": FOLDER,
    "_create_in_folder": FOLDER,
}


def blank_body(draft: DashboardDraft) -> Body:
    """Write an empty dashboard: its name and what else was given."""
    body: Body = {"name": draft.name}
    if draft.description:
        body["description"] = draft.description
    if draft.pinned:
        body["pinned"] = True
    if draft.tags:
        body["tags"] = list(draft.tags)
    if draft.folder:
        body["_create_in_folder"] = draft.folder
    return body


def template_body(draft: DashboardDraft, template: str) -> Body:
    """Write a dashboard that the server makes from a template that it knows by name."""
    return {**blank_body(draft), "use_template": template}


def copy_body(draft: DashboardDraft, source: int, *, deep: bool, filters: Body) -> Body:
    """Write a copy; deep, its insights are copies, too, else it shows the same ones.

    The server copies neither description, tags nor filters, so they are sent along.
    """
    kept = {"filters": filters} if filters else {}
    return {**blank_body(draft), **kept, "use_dashboard": source, "duplicate_tiles": deep}


def copied(dashboard: Dashboard) -> tuple[DashboardDraft, Body]:
    """Describe a copy of a dashboard: what it is made with, and the filters that are saved."""
    row = dashboard.row
    name = f"{row.name[: LONGEST_NAME - len(COPY)]}{COPY}"
    draft = DashboardDraft(
        name=name, description=row.description, tags=row.tags, folder=row.folder or None
    )
    saved = dashboard.filters if dashboard.saved_filters == NULL else dashboard.saved_filters
    filters = {key: value for key, value in as_dict(parse(saved)).items() if value is not None}
    return draft, filters


def is_made_with(draft: DashboardDraft, row: DashboardRow) -> bool:
    """Tell whether a dashboard has the words of a draft; of tags, some plans keep none."""
    return (row.name, row.description) == (draft.name.strip(), draft.description.strip())


def deleted_body(*, with_insights: bool) -> Mapping[str, bool]:
    """Write a deletion; on wish with the insights that are on no other dashboard."""
    return {"deleted": True, "delete_insights": True} if with_insights else {"deleted": True}


def restored_body() -> Mapping[str, bool]:
    """Write that a deleted dashboard comes back, with the insights that went along."""
    return {"deleted": False}
