"""No change of the server is forgotten: each that there is has its place in the table of writes."""

import ast
from pathlib import Path

from phdesk.api import resources
from phdesk.views import desk
from tests.views.desk.refused.writes import WRITES

HOW = {"POST", "PATCH", "PUT", "DELETE"}
ASKING = ("query", "hogql")  # questions are sent, too, but change nothing
HEARD = (
    "failed=",
    "Hopes(",
    "refused.connect",
    "not_saved.connect",
)  # by which a module hears of refusals
READING = {  # modules that hear of refusals, but only of what they read, or of files
    "access_page", "filter_choices", "inbox", "insight_around", "insight_drafts",
    "insight_editor", "insight_finding", "insight_preview", "insight_sources", "links", "losing",
    "news", "reports", "rewind", "snapshots", "status", "watches",
}  # fmt: skip


def modules(package):
    folder = Path(package.__path__[0])
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}


def writing(source):
    """Give the public functions that send a change, themselves or by another one of the module."""
    kinds = ast.AsyncFunctionDef | ast.FunctionDef
    found = [one for one in ast.walk(ast.parse(source)) if isinstance(one, kinds)]
    words = {one.name: {getattr(part, "value", None) for part in ast.walk(one)
                        if isinstance(part, ast.Constant)} for one in found}  # fmt: skip
    names = {one.name: {part.id for part in ast.walk(one) if isinstance(part, ast.Name)}
             for one in found}  # fmt: skip
    sends = {name for name, said in words.items() if said & HOW}
    while more := {name for name, used in names.items() if used & sends} - sends:
        sends |= more
    return {name for name in sends if not name.startswith("_")}


def test_each_call_that_changes_something_is_in_the_table():
    every = {
        f"{module}.{name}"
        for module, source in modules(resources).items()
        if module not in ASKING
        for name in writing(source)
    }
    assert every == {one.call for one in WRITES}


def test_each_part_of_a_window_that_hears_of_a_refusal_is_in_the_table_or_only_reads():
    heard = {
        module for module, source in modules(desk).items() if any(one in source for one in HEARD)
    }
    assert heard - READING == {one.by for one in WRITES}
    assert heard >= READING, "what is excused is still there"
