"""`phdesk alerts`: whether alerts reach a person."""

import asyncio
import os
from argparse import Namespace
from datetime import UTC, datetime
from importlib import import_module

from phdesk import resources
from phdesk.cli.exits import FINE, NETWORK, complain
from phdesk.cli.watched import run_check, run_list
from phdesk.services.notices.ready import Ready, ready, rules_of, try_out
from phdesk.services.notices.ways import InUse
from phdesk.services.places import places
from phdesk.services.settings import SettingsFile
from phdesk.store.alerts_file import beside


def run(arguments: Namespace) -> int:
    """Do what was asked."""
    if arguments.act == "list":
        return run_list(arguments, utc_now())
    if arguments.act == "check":
        return run_check(arguments, utc_now())
    if arguments.act == "watch":
        # Imported when it is called: it brings Qt and the network.
        return int(import_module("phdesk.cli.alerts_watch").run(arguments))
    return _test()


def own_parts() -> Ready:
    """Make what tells of alerts, over the file that the app has too, by the person's settings."""
    files = places(os.environ)
    settings, trouble = SettingsFile(files.settings).load()
    rules, problem = rules_of(settings)
    for words in filter(None, (trouble, problem)):
        complain(words)
    icon = resources.path("icons/phdesk-64.png")
    return ready(beside(files.cache, complain), os.environ, icon, rules, utc_now)


def _test() -> int:
    used = asyncio.run(_tried(own_parts()))
    print(f"{used.sentence}.")
    return NETWORK if used.name == "inbox" else FINE


async def _tried(parts: Ready) -> InUse:
    try:
        return await try_out(parts, utc_now())
    finally:
        await parts.teller.leave()
        parts.file.close()


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)
