"""`phdesk links`: whether phdesk:// addresses open with phdesk, and the choice of it."""

import os
from argparse import Namespace

from phdesk import resources
from phdesk.cli.called import called
from phdesk.cli.exits import BROKEN, FINE, REFUSED, StoppedError
from phdesk.services.registering import Registered, Standing, System, chosen_system, own_command

BUNDLE = (
    "on macOS phdesk:// addresses belong to an app bundle, whose Info.plist names them: "
    "packaging/README.md says how; a program that is installed by pip cannot have them"
)


def run(arguments: Namespace) -> int:
    """Do what was asked and say in one line how it stands."""
    system = this_system()
    acts = {"status": system.status, "register": system.register, "unregister": system.unregister}
    try:
        found = acts[arguments.act]()
    except OSError as error:
        raise StoppedError(f"nothing was changed: {error}", BROKEN) from None
    print(sentence(found))
    wanted = found.standing is Standing.OURS or arguments.act == "unregister"
    return FINE if wanted and found.standing is not Standing.BUNDLE else REFUSED


def this_system() -> System:
    """Give the way of this system, for this phdesk."""
    icon = resources.read_bytes("icons/phdesk.svg")
    return chosen_system(os.environ, own_command(), icon)


def sentence(found: Registered) -> str:
    """Say how it stands."""
    again = f"`{called('links register')}`"
    return {
        Standing.OURS: f"phdesk:// addresses open with this phdesk, by {found.where}",
        Standing.ELSEWHERE: f"phdesk:// addresses open with another phdesk, by {found.where}; "
        f"{again} makes it this one",
        Standing.OTHERS: f"phdesk:// addresses open with {found.where}; {again} takes them over",
        Standing.NOBODY: f"phdesk:// addresses are not registered; {again} does it",
        Standing.BUNDLE: BUNDLE,
    }[found.standing]
