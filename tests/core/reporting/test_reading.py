import pytest

from phdesk import resources
from phdesk.core.reporting.reading import Bad, read_report
from phdesk.models.report import Report

LEAST = 'title = "W"\n[[section]]\nevent = "signed_up"\n'


def faults(text):
    found = read_report(text, "w.toml")
    assert isinstance(found, Bad), found
    return found.faults


def test_little_is_enough():
    found = read_report(LEAST, "w.toml")
    assert isinstance(found, Report)
    assert (found.period, found.compare, found.schedule) == ("last week", True, None)
    assert found.sections[0].event == "signed_up"


def test_the_example_is_good_and_so_is_all_that_it_proposes():
    example = resources.read_text("reports/weekly.toml")
    found = read_report(example, "weekly.toml")
    assert isinstance(found, Report)
    assert [one.title for one in found.sections] == ["Sign-ups", "Active users", "Onboarding"]
    names = (
        "[ host project title dashboard tiles numbers show every weekday at folder formats command"
    )
    keys = tuple(f"# {name}" for name in names.split())
    head, _, rest = example.partition("[[section]]")
    head = "\n".join(line.removeprefix("# ") if line.startswith(keys) else line
                     for line in head.split("\n"))  # fmt: skip
    rest = "\n".join(line.removeprefix("# ") if line.startswith(keys) else line
                     for line in rest.split("\n"))  # fmt: skip
    whole = read_report(f"{head}[[section]]{rest}", "weekly.toml")
    assert isinstance(whole, Report), whole
    assert len(whole.sections) == 4
    assert whole.schedule is not None
    assert whole.schedule.command[-1] == "{file}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('title = "W"\n[[section]\n', "w.toml:2: not TOML: "),
        ('titel = "W"\n' + LEAST, "w.toml:1: titel: is no key here"),
        (LEAST + 'evnt = "x"\n', "w.toml:4: section[1].evnt: is no key here"),
        (LEAST + 'funnel = ["a", "b"]\n', "w.toml:2: section[1]: must have one of"),
        (LEAST + 'tiles = ["a"]\n', "w.toml:4: section[1].tiles: are of a dashboard"),
        (LEAST + "count = 3\n", "w.toml:4: section[1].count: must be"),
        (
            'title = "W"\n[[section]]\nfunnel = ["a"]\n',
            "w.toml:3: section[1].funnel: must be a list",
        ),
        (
            'title = "W"\n[[section]]\ndashboard = "x y"\n',
            "w.toml:3: section[1].dashboard: must be",
        ),
        ('title = "W"\nperiod = "soon"\n[[section]]\nevent = "x"\n', 'w.toml:2: period: "soon"'),
        ('title = "W"\n', "w.toml:1: there is no [[section]]"),
        ('[[section]]\nevent = "x"\n', "w.toml:1: title is missing"),
        (LEAST + "[schedule]\nevery = 'week'\n", "w.toml:4: schedule: folder is missing"),
        (LEAST + "[schedule]\nfolder='x'\nat = '25:00'\n", "w.toml:6: schedule.at: "),
        (LEAST + "[schedule]\nfolder='x'\nweekday = 'mondey'\n", 'did you mean "monday"?'),
        (LEAST + "[schedule]\nfolder='x'\nday = 3\n", "w.toml:6: schedule.day: goes with every"),
        (
            LEAST + "[schedule]\nfolder='x'\ncommand = 'rm -rf'\n",
            "schedule.command: must be a list",
        ),
        (LEAST + "api_key = 'phx_abcdefgh'\n", "keys never stand in this file"),
    ],
)
def test_a_fault_is_told_with_file_line_and_key(text, fault):
    said = faults(text)
    assert any(fault in one for one in said), said
    assert all(one.startswith("w.toml:") and "\n" not in one for one in said)
    assert "phx_" not in " ".join(said)


def test_all_faults_are_told_in_the_order_of_lines():
    said = faults('title = 3\nperiod = 4\n[[section]]\nevent = "x"\ncount = "y"\n')
    assert [one.split(":")[1] for one in said] == ["1", "2", "5"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('host = "https://[::1"', 'must be "us", "eu" or an address'),
        ('host = "https://a:99999"', 'must be "us", "eu" or an address'),
        ('host = "ada:word@posthog.example.com"', "without a name or a password"),
        ('period = "0001-01-01 to 0001-01-05"', "is no period"),
        ('period = "9999-12-01 to 9999-12-31"', "is no period"),
    ],
)
def test_what_cannot_be_meant_is_a_fault_with_its_line(line, words):
    (fault,) = faults(f"{line}\n{LEAST}")
    assert fault.startswith(f"w.toml:1: {line.partition(' ')[0]}: ")
    assert words in fault


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('at = "24:00"', "is the next day"),
        ("formats = []", "must name one of"),
        ('folder = "a\\u0000b"', "must be the path of a folder"),
    ],
)
def test_a_schedule_that_could_not_be_kept_is_a_fault(line, words):
    folder = "" if line.startswith("folder") else 'folder = "out"\n'
    found = faults(f"{LEAST}[schedule]\n{folder}{line}\n")
    assert any(f"schedule.{line.partition(' ')[0]}: " in one and words in one for one in found)


def test_a_host_is_read_as_addresses_of_dashboards_are():
    found = read_report(f'host = "US.PostHog.com"\n{LEAST}', "w.toml")
    assert isinstance(found, Report)
    assert found.host == "https://us.posthog.com"


@pytest.mark.parametrize("number", [f"{2**32 + 9}", f"'{2**32 + 9}'", "0", "-4", "true", "1.5"])
def test_what_is_no_number_of_a_dashboard_is_refused(number):
    (fault,) = faults(f'title = "W"\n[[section]]\ndashboard = {number}\n')
    assert fault.startswith("w.toml:3: section[1].dashboard: must be")
