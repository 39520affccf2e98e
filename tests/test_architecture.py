"""Who may import whom. A new edge is a decision: change it here, in its own commit."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(path.relative_to(ROOT) for path in ROOT.glob("phdesk/*/**/*.py"))
ALL = sorted(path.relative_to(ROOT) for path in ROOT.glob("phdesk/**/*.py"))
LEAF_VIEW = {"models", "core", "views.theme", "views.charts", "views.widgets", "PySide6", "msgspec"}
SCREEN = LEAF_VIEW | {"store", "services", "views"}
ALLOWED = {  # the longest matching folder counts
    "models": {"msgspec"},
    "core": {"models", "msgspec"},
    "api": {"models", "httpx", "msgspec"},
    "store": {"models", "core", "msgspec", "PySide6.QtCore"},
    "services": {
        "models", "core", "api", "store", "keyring", "platformdirs", "msgspec", "tomli_w",
        "desktop_notifier", "dbus_fast", "jeepney", "psutil", "prometheus_client", "xlsxwriter",
        "PySide6.QtCore",
        "PySide6.QtNetwork",
        "shiboken6",
    },
    "views": SCREEN,
    "views/theme": {"core", "models", "resources", "PySide6", "msgspec"},
    "views/charts": LEAF_VIEW | {"resources"},
    "views/widgets": LEAF_VIEW,
    "views/explore": LEAF_VIEW | {"pyqtgraph", "numpy"},
    "demo": {"core.dates", "starlette", "uvicorn", "msgspec"},
    "cli": {"models", "core", "api", "store", "services", "views", "app", "beating", "filed",
        "hanging", "monitor", "resources", "msgspec", "PySide6", "keyring",
    },
}  # fmt: skip


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def names_for(layer):
    """A layer may always import itself."""
    return ALLOWED[layer] | {layer.replace("/", ".")}


def is_allowed(name, allowed):
    top = name.split(".")[0]
    if top in sys.stdlib_module_names or name.startswith("phdesk.__version__"):
        return True
    inner = name.removeprefix("phdesk.")
    return any(inner == one or inner.startswith(f"{one}.") for one in allowed)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_module_imports_only_what_its_layer_may(path):
    folder = path.parent.relative_to("phdesk").as_posix()
    layer = max((key for key in ALLOWED if f"{folder}/".startswith(f"{key}/")), key=len)
    allowed = names_for(layer)
    for name in imports(ROOT / path):
        assert is_allowed(name, allowed), f"{path} may not import {name}"


@pytest.mark.parametrize("path", ALL, ids=str)
def test_a_module_fits_in_the_head(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", ALL, ids=str)
def test_a_module_imports_at_its_top(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    inside = [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, f"{path} imports inside a function, line {inside[0]}"


def test_every_field_to_choose_in_has_the_look_of_ours():
    """Qt's own choices, numbers and dates change under a wheel that is to scroll the page."""
    ours = ROOT / "phdesk/views/widgets/quiet.py"
    plain = re.compile(
        r"(?<!case )\bQ(ComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|DateTimeEdit)\("
    )
    views = (one for one in (ROOT / "phdesk/views").rglob("*.py") if one != ours)
    assert [one for one in views if plain.search(one.read_text(encoding="utf-8"))] == []
