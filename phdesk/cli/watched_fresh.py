"""Read watched tiles anew for `phdesk alerts check --fresh`: those tiles alone, each calculated."""

import os
from collections.abc import Sequence
from datetime import datetime

from phdesk.api.errors import ApiError
from phdesk.cli.exits import REFUSED, code_of, complain, sentence
from phdesk.cli.gate import gated
from phdesk.models.account import Account
from phdesk.models.failure import Failure
from phdesk.models.watch import Watch
from phdesk.services.completing import Asked
from phdesk.services.credentials import Credentials
from phdesk.services.environment import from_environment
from phdesk.services.headless import DEFAULT_HOST, Access, fetch_tiles
from phdesk.services.session import failures_in
from phdesk.store.changes import with_account, with_dashboard
from phdesk.store.state import State

NO_KEY = "there is no key; sign in with `phdesk login`, or set PHDESK_API_KEY and PHDESK_HOST"


def refreshed(
    state: State, account: Account, watches: Sequence[Watch], now: datetime
) -> tuple[State, int]:
    """Add watched dashboards of one project as they are now; what fails is said.

    Gives the exit code of the first failure, or 0.
    """
    project = watches[0].project
    where = f"{account.region}, project {project}"
    key = _key(account)
    if key is None:
        complain(f"{where}: {NO_KEY}")
        return state, REFUSED
    wanted: dict[int, set[int | str]] = {}
    for one in watches:
        names = wanted.setdefault(one.dashboard, set())
        names.update({one.tile, one.insight} if one.insight else {one.tile})
    access = Access(host=account.host, key=key, project=project)
    try:
        known, found = fetch_tiles(access, wanted, Asked.ALL, connect=gated())
    except ApiError as error:
        complain(f"{where}: {sentence(error.failure)}")
        return state, code_of(error.failure)
    code = 0
    state = with_account(state, account, known)[0]
    for number, answer in found.items():
        if isinstance(answer, Failure):
            complain(f"{where}, dashboard {number}: {sentence(answer)}")
            code = code or code_of(answer)
            continue
        failures = failures_in(answer)
        for failure in failures.values():
            complain(f"{where}, dashboard {number}: {sentence(failure)}")
            code = code or code_of(failure)
        state = with_dashboard(state, answer, now=now, asked=1, failures=failures)[0]
    return state, code


def _key(account: Account) -> str | None:
    given = from_environment(os.environ)
    if given is not None and account.host == (given.host or DEFAULT_HOST):
        return given.key
    return Credentials().read(account.id).key
