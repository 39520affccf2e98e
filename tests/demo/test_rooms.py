"""The demo stands alone: it could be served without the rest of the app."""

import ast
from pathlib import Path

import phdesk.demo


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_it_imports_nothing_of_the_other_rooms():
    files = list(Path(phdesk.demo.__file__).parent.rglob("*.py"))
    assert len(files) > 20
    names = {name for path in files for name in imported(path)}
    ours = {name for name in names if name.split(".")[0] == "phdesk"}
    assert all(name.startswith("phdesk.demo") for name in ours)
    outside = {name.split(".")[0] for name in names} & {"PySide6", "httpx", "numpy", "pyqtgraph"}
    assert outside == set()
