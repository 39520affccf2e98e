"""Name accounts and projects that are open side by side, so that nobody mixes them up."""

from collections.abc import Sequence

from phdesk.models.account import Account, Project

Place = tuple[Account | None, Project | None]
NOBODY = "Not signed in"


def whereabouts(places: Sequence[Place]) -> list[str]:
    """Name each by project and region; where they are the same, by what differs between them."""
    names = [_plain(*place) for place in places]
    for more in (_who, _host, _number):
        names = _told_apart(names, [more(*place) for place in places])
    return names


def _plain(account: Account | None, project: Project | None) -> str:
    if account is None:
        return NOBODY
    same = project is None or project.id == account.project_id
    name = (project.name if project else "") or (account.project_name if same else "")
    if not name and project is not None:
        name = f"Project {project.id}"
    return _joined(name.removesuffix(" (demo data)"), account.region)


def _who(account: Account | None, _project: Project | None) -> str:
    return (account.name or account.email) if account is not None else ""


def _host(account: Account | None, _project: Project | None) -> str:
    return account.host.partition("://")[2] if account is not None else ""


def _number(_account: Account | None, project: Project | None) -> str:
    return f"project {project.id}" if project is not None else ""


def _told_apart(names: Sequence[str], more: Sequence[str]) -> list[str]:
    """Add what is more to those of the same name, if it differs between them."""
    pairs = list(zip(names, more, strict=True))
    said = {name: {extra for one, extra in pairs if one == name} for name in names}
    return [_joined(name, extra) if len(said[name]) > 1 else name for name, extra in pairs]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
