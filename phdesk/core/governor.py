"""Who may call next: the team's limits, places for calculations, people before the clock.

A place is had for one call, or by itself for as long as a calculation takes: then calls that ask
how it stands need no other one. What takes long in the background leaves one place to people.

Pure: the time is an argument, calls are numbers. `services.governor` lets real calls wait for it.
"""

from collections.abc import Iterator

from msgspec import Struct

from phdesk.core.budget import MOST_HELD, SHARE, Kind, Ledger, Spent, Use

PLACES = 2  # calculations at a time; the server allows three an organization, a person may use it
CROWDED = 60.0  # seconds with one place, after the organization had none for us
UNSAID = 1.2  # seconds to spare a server that throttles and does not say for how long; doubled
LONGEST = 60.0

Team = tuple[str, int]  # host, project


class Ask(Struct, frozen=True, gc=False):
    """A call that wants to be made; one that calculates needs a place, too.

    With `calls` false nothing but the place is wanted, and nothing is spent.
    """

    number: int
    team: Team
    use: Use
    calculates: bool = False
    calls: bool = True
    lasts: bool = False  # for as long as a calculation takes that is known to be long

    @property
    def yields(self) -> bool:
        """Say whether it must leave a place to those who come after it."""
        return self.lasts and self.use.background


class Crowd(Struct):
    """Places of an organization: how many are taken, and until when it has only one for us."""

    taken: int = 0
    yielding: int = 0  # of these, those that must leave one to others
    one_until: float = 0.0

    def most(self, now: float) -> int:
        """Say how many calculations may run at a time."""
        return 1 if now < self.one_until else PLACES

    def has_room(self, ask: Ask, now: float) -> bool:
        """Say whether a call may have a place now."""
        most = self.most(now)
        return self.taken < most and not (ask.yields and self.yielding >= most - 1)


class Governor:
    """Everything that is asked of all hosts by one process; times are of one steady clock."""

    def __init__(self, share: float = SHARE) -> None:
        self._share = share
        self._ledgers: dict[Team, Ledger] = {}
        self._organizations: dict[Team, str] = {}
        self._crowds: dict[tuple[str, str], Crowd] = {}
        self._waiting: dict[int, Ask] = {}
        self._placed: dict[int, tuple[tuple[str, str], Ask]] = {}  # who has a place, in which crowd
        self._unsaid: dict[tuple[Team, Kind], int] = {}  # times that it did not, in a row
        self._numbers = 0
        self._news: dict[tuple[Team, float, Use], Spent] = {}

    def set_share(self, share: float) -> None:
        """Set which share of each limit is the most for the background."""
        self._share = min(1.0, max(0.0, share))
        for ledger in self._ledgers.values():
            ledger.share = self._share

    def belongs(self, team: Team, organization: str) -> None:
        """Note the organization of a project: its places are shared by all its projects."""
        before = self._where(team)
        if not organization or before == (team[0], organization):
            return
        self._organizations[team] = organization
        if before[1] == _alone(team):  # else calls of other projects may have their places there
            moved = [ask for where, ask in self._placed.values() if where == before]
            self._crowds.pop(before, None)
            for ask in moved:
                self._seat(ask)

    def ledger(self, team: Team) -> Ledger:
        """Give what a team spent."""
        if team not in self._ledgers:
            self._ledgers[team] = Ledger(self._share)
        return self._ledgers[team]

    @property
    def teams(self) -> tuple[Team, ...]:
        """List the teams that anything is known about."""
        return tuple(self._ledgers)

    def ask(
        self,
        team: Team,
        use: Use,
        *,
        calculates: bool = False,
        calls: bool = True,
        lasts: bool = False,
    ) -> Ask:
        """Put a call, or who wants only a place, into the line; `admit` says when its turn is."""
        self._numbers += 1
        made = Ask(self._numbers, team, use, calculates, calls, lasts)
        self._waiting[made.number] = made
        return made

    def force(self, team: Team, use: Use, now: float) -> None:
        """Count a call that cannot wait, such as one that stops a calculation."""
        spent = self.ledger(team).spend(use, now)
        self._news[team, spent.at, use] = spent

    def news(self) -> list[tuple[Team, Spent]]:
        """Give what was spent since the last time, slot by slot, to be written down."""
        news, self._news = self._news, {}
        return [(team, spent) for (team, _, _), spent in news.items()]

    def admit(self, now: float) -> list[Ask]:
        """Let all calls go that may be made now, those that a person waits for first."""
        gone = []
        for ask in self._line():
            if self.ledger(ask.team).wait(ask.use, now) > 0:
                continue
            if ask.calculates:
                if not self._crowd(ask.team).has_room(ask, now):
                    continue
                self._seat(ask)
            if ask.calls:
                self.force(ask.team, ask.use, now)
            del self._waiting[ask.number]
            gone.append(ask)
        return gone

    def leave(self, number: int) -> None:
        """Note that a call is over, or not wanted any more."""
        self._waiting.pop(number, None)
        if number in self._placed:
            where, ask = self._placed.pop(number)
            self._crowds[where].taken -= 1
            self._crowds[where].yielding -= ask.yields

    def throttled(self, team: Team, kind: Kind, retry_after: float | None, now: float) -> None:
        """Spare a server that had too many calls of a kind."""
        wait = retry_after
        if wait is None:
            times = self._unsaid.get((team, kind), 0)
            self._unsaid[team, kind] = times + 1
            wait = min(LONGEST, UNSAID * 2.0 ** min(times, 10))
        self.ledger(team).hold(kind, now + min(MOST_HELD, max(0.0, wait)))

    def answered(self, team: Team, kind: Kind) -> None:
        """Note that a server lets calls of a kind through again."""
        self._unsaid.pop((team, kind), None)

    def crowded(self, team: Team, now: float) -> None:
        """Calculate one thing at a time for a while: others of the organization calculate, too."""
        self._crowd(team).one_until = now + CROWDED

    def places(self, team: Team, now: float) -> int:
        """Say how many calculations may run at a time for a team's organization."""
        return self._crowd(team).most(now)

    def wait(self, team: Team, use: Use, now: float) -> float:
        """Say how many seconds to wait until the limits allow a call."""
        return self.ledger(team).wait(use, now)

    def due(self, now: float) -> float | None:
        """Say in how many seconds `admit` may let somebody go; None: only when one leaves."""
        waits = []
        for ask in self._waiting.values():
            wait = self.ledger(ask.team).wait(ask.use, now)
            crowd = self._crowd(ask.team)
            if ask.calculates and not crowd.has_room(ask, now):
                if not crowd.has_room(ask, crowd.one_until):
                    continue
                wait = max(wait, crowd.one_until - now)
            waits.append(wait)
        return min(waits, default=None)

    def _line(self) -> Iterator[Ask]:
        waiting = list(self._waiting.values())
        yield from (ask for ask in waiting if not ask.use.background)
        yield from (ask for ask in waiting if ask.use.background)

    def _seat(self, ask: Ask) -> None:
        crowd = self._crowd(ask.team)
        crowd.taken += 1
        crowd.yielding += ask.yields
        self._placed[ask.number] = self._where(ask.team), ask

    def _crowd(self, team: Team) -> Crowd:
        return self._crowds.setdefault(self._where(team), Crowd())

    def _where(self, team: Team) -> tuple[str, str]:
        return team[0], self._organizations.get(team, _alone(team))


def _alone(team: Team) -> str:
    """Name the crowd of a project whose organization is not known."""
    return f"project {team[1]}"
