"""Read templates of dashboards; odd tiles and variables are left out."""

from msgspec import Raw

from phdesk.api import coerce
from phdesk.models.insight import NULL
from phdesk.models.template import DashboardTemplate, TemplateTile, TemplateVariable

NAMES_OF_EVENTS = ("event", "id", "name")  # in the newer form of an event, and in the older one


def read_template(raw: Raw) -> DashboardTemplate | None:
    """Read a template; without a name it cannot be asked for."""
    sent = coerce.fields(raw.copy()) or {}
    name = coerce.text(sent.get("template_name", NULL))
    if not name or coerce.truth(sent.get("deleted", NULL)):
        return None
    tiles = (_tile(one) for one in coerce.elements(sent.get("tiles", NULL)) or ())
    variables = (_variable(one) for one in coerce.elements(sent.get("variables", NULL)) or ())
    return DashboardTemplate(
        id=coerce.text(sent.get("id", NULL)) or name,
        name=name,
        description=coerce.text(sent.get("dashboard_description", NULL)),
        tags=coerce.texts(sent.get("tags", NULL)),
        filters=_object(sent, "dashboard_filters"),
        tiles=tuple(one for one in tiles if one is not None),
        variables=tuple(one for one in variables if one is not None),
        scope=coerce.text(sent.get("scope", NULL)),
    )


def _tile(raw: Raw) -> TemplateTile | None:
    sent = coerce.fields(raw)
    if not sent:
        return None
    return TemplateTile(
        kind=coerce.text(sent.get("type", NULL)),
        name=coerce.text(sent.get("name", NULL)),
        description=coerce.text(sent.get("description", NULL)),
        query=_object(sent, "query"),
        filters=_object(sent, "filters"),
        body=coerce.text(sent.get("body", NULL)),
        layouts=_object(sent, "layouts"),
        color=coerce.optional_text(sent.get("color", NULL)),
    )


def _variable(raw: Raw) -> TemplateVariable | None:
    sent = coerce.fields(raw) or {}
    number = coerce.text(sent.get("id", NULL))
    if not number:
        return None
    default = coerce.fields(sent.get("default", NULL)) or {}
    named = (coerce.text(default.get(key, NULL)) for key in NAMES_OF_EVENTS)
    return TemplateVariable(
        id=number,
        name=coerce.text(sent.get("name", NULL)),
        description=coerce.text(sent.get("description", NULL)),
        required=coerce.truth(sent.get("required", NULL)),
        default=_object(sent, "default"),
        event=next((name for name in named if name), ""),
    )


def _object(sent: dict[str, Raw], key: str) -> Raw:
    raw = sent.get(key, NULL)
    return raw if coerce.fields(raw) else NULL
