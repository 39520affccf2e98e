"""Find the screen that a computer is."""

from collections.abc import Iterable

from phdesk.models.wall import Fleet, Screen


def screen_of(fleet: Fleet, wanted: str | None, computer: str) -> Screen | str:
    """Choose by name, else by the computer's; gives one sentence if that leads to none.

    A host name is meant with and without its domain, in any case.
    """
    if wanted is not None:
        found = fleet.screens.get(wanted)
        return found or f'There is no screen "{wanted}"; there {_listed(fleet.screens)}.'
    names = _forms(computer)
    for screen in fleet.screens.values():
        if any(names & _forms(host) for host in screen.hosts):
            return screen
    for screen in fleet.screens.values():
        if names & _forms(screen.name):
            return screen
    if len(fleet.screens) == 1:
        return next(iter(fleet.screens.values()))
    return (
        f'No screen has "{computer}", this computer, among its hosts; there '
        f"{_listed(fleet.screens)}. Add it to one, or choose by --screen."
    )


def _forms(host: str) -> set[str]:
    whole = host.strip().rstrip(".").casefold()
    return {whole, whole.partition(".")[0]} - {""}


def _listed(names: Iterable[str]) -> str:
    known = sorted(names)
    if not known:
        return "is none"
    words = " and ".join(filter(None, (", ".join(known[:-1]), known[-1])))
    return f"{'is' if len(known) == 1 else 'are'} {words}"
