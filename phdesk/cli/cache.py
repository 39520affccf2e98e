"""`phdesk cache info`, `clear`, `verify`: say what is kept on disk, remove it, look for damage."""

import os
import sys
import time
from argparse import Namespace
from datetime import UTC, datetime

import msgspec

from phdesk.cli.called import called
from phdesk.cli.exits import BAD_INPUT, FINE, REFUSED, WRONG_USE, StoppedError, complain
from phdesk.services.places import places
from phdesk.store.cache import Cache
from phdesk.store.cache_check import CacheReport, info, problems
from phdesk.store.cache_wipe import PAUSE, wiping


def run(arguments: Namespace) -> int:
    """Do what the command says."""
    act = {"info": tell, "clear": clear, "verify": verify}[arguments.act]
    return act(arguments)


def tell(arguments: Namespace) -> int:
    """Say what is kept; exit 5 when the file cannot be read."""
    report = info(places(os.environ).cache)
    if arguments.json:
        _print_json(report)
    else:
        for name, value in _lines(report):
            print(f"{name:<10}  {value}")
    return FINE if report.ok else BAD_INPUT


def clear(arguments: Namespace) -> int:
    """Remove what is kept, of one account or of all, but nothing that is not saved yet."""
    path = places(os.environ).cache
    report = info(path)
    if not report.ok:
        raise StoppedError(f"{path}: {report.message}", BAD_INPUT)
    account: str | None = arguments.account
    known = [one.account for one in report.accounts]
    if account is not None and account not in known:
        names = f"; there are: {', '.join(known)}" if known else ""
        raise StoppedError(f"nothing is kept of {account}{names}", BAD_INPUT)
    if not arguments.yes:
        _ask(report, account)
    cache = Cache(path, complain)
    for _ in wiping(cache, account, only_here=False):
        time.sleep(PAUSE)
    cache.close()
    left = info(path)
    result = {
        "freed": max(0, report.size - left.size),
        "size": left.size,
        "layouts": left.layouts,
        "drafts": left.drafts,
    }
    if arguments.json:
        _print_json(result)
    else:
        print(f"Removed {_megabytes(result['freed'])}; {_staying(left)}")
    return FINE


def verify(arguments: Namespace) -> int:
    """Look for damage without repairing anything; exit 5 when there is some."""
    path = places(os.environ).cache
    found = problems(path)
    if arguments.json:
        _print_json({"path": path, "ok": not found, "problems": found})
    elif not info(path).ok:
        raise StoppedError(f"{path}: {'; '.join(found)}", BAD_INPUT)
    elif found:
        for problem in found:
            print(problem)
        complain(f"{path} is damaged; phdesk sets it aside when it meets the damage, "
                 f"and `{called('cache clear')}` removes what it holds")  # fmt: skip
    else:
        print(f"{path} is whole." if path.exists() else f"{path} does not exist yet.")
    return BAD_INPUT if found else FINE


def _ask(report: CacheReport, account: str | None) -> None:
    """Ask whether to go on; raises StoppedError unless the answer is yes."""
    if not sys.stdin.isatty():
        raise StoppedError("nobody can be asked here: give --yes", WRONG_USE)
    chosen = [one for one in report.accounts if account in (None, one.account)]
    boards = sum(one.dashboards for one in chosen)
    of = "" if account is None else f" of {account}"
    print(f"This removes the numbers and the history of {boards} dashboards{of}; "
          f"{_staying(report)}")  # fmt: skip
    if input("Remove? [y/N] ").strip().lower() not in ("y", "yes"):
        raise StoppedError("nothing was removed", REFUSED)


def _lines(report: CacheReport) -> list[tuple[str, str]]:
    lines = [("path", str(report.path)), ("size", _megabytes(report.size))]
    if not report.ok:
        return [*lines, ("problem", report.message)]
    earlier = f"{report.history} earlier ones" if report.history else "no earlier ones"
    lines += [
        ("dashboards", str(report.dashboards)),
        ("results", f"{report.results}, and {earlier}"),
        ("layouts", f"{report.layouts} not saved to PostHog"),
        ("insights", f"{report.drafts} not saved to PostHog"),
    ]
    if report.oldest is not None and report.newest is not None:
        lines.append(("history", f"{_time(report.oldest)} to {_time(report.newest)}"))
    for one in report.accounts:
        size = _megabytes(one.size)
        lines.append(("account", f"{one.account}: {one.dashboards} dashboards, {size}"))
    return lines


def _staying(report: CacheReport) -> str:
    counts = {"layout": report.layouts, "insight": report.drafts}
    words = [f"{count} {noun}{'s' * (count != 1)}" for noun, count in counts.items() if count]
    if not words:
        return "nothing of yours was waiting to be saved."
    stay = "stays" if sum(counts.values()) == 1 else "stay"
    return f"{' and '.join(words)} not saved to PostHog yet {stay}."


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _time(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _print_json(value: object) -> None:
    def plain(odd: object) -> str:
        return str(odd)

    print(msgspec.json.format(msgspec.json.encode(value, enc_hook=plain), indent=2).decode())
