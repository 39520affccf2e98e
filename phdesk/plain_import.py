"""Gives Python's own `import` back after PySide6 has put another in its place.

PySide6's one looks for `from __feature__ import …`, which is used nowhere here. To know who might
switch to it, it reads the source of every module that is imported later, and keeps it: a tenth of
our own part of the start, and megabytes. To be imported after PySide6 and before everything else.
"""

import builtins

import PySide6.QtCore  # noqa: F401  replaces `__import__`, and keeps the one before

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
