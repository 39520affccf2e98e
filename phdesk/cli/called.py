"""By which name a person calls phdesk, so that what they are told to type works."""

import os


def called(command: str = "") -> str:
    """Write a command as it is to be typed: `run` says how it was called itself."""
    name = os.environ.get("PHDESK_CALLED") or "phdesk"
    return f"{name} {command}".rstrip()
