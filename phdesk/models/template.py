"""Templates of dashboards, as PostHog lists them (reference 3.7)."""

from msgspec import Raw, Struct

from phdesk.models.insight import NULL


class TemplateTile(Struct, frozen=True, gc=False, kw_only=True):
    """One tile of a template: an insight by its query or, in old ones, its filters; or a text."""

    kind: str = ""  # INSIGHT, TEXT, BUTTON, WIDGET; others exist
    name: str = ""
    description: str = ""
    query: Raw = NULL
    filters: Raw = NULL
    body: str = ""
    layouts: Raw = NULL
    color: str | None = None


class TemplateVariable(Struct, frozen=True, gc=False, kw_only=True):
    """An event that a template leaves open; tiles name it as `{ID}`."""

    id: str
    name: str = ""
    description: str = ""
    required: bool = False
    default: Raw = NULL  # what stands in the place of `{ID}` where nothing is chosen
    event: str = ""  # that the default names


class DashboardTemplate(Struct, frozen=True, gc=False, kw_only=True):
    """A template: the name by which the server makes it, and what it would make."""

    id: str
    name: str
    description: str = ""
    tags: tuple[str, ...] = ()
    filters: Raw = NULL
    tiles: tuple[TemplateTile, ...] = ()
    variables: tuple[TemplateVariable, ...] = ()
    scope: str = ""  # global, team, organization; others exist
