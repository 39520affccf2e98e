"""Two phdesks over one file, which are started, killed and told things in any order."""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from phdesk.core.noticing.rules import MOST, Rules
from phdesk.services.notices import teller as telling
from phdesk.services.notices.teller import Teller
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import add_notices
from phdesk.store.alerts_inbox import acknowledge_group, page
from phdesk.store.alerts_told import waiting
from tests.services.notice_ways import Crash, Screen, ways_over
from tests.store.noticed import NOW, notice

WHICH = st.sampled_from([0, 1])
SUBJECTS = st.sampled_from(["signups", "errors", "revenue", "funnel", "visits"])
STEPS = ("pass_over", "claim", "hand", "told", "give_back")


class Phdesk:
    """One that runs: its hold on the file, and its teller."""

    def __init__(self, path, screen, clock):
        self.file = AlertsFile(path)
        self.teller = Teller(self.file, ways_over(screen), Rules(), clock, UTC)

    def die(self):
        """Leave as a killed process does: the system takes its locks away, nothing else."""
        lock, self.file.presence._lock = self.file.presence._lock, None
        if lock is not None:
            lock.close()


class ToldOnce(RuleBasedStateMachine):
    """No notice is shown twice, and all are in the inbox, whatever ends when."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "alerts.sqlite3"
        self.time, self.number = NOW, 0
        self.screens = [Screen(), Screen()]
        self.running = [self.start(0), self.start(1)]
        add_notices(self.running[0].file, [], NOW)  # there is a file from now on
        self.found, self.in_a_crash = [], set()  # notices, and ids that were being handed over
        self.known = set()  # ids that were acknowledged
        self.is_late = False  # something may have waited for more than a day

    def start(self, which):
        self.screens[which].cards.clear()  # a new process knows nothing of the old one's cards
        return Phdesk(self.path, self.screens[which], lambda: self.time)

    @rule(which=WHICH, subject=SUBJECTS, fired=st.booleans(), again=st.booleans())
    def find(self, which, subject, fired, again):
        """Two may find the same change, and one the same after a restart."""
        if not (again and self.found):
            self.number += 1
            self.found.append(
                notice(f"n{self.number}", subject, kind="fired" if fired else "resolved")
            )
        add_notices(self.running[which].file, [self.found[-1]], self.time)

    @rule(which=WHICH)
    def look(self, which):
        asyncio.run(self.running[which].teller.look())

    @rule(which=WHICH, step=st.sampled_from(STEPS), after=st.booleans())
    def look_and_die(self, which, step, after):
        """End the process before or after it wrote down a step of telling."""
        real = getattr(telling, step)

        def fatal(*arguments):
            if after:
                real(*arguments)
            raise Crash

        def silent(*_arguments):
            raise Crash  # what a `finally` would still write

        others = {} if step == "give_back" else {"give_back": silent}
        before = {name: getattr(telling, name) for name in (step, *others)}
        try:
            for name, act in {step: fatal, **others}.items():
                setattr(telling, name, act)
            asyncio.run(self.running[which].teller.look())
        except Crash:
            pass
        finally:
            for name, act in before.items():
                setattr(telling, name, act)
        self.in_a_crash |= self.steps("handed")
        self.restart(which)

    @rule(which=WHICH, when=st.sampled_from(["before", "after"]))
    def die_at_the_screen(self, which, when):
        screen = self.screens[which]
        screen.crash = when
        try:
            asyncio.run(self.running[which].teller.look())
        except Crash:
            self.in_a_crash |= self.steps("handed")
            self.restart(which)
        screen.crash = ""

    def steps(self, step):
        """Give the ids for which a step was the last."""
        with closing(sqlite3.connect(self.path)) as db:
            return {one for (one,) in db.execute("select id from told where step=?", (step,))}

    @rule(which=WHICH)
    def restart(self, which):
        self.running[which].die()
        self.running[which] = self.start(which)

    @rule(which=WHICH, subject=SUBJECTS)
    def acknowledge(self, which, subject):
        group = notice("x", subject).group
        if acknowledge_group(self.running[which].file, group, self.time):
            self.known |= {one.id for one in self.found if one.group == group}

    @rule(hours=st.sampled_from([-30, -1, 1, 20, 30]))
    def jump(self, hours):
        """Let the clock on the wall jump, as after sleep or by a person's hand."""
        self.time += timedelta(hours=hours)
        self.is_late |= hours > 1

    @rule(which=WHICH)
    def screen_fails(self, which):
        self.screens[which].trouble = "" if self.screens[which].trouble else "it hangs"

    @invariant()
    def nothing_was_shown_twice(self):
        told = [each for screen in self.screens for each in screen.told]
        assert len(told) == len(set(told))

    @invariant()
    def the_inbox_has_all_in_their_order(self):
        known = [one.notice.id for one in page(self.running[0].file)]
        assert known == [one.id for one in self.found][::-1]

    @invariant()
    def who_lives_leaves_nothing_half_handed_over(self):
        assert self.steps("handed") <= self.in_a_crash

    @invariant()
    def what_is_passed_over_has_something_newer(self):
        newest = {one.group: one.id for one in self.found}
        untold = self.steps("passed") - self.known
        assert self.is_late or untold.isdisjoint(newest.values())

    @invariant()
    def at_most_three_stand(self):
        for screen, one in zip(self.screens, self.running, strict=True):
            standing = one.teller._screen
            assert sum(each.stands(self.time) for each in standing.values()) <= MOST
            assert set(standing) <= set(screen.cards)

    def teardown(self):
        """When all is well again, the last news of each alert is told or was handed over."""
        for one in self.running:
            one.die()
        try:
            self.settle()
        finally:
            self.folder.cleanup()

    def settle(self):
        new = AlertsFile(self.path)
        add_notices(new, [notice("last", "signups")], self.time)
        screen = Screen()
        asyncio.run(Teller(new, ways_over(screen), Rules(), lambda: self.time, UTC).look())
        assert "last" in screen.told
        told = [each for one in (*self.screens, screen) for each in one.told]
        assert len(told) == len(set(told))
        assert waiting(new) == ()
        assert set(told) <= self.steps("told") | self.steps("handed")
        new.close()


ToldOnce.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestToldOnce = ToldOnce.TestCase
