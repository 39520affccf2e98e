"""The wheel, built from a copy of the checkout and installed where the checkout is out of sight."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtGui import QImage

from phdesk import __version__

ROOT = Path(__file__).resolve().parents[1]
WORLD_MAP = ROOT / "tests" / "data" / "world_map.json"
LEFTOVERS = (".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist")
FOREIGN = ("PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
WHERE = """
import json, sys
import phdesk
from phdesk import resources
found = [resources.path(name) for name in sys.argv[1:]]
print(json.dumps([phdesk.__file__, *map(str, found), *sys.path]))
"""


def run(*command, cwd, **environ):
    """Run a program that must end well; give what it printed."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in FOREIGN and not key.startswith("PHDESK")
    }
    words = [str(word) for word in command]
    ended = subprocess.run(
        words, cwd=cwd, env=kept | environ, check=False, capture_output=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode()


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the checkout: building leaves nothing behind in the real one."""
    copy = tmp_path_factory.mktemp("source") / "phdesk"
    return shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFTOVERS))


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", out, ".", cwd=source)
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def content(wheel):
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def metadata(content):
    return Parser().parsestr(content[f"phdesk-{__version__}.dist-info/METADATA"].decode())


@pytest.fixture(scope="module")
def scripts(wheel, tmp_path_factory):
    """The folder of programs of a fresh environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("fresh")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    paths = sysconfig.get_paths(
        "venv", vars={"base": str(folder), "platbase": str(folder), "installed_base": str(folder)}
    )
    python = Path(paths["scripts"], Path(sys.executable).name)
    pip = [sys.executable, "-m", "pip", "--python", python, "-q", "--disable-pip-version-check"]
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    # Path files in a folder that a path file names are not read: the checkout stays out of sight.
    packages = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(paths["purelib"], "packages.pth").write_text("\n".join(sorted(packages)))
    return python.parent


@pytest.fixture
def phdesk(scripts, tmp_path):
    """Run the installed program in an empty folder, with a home of its own, without a display."""
    empty, home = tmp_path / "empty", tmp_path / "home"
    empty.mkdir()
    home.mkdir()

    def call(*arguments):
        places = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "CACHE", "STATE")}
        program = scripts / "phdesk"
        return run(program, *arguments, cwd=empty, HOME=str(home), **places)

    call.folder = empty
    return call


def test_one_wheel_serves_every_machine(wheel):
    assert wheel.name == f"phdesk-{__version__}-py3-none-any.whl"


@pytest.mark.parametrize("folder", ["fonts", "icons", "map", "LICENSES", "."])
def test_the_wheel_holds_every_resource(folder, content, source):
    masters = [path for path in (source / "resources" / folder).iterdir() if path.is_file()]
    assert masters
    for path in masters:
        name = f"phdesk/{path.relative_to(source).as_posix()}"
        assert content[name] == path.read_bytes()


def test_the_wheel_holds_every_module(content, source):
    modules = {path.relative_to(source).as_posix() for path in (source / "phdesk").rglob("*.py")}
    assert "phdesk/cli/__init__.py" in modules
    assert modules == {name for name in content if name.endswith(".py")}


def test_the_wheel_holds_nothing_else(content):
    inside = ("phdesk/", f"phdesk-{__version__}.dist-info/")
    assert [name for name in content if not name.startswith(inside)] == []
    assert [name for name in content if "test" in name or name.endswith(".pyc")] == []
    # An `__init__.py` here would hide the module phdesk.resources.
    assert "phdesk/resources/__init__.py" not in content


def test_the_wheel_names_no_place_of_this_machine(content, source):
    places = [str(place).encode() for place in (ROOT, source.parent, sys.prefix)]
    assert [name for name, data in content.items() if any(place in data for place in places)] == []


def test_qt_is_asked_for_by_the_version_of_python(metadata):
    asked = [one for one in metadata.get_all("Requires-Dist") if one.startswith("pyside6")]
    assert sorted(asked) == [
        "pyside6-essentials!=6.12.0,>=6.8; python_version >= '3.12'",
        "pyside6-essentials<6.12,>=6.8; python_version < '3.12'",
    ]


def test_the_tools_of_developers_are_extras(metadata):
    asked = metadata.get_all("Requires-Dist")
    tools = [one for one in asked if one.startswith(("pytest", "mypy", "ruff", "hatchling"))]
    assert len(tools) == 6
    assert all(one.endswith("; extra == 'dev'") for one in tools)


def test_the_licences_go_along(metadata, content):
    named = metadata.get_all("License-File")
    kept = sorted((ROOT / "resources" / "LICENSES").iterdir())
    assert sorted(named) == ["LICENSE", *(path.relative_to(ROOT).as_posix() for path in kept)]
    for name in named:
        found = content[f"phdesk-{__version__}.dist-info/licenses/{name}"]
        assert found == (ROOT / name).read_bytes()


def test_the_metadata_says_what_it_is(metadata, content):
    assert (metadata["Name"], metadata["Version"]) == ("phdesk", __version__)
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT AND ISC AND OFL-1.1 AND Unicode-3.0"
    entry = content[f"phdesk-{__version__}.dist-info/entry_points.txt"].decode().split()
    assert entry == ["[console_scripts]", "phdesk", "=", "phdesk.cli:main"]


def test_it_runs_from_the_fresh_environment_alone(scripts, tmp_path):
    names = ["countries.json", "fonts/Inter.ttf", "icons/search.svg", "map/world.json.z"]
    printed = run(scripts / Path(sys.executable).name, "-c", WHERE, *names, cwd=tmp_path)
    module, *rest = json.loads(printed)
    package = Path(module).parent
    assert package.is_relative_to(scripts.parent)
    assert rest[: len(names)] == [str(package / "resources" / name) for name in names]
    assert str(ROOT) not in rest


def test_it_tells_its_version(phdesk):
    assert phdesk("--version") == f"phdesk {__version__}\n"


def test_it_draws_what_the_checkout_draws(phdesk, tmp_path):
    phdesk("render", "--file", WORLD_MAP, "-o", "out.png")
    here = tmp_path / "checkout.png"
    command = [sys.executable, "-m", "phdesk", "render", "--file", WORLD_MAP, "-o", here]
    run(*command, cwd=ROOT)
    drawn, expected = QImage(str(phdesk.folder / "out.png")), QImage(str(here))
    assert (drawn.width(), drawn.height()) == (1280, 800)
    assert drawn == expected


def test_it_shows_the_demo_with_a_server_of_its_own(phdesk):
    phdesk("demo", "--screenshot", "demo.png", "--size", "1000x700")
    drawn = QImage(str(phdesk.folder / "demo.png"))
    assert (drawn.width(), drawn.height()) == (1000, 700)
    small = drawn.scaled(100, 70)
    colours = {small.pixel(x, y) for x in range(100) for y in range(70)}
    assert len(colours) > 50
