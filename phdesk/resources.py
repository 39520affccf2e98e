"""Find the bundled files: icons, font, map, country names."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries the files inside the package; a checkout has them beside it. The folder in
# the wheel must stay without an `__init__.py`, or it would shadow this module.
_INSIDE = _PACKAGE / "resources"
_ROOT = _INSIDE if _INSIDE.is_dir() else _PACKAGE.parent / "resources"


def path(name: str) -> Path:
    """Return where the file `name` lies, such as `icons/search.svg`.

    Raises FileNotFoundError, naming the resource, if there is no such file.
    """
    found = _ROOT / name
    if not found.is_file():
        raise FileNotFoundError(f"phdesk has no resource {name!r} in {_ROOT}")
    return found


def read_bytes(name: str) -> bytes:
    """Return the content of the file `name`; raises as `path` does."""
    return path(name).read_bytes()


def read_text(name: str) -> str:
    """Return the UTF-8 text of the file `name`; raises as `path` does."""
    return path(name).read_text(encoding="utf-8")
