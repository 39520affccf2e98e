"""The script `run`, on copies with a Python that makes .venv without the network."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from phdesk import __version__

ROOT = Path(__file__).resolve().parents[1]
WORLD_MAP = ROOT / "tests" / "data" / "world_map.json"
BASH = shutil.which("bash")
SHELLCHECK = shutil.which("shellcheck")
TOOLS = ("bash", "cat", "cksum", "dirname", "env", "id", "readlink", "rm", "tail")

pytestmark = pytest.mark.skipif(
    BASH is None or sys.platform == "win32", reason="needs bash and a Unix"
)

# Makes .venv as asked, with a pip that brings the packages of the running interpreter.
PYTHON3 = """#!/bin/sh
[ "$1 $2" = "-m venv" ] || exec "{real}" "$@"
echo venv >> "{log}"
"{real}" -m venv --without-pip "$3"
cp "{pip}" "$("$3/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
"""
PIP = """
import sys
from pathlib import Path
Path(__file__).with_name("packages.pth").write_text({packages!r})
with Path({log!r}).open("a") as log:
    print("pip", *sys.argv[1:], file=log)
"""
# Stands in the place of ctypes where a library is to be missing.
CTYPES = """
def CDLL(name):
    if "xcb-cursor" in name or "glib" in name:
        raise OSError(name)
    return object()
"""


# The suite of a checkout: says whether a worker of xdist ran it.
SUITE = """
import os
from pathlib import Path

def test_who_runs_it():
    Path("who").write_text(os.environ["PYTEST_XDIST_WORKER"] or "pytest itself")
"""
MARKED = """
import pytest

def test_quick(): pass

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.soak
def test_soak(): pass
"""
# Without the plugins that the suite here does not use, which take a second to import.
LEAN = "[pytest]\naddopts = -p no:hypothesispytest -p no:pytest-qt\n"


def write_program(path, text):
    path.write_text(text)
    path.chmod(0o755)


def fill(checkout, folder):
    """Put what `run` needs into `checkout`; give the folder of its stub programs."""
    checkout.mkdir(parents=True)
    for name in ("run", "requirements.lock"):
        shutil.copy2(ROOT / name, checkout)
    for name in ("phdesk", "resources"):
        (checkout / name).symlink_to(ROOT / name)
    pip, log = folder / "pip.py", str(folder / "log")
    pip.write_text(PIP.format(packages=sysconfig.get_path("purelib"), log=log))
    stubs = folder / "bin"
    stubs.mkdir()
    write_program(stubs / "python3", PYTHON3.format(real=sys.executable, log=log, pip=pip))
    return stubs


def start(script, *arguments, path, cwd, **environ):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PHDESK")}
    return subprocess.run(
        [BASH, str(script), *arguments],
        cwd=cwd,
        env=kept | {"PATH": str(path)} | environ,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A checkout in a folder with a space, after its first start; with how it went."""
    folder = tmp_path_factory.mktemp("run")
    checkout = folder / "my desk"
    path = f"{fill(checkout, folder)}{os.pathsep}{os.environ['PATH']}"
    first = start(checkout / "run", "--version", path=path, cwd=folder)
    return checkout, path, first


@pytest.fixture
def bare(tmp_path):
    """A checkout that was never started, and a PATH of nothing but stubs and small tools."""
    checkout = tmp_path / "checkout"
    stubs = fill(checkout, tmp_path)
    for name in TOOLS:
        (stubs / name).symlink_to(shutil.which(name))
    return checkout, stubs


@pytest.mark.parametrize("name", ["run", ".ci/run"])
def test_it_is_good_bash_and_can_be_started(name):
    script = ROOT / name
    assert os.access(script, os.X_OK)
    assert subprocess.run([BASH, "-n", script], check=False).returncode == 0


@pytest.mark.skipif(SHELLCHECK is None, reason="needs shellcheck")
@pytest.mark.parametrize("name", ["run", ".ci/run"])
def test_shellcheck_has_nothing_to_say(name):
    checked = subprocess.run([SHELLCHECK, ROOT / name], check=False, capture_output=True, text=True)
    assert (checked.stdout, checked.returncode) == ("", 0)


def test_the_first_start_makes_the_environment_from_the_lock(copy):
    checkout, _, first = copy
    assert (first.stdout, first.returncode) == (f"phdesk {__version__}\n", 0)
    assert first.stderr == "phdesk: preparing .venv (once)\n"
    made, installed = (checkout.parent / "log").read_text().splitlines()[:2]
    assert made == "venv"
    assert installed.endswith(f"--require-hashes -r {checkout / 'requirements.lock'}")


def test_the_second_start_makes_nothing(copy):
    checkout, path, _ = copy
    log = checkout.parent / "log"
    before = log.read_text()
    second = start(checkout / "run", "--version", path=path, cwd=checkout)
    assert (second.stdout, second.stderr) == (f"phdesk {__version__}\n", "")
    assert log.read_text() == before


@pytest.mark.parametrize("change", ["lock", "place", "interpreter"])
def test_a_change_makes_the_environment_anew(change, bare):
    checkout, stubs = bare
    path = f"{stubs}{os.pathsep}{os.environ['PATH']}"
    start(checkout / "run", "--version", path=path, cwd=checkout)
    if change == "lock":
        with (checkout / "requirements.lock").open("a") as lock:
            lock.write("# another\n")
    elif change == "place":
        checkout = checkout.rename(checkout.with_name("moved"))
    else:
        (checkout / ".venv" / "bin" / "python").unlink()
    again = start(checkout / "run", "--version", path=path, cwd=checkout)
    assert (again.stdout, again.returncode) == (f"phdesk {__version__}\n", 0)
    assert again.stderr == "phdesk: preparing .venv (once)\n"


def test_files_are_looked_for_where_the_person_stands(copy, tmp_path):
    checkout, path, _ = copy
    shutil.copy(WORLD_MAP, tmp_path / "rel.json")
    shown = start(checkout / "run", "show", "--file", "rel.json", path=path, cwd=tmp_path)
    assert (shown.stderr, shown.returncode) == ("", 0)
    assert "4 countries, most in Germany with 812" in shown.stdout


def test_what_lies_in_the_working_folder_is_no_module(copy, tmp_path):
    checkout, path, _ = copy
    for name in ("ctypes.py", "msgspec.py", "phdesk.py"):
        (tmp_path / name).write_text("raise SystemExit(9)")
    shutil.copy(WORLD_MAP, tmp_path / "rel.json")
    shown = start(checkout / "run", "show", "--file", "rel.json", path=path, cwd=tmp_path)
    assert (shown.stderr, shown.returncode) == ("", 0)


@pytest.mark.parametrize("way", ["relative", "symlink"])
def test_it_finds_its_checkout_however_it_is_reached(way, copy, tmp_path):
    checkout, path, _ = copy
    script = Path(checkout.name, "run")
    if way == "symlink":
        script = tmp_path / "desk"
        script.symlink_to(checkout / "run")
    folder = checkout.parent
    ran = start(script, "--version", path=path, cwd=folder, CDPATH=str(folder))
    assert (ran.stdout, ran.stderr) == (f"phdesk {__version__}\n", "")


def test_the_exit_code_of_phdesk_is_kept(copy, tmp_path):
    checkout, path, _ = copy
    wrong = start(checkout / "run", "nonsense", path=path, cwd=tmp_path)
    assert wrong.returncode == 2
    assert "nonsense" in wrong.stderr


@pytest.mark.skipif(sys.platform == "darwin", reason="X11 and Wayland only")
@pytest.mark.parametrize(
    ("script", "typed"),
    [("./run", "./run"), ("run", "bash run"), ("../my desk/run", r"../my\ desk/run")],
    ids=["here", "through bash", "elsewhere"],
)
def test_without_a_display_it_says_what_to_type_by_its_own_name(script, typed, copy):
    checkout, path, _ = copy
    blind = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    told = start(script, "demo", path=path, cwd=checkout, **blind)
    assert told.returncode == 2
    assert told.stderr == (
        "phdesk: there is no display here; "
        f"try: {typed} demo --screenshot out.png, or {typed} render\n"
    )
    wrong = start(script, "show", path=path, cwd=checkout)
    assert wrong.stderr.startswith(f"usage: {typed} show")


def test_a_python_that_is_too_old_is_refused_in_one_line(bare):
    checkout, stubs = bare
    old = '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 || exit 1\n'
    write_program(stubs / "python3", old)
    refused = start(checkout / "run", "--version", path=stubs, cwd=checkout)
    expected = "phdesk: needs Python 3.11 or newer (python3 --version says: Python 3.9.2)\n"
    assert (refused.stdout, refused.stderr, refused.returncode) == ("", expected, 1)
    assert not (checkout / ".venv").exists()


def test_a_newer_python_beside_an_old_one_is_taken(bare):
    checkout, stubs = bare
    (stubs / "python3").rename(stubs / "python3.12")
    write_program(stubs / "python3", "#!/bin/sh\nexit 1\n")
    path = f"{stubs}{os.pathsep}{os.environ['PATH']}"
    ran = start(checkout / "run", "--version", path=path, cwd=checkout)
    assert (ran.stdout, ran.returncode) == (f"phdesk {__version__}\n", 0)


def test_a_python_that_is_named_is_taken_and_kept(bare, tmp_path):
    checkout, stubs = bare
    named = (stubs / "python3").rename(stubs / "another")
    path = f"{stubs}{os.pathsep}{os.environ['PATH']}"
    for environ in ({"PHDESK_PYTHON": str(named)}, {}):
        ran = start(checkout / "run", "--version", path=path, cwd=checkout, **environ)
        assert (ran.stdout, ran.returncode) == (f"phdesk {__version__}\n", 0)
    assert (tmp_path / "log").read_text().splitlines().count("venv") == 1


@pytest.mark.parametrize("state", ["never started", "made"])
def test_a_wrong_phdesk_python_is_named(state, copy, bare):
    checkout, path = (bare[0], bare[1]) if state == "never started" else copy[:2]
    refused = start(checkout / "run", path=path, cwd=checkout, PHDESK_PYTHON="/no such/python")
    expected = "phdesk: PHDESK_PYTHON=/no such/python is not a Python 3.11 or newer\n"
    assert (refused.stdout, refused.stderr, refused.returncode) == ("", expected, 1)


@pytest.fixture
def tested(copy):
    """Start `./run test` in a checkout with a suite of its own, without lint and types."""
    checkout, path, _ = copy
    for name in ("ruff", "mypy"):
        write_program(checkout / ".venv" / "bin" / name, "#!/bin/sh\n")
    (checkout / "pytest.ini").write_text(LEAN)
    (checkout / "tests").mkdir(exist_ok=True)

    def run(suite, *words):
        (checkout / "tests" / "test_suite.py").write_text(suite)
        (checkout / "who").unlink(missing_ok=True)
        ours = {
            "PYTEST_XDIST_WORKER": "",
            "PYTEST_ADDOPTS": "",
            "PYTEST_XDIST_AUTO_NUM_WORKERS": "1",
        }
        return start(checkout / "run", "test", *words, path=path, cwd=checkout, **ours)

    run.who = checkout / "who"
    return run


@pytest.mark.parametrize(
    ("words", "who"),
    [((), "gw"), (("tests/test_suite.py",), "pytest itself")],
    ids=["all", "some"],
)
def test_the_whole_suite_is_spread_over_the_cores_and_a_part_is_not(words, who, tested):
    ran = tested(SUITE, *words)
    assert ran.returncode == 0, ran.stdout
    assert tested.who.read_text().startswith(who)


def test_the_slow_lane_has_what_is_slow_and_the_half_hour_of_a_wall(tested):
    ran = tested(MARKED, "--slow", "-v")
    passed = {one for one in ("quick", "slow", "soak") if f"test_{one} PASSED" in ran.stdout}
    assert passed == {"slow", "soak"}, ran.stdout


def test_a_crash_ends_the_suite_and_is_told(tested):
    crashed = tested("import os\n\ndef test_it():\n    os.abort()\n")
    assert crashed.returncode == 1
    assert "crashed while running 'tests/test_suite.py::test_it'" in crashed.stdout


linux = pytest.mark.skipif(sys.platform != "linux", reason="about Linux's packages")


def lacking(bare, tmp_path, user, renamed=False):
    """Start where two libraries are missing, with an apt-get that writes down what it is told."""
    checkout, stubs = bare
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "ctypes.py").write_text(CTYPES)
    for name, answer in (("id", f"echo {user}"), ("apt-cache", f"exit {0 if renamed else 1}")):
        (stubs / name).unlink(missing_ok=True)
        write_program(stubs / name, f"#!/bin/sh\n{answer}\n")
    told = tmp_path / "told"
    write_program(stubs / "apt-get", f'#!/bin/sh\necho "$@" >> "{told}"\necho E: no room\nexit 1\n')
    ended = start(checkout / "run", path=stubs, cwd=checkout, PYTHONPATH=str(modules))
    assert (ended.stdout, ended.returncode) == ("", 1)
    assert not (checkout / ".venv").exists()
    return ended.stderr.splitlines(), told.read_text().splitlines() if told.exists() else []


@linux
def test_a_person_is_told_which_line_to_type(bare, tmp_path):
    said, told = lacking(bare, tmp_path, user=1000)
    line = "sudo apt-get install -y libglib2.0-0 libxcb-cursor0"
    assert said == [f"phdesk: system packages are missing; type: {line}"]
    assert told == []


@linux
@pytest.mark.parametrize(
    ("renamed", "glib"),
    [(False, "libglib2.0-0"), (True, "libglib2.0-0t64")],
    ids=["Debian 12", "Debian 13"],
)
def test_for_root_the_packages_are_installed(renamed, glib, bare, tmp_path):
    said, told = lacking(bare, tmp_path, user=0, renamed=renamed)
    assert told[0].startswith("update")
    assert told[1].startswith("install -y")
    assert told[1].endswith(f" {glib} libxcb-cursor0")
    assert said[-1].startswith("phdesk: could not install them (E: no room); try: apt-get install")


@linux
def test_without_apt_the_packages_are_named(bare, tmp_path):
    checkout, stubs = bare
    (tmp_path / "ctypes.py").write_text(CTYPES)
    ended = start(checkout / "run", path=stubs, cwd=checkout, PYTHONPATH=str(tmp_path))
    names = "libglib2.0-0 libxcb-cursor0"
    assert ended.stderr == f"phdesk: system packages are missing, by Debian's names: {names}\n"
    assert ended.returncode == 1
