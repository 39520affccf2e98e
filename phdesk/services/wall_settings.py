"""Settings under which walls run: a person's own, with a wall's cadence, and never written back."""

from collections.abc import Sequence

from msgspec.structs import replace

from phdesk.models.account import Account
from phdesk.services.accounts import AccountsFile
from phdesk.services.settings import Settings, SettingsFile

SHORTEST = 5  # minutes


class WallSettings(SettingsFile):
    """Reads the person's file; what a wall opens is not what the person opened."""

    refresh: float = 1800.0  # seconds

    def load(self) -> tuple[Settings, str | None]:
        """Read the settings, with what holds for walls."""
        settings, problem = super().load()
        return with_cadence(settings, self.refresh), problem

    def save(self, settings: Settings) -> str | None:  # noqa: ARG002  the same call as its base
        """Write nothing."""
        return None


def with_cadence(settings: Settings, seconds: float) -> Settings:
    """Refresh by the wall's cadence, whatever feeds the computer behind it."""
    minutes = max(SHORTEST, round(seconds / 60))
    return replace(
        settings, auto_refresh_minutes=minutes, refresh_on_battery=True, refresh_on_metered=True
    )


class WallAccounts:
    """Whom keys of the environment or of files belong to: without it, nothing kept is found.

    The key itself is never written.
    """

    def __init__(self, file: AccountsFile) -> None:
        self._file = file
        self.known, _ = file.load()

    def find(self, host: str | None, project: int | None) -> Account | None:
        """Find who signed in at a host before, for a project; None is whichever."""
        fits = (one for one in self.known if host in (None, one.host))
        return next((one for one in fits if project in (None, one.project_id)), None)

    def note(self, account: Account, project: int) -> None:
        """Remember who signed in."""
        new = replace(account, project_id=project)
        others: Sequence[Account] = [
            one for one in self.known if (one.host, one.project_id) != (new.host, project)
        ]
        if new not in self.known:
            self.known = (*others, new)
            self._file.save(self.known)
