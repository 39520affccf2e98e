"""A file of walls is read as people write it, and each fault is told with its line and key."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk import resources
from phdesk.core.wall.pin import hashed
from phdesk.core.wall.reading import Bad, read_fleet
from phdesk.models.wall import (
    Care,
    Credentials,
    Fleet,
    Health,
    Hours,
    Item,
    Limits,
    Look,
    Screen,
    Wall,
)

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
EXAMPLE = resources.read_text("walls.toml")
GUIDE = (Path(__file__).parents[3] / "docs" / "monitor.md").read_text(encoding="utf-8")
SWITCHED_OFF = re.compile(r"^#(\w+) = ", re.MULTILINE)
KEY = "phx_" + "A1b2C3d4" * 4  # of nobody


def read(text):
    return read_fleet(text, "walls.toml", NOW)


def faults(text):
    found = read(text)
    assert isinstance(found, Bad)
    return found.faults


def screen(text):
    fleet = read(f"[screens.lobby]\n{text}")
    assert isinstance(fleet, Fleet), fleet.faults
    return fleet.screens["lobby"]


def items(text):
    return screen(f"items = {text}").walls[""].items


def test_the_example_is_a_file_that_can_be_used():
    fleet = read(EXAMPLE)
    assert isinstance(fleet, Fleet)
    assert list(fleet.screens) == ["lobby", "office"]


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL))
def test_what_the_guide_shows_can_be_used(block):
    fleet = read(block)
    assert isinstance(fleet, Fleet), fleet.faults


def test_each_setting_that_the_example_has_switched_off_can_be_switched_on():
    lines = EXAMPLE.split("\n")
    rivals = {"account": ("host", "key_env"), "key_file": ("key_env",)}
    rivals["key_credential"] = rivals["key_file"]
    for number, line in enumerate(lines):
        match = SWITCHED_OFF.match(line)
        if match is None:
            continue
        off = rivals.get(match[1], ()) if "eu.posthog.com" not in line else ()
        text = "\n".join(
            "" if each.startswith(tuple(f"{rival} =" for rival in off)) else each
            for each in (*lines[:number], line[1:], *lines[number + 1 :])
        )
        assert isinstance(read(text), Fleet), (line, read(text))


@pytest.mark.parametrize(
    "struct", [Fleet, Screen, Wall, Look, Care, Credentials, Health, Limits, Item, Hours]
)
def test_the_example_mentions_every_key(struct):
    for field in struct.__struct_fields__:
        if (struct, field) == (Screen, "name"):  # that of its table
            continue
        written = rf"^#?{field} = |[{{ ]{field} = |\[[a-z.]*{field}[.\]]"
        assert re.search(written, EXAMPLE, re.MULTILINE), f"{struct.__name__}.{field}"


@pytest.mark.parametrize(
    ("short", "item"),
    [
        ("dashboard 12", Item(dashboard=12)),
        ("12", Item(dashboard=12)),
        ("Dashboard 12 tile 34", Item(dashboard=12, tile=34)),
        ("#wall", Item(tag="wall")),
        ("tag sales team", Item(tag="sales team")),
        ("board Sales", Item(board="Sales")),
        ("board:Sales, EU", Item(board="Sales, EU")),
        ("insight AbCd1234", Item(insight="AbCd1234")),
        (
            "https://us.posthog.com/project/3/dashboard/12#x",
            Item(dashboard=12, project=3),
        ),
        (
            "eu.posthog.com/project/3/insights/AbCd1234",
            Item(insight="AbCd1234", project=3),
        ),
    ],
)
def test_an_item_can_be_written_in_short(short, item):
    assert items(f"['{short}']") == (item,)


def test_an_item_can_be_a_table():
    found = screen(
        '[[screens.lobby.items]]\ndashboard = 1\ndwell = "1m30s"\nrange = "last 13h"\n'
        'hours = "22:00-06:00"\nspotlight = true\ntitle = "Now"\nfilters.properties = []'
    )
    overnight = Hours(start=22 * 60, end=6 * 60)
    assert found.walls[""].items == (
        Item(
            dashboard=1,
            dwell=90.0,
            range="last 13h",
            hours=(overnight,),
            spotlight=True,
            title="Now",
            filters={"properties": []},
        ),
    )


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ('"mon-fri 08:30-18:00"', [Hours(days=(0, 1, 2, 3, 4), start=510, end=1080)]),
        ('"sat,sun 00:00-24:00"', [Hours(days=(5, 6))]),
        ('"fri-mon 9:00–17:00"', [Hours(days=(0, 4, 5, 6), start=540, end=1020)]),
        ('"weekdays 22:00-06:00"', [Hours(days=(0, 1, 2, 3, 4), start=1320, end=360)]),
        ('["08:00-09:00", { days = ["Tue"] }]', [Hours(start=480, end=540), Hours(days=(1,))]),
        ("{ start = 08:30:00, end = '24:00' }", [Hours(start=510)]),
    ],
)
def test_hours_are_read_as_people_write_them(words, hours):
    assert list(screen(f"care.off = {words}").walls[""].care.off) == hours


def test_what_holds_for_all_gives_way_to_a_screen_and_that_to_a_monitor():
    fleet = read(
        '[defaults]\ndwell = "1m"\ntimezone = "Europe/Paris"\n'
        'look = { palette = "light", type_size = "hall" }\n'
        '[defaults.credentials]\nhost = "us"\nkey_env = "KEY"\nproject = 4\n'
        "[screens.a]\nitems = [1]\n".replace("[1]", '["1"]')
        + '[screens.a.look]\npalette = "contrast"\n'
        '[screens.a.walls.DP-1]\ndwell = "2m"\nlook.clock = false\n'
        '[screens.b]\ncredentials.account = "x"\n[screens.c]\ncredentials.key_file = "k"'
    )
    a, b, c = fleet.screens.values()
    assert (a.timezone, a.walls[""].dwell, a.walls["DP-1"].dwell) == ("Europe/Paris", 60, 120)
    assert a.walls[""].look == Look(palette="contrast", type_size="hall")
    assert a.walls["DP-1"].look == Look(palette="contrast", type_size="hall", clock=False)
    assert a.walls["DP-1"].items == (Item(dashboard=1),)
    assert b.credentials == Credentials(account="x")
    assert c.credentials == Credentials(host="us", key_file="k", project=4)
    assert b.walls[""].items == ()


WRONG = [
    ('dwel = "45s"', 2, 'lobby.dwel: is no key here; did you mean "dwell"?'),
    ('pallete = "dark"', 2, 'lobby.pallete: is no key here; did you mean "look.palette"?'),
    ('limits.frozen_after = "3s"', 2, '"3s" is too short; at least 4s'),
    ('dwell = "0s"', 2, 'lobby.dwell: "0s" is too short; at least 5s'),
    ("dwell = 45", 2, '45 has no unit; write "45s" or "45m"'),
    ('dwell = "soon"', 2, 'must be a duration like "45s", "5m" or "1h", not "soon"'),
    ('refresh = "1m"', 2, '"1m" is too short; at least 5m'),
    ('refresh = "400d"', 2, '"400d" is too long; at most 7d'),
    ('palette = "dark"', 2, "is no key here; it belongs into the table look"),
    ('look.palette = "drak"', 2, 'must be "light", "dark" or "contrast", not "drak"; did you mean'),
    ("look = 3", 2, "lobby.look: must be a table, not 3"),
    ("locked = 1", 2, "must be true or false, not 1"),
    ('timezone = "Mars/Base"', 2, '"Mars/Base" is no time zone; write it as "Europe/London"'),
    ('pin = "2468"', 2, "must be a line from phdesk monitor --set-pin, never the PIN itself"),
    ("care.dim_to = 0", 2, "0 is out of range; 1 to 100 %"),
    ("care.dim_to = true", 2, "must be a whole number %, not true"),
    ('care.off = "at night"', 2, 'must be hours like "mon-fri 08:30-18:00", not "at night"'),
    ('care.off = "08:00-08:00"', 2, "begins when it ends, so it never holds"),
    ('care.off = "08:00-25:00"', 2, '"25:00" is no time of day; 00:00 to 24:00'),
    ('care.off = "mon-foo 08:00-09:00"', 2, '"foo" is no day; mon, tue, wed'),
    ("care.off = [\n  { start = 8 }\n]", 3, 'off[1].start: must be a time like "08:30", not 8'),
    ("health.port = 99999", 2, "99999 is out of range; 1 to 65535"),
    ("limits.memory_soft = 1200", 2, "1200 MB must be less than memory_hard, 1200"),
    ('hosts = ["a", ""]', 2, 'hosts[2]: must be a text in quotes, not ""'),
    ('credentials.host = "us"', 2, "names a host without a key; add one of key_env, key_file"),
    ('credentials.host = "eu1"', 2, "must be \"us\", \"eu\" or the address of your own PostHog"),
    ('credentials.key_env = "A"', 2, "names key_env without the host that it is for; add host"),
    ('credentials.account = "a"\ncredentials.host = "us"', 2, "names an account and a host"),
    ('items = [\n  "#wall",\n  "nothing",\n]', 4, 'items[2]: must be a text such as "dashboard'),
    ('items = ["https://example.org/x"]', 2, "is no address of a dashboard or an insight"),
    ("items = [3]", 2, "items[1]: must be a table, or a text such as"),
    ("items = 3", 2, "items: must be a list of items such as"),
    ("[[screens.lobby.items]]", 2, "needs exactly one of dashboard, tag, board, insight, not none"),
    ("[[screens.lobby.items]]\ntag='a'\nboard='b'", 2, "not tag and board"),
    ("[[screens.lobby.items]]\ntag='a'\ntile=3", 4, "items[1].tile: needs the dashboard that"),
    ("[[screens.lobby.items]]\ninsight='a'", 3, "must be an insight's short id, 8 letters"),
    ("[[screens.lobby.items]]\ntag='a'\nrange='13 parsecs'", 4, "items[1].range: \"13 parsecs\""),
    ("[[screens.lobby.items]]\ntag='a'\nfilters.date_from='-7d'", 4, "write the item's range"),
    ("[[screens.lobby.items]]\ntag='a'\nfilters.propertys=[]", 4, 'did you mean "properties"?'),
    ("[[screens.lobby.items]]\ninsight='AbCd1234'\nspotlight=true", 4, "for whole dashboards only"),
    ("[[screens.lobby.items]]\ntag='a'\nproject=3", 4, "items[1].project: is not taken here: tags"),
    ("[[screens.lobby.items]]\ntag='a'\naccount='b'", 4, "account: is not taken here: tags are"),
    ("[[screens.lobby.items]]\nboard='B'\nrange='today'", 4, "range: is not taken here: a board's"),
    ("[[screens.lobby.items]]\nboard='B'\nfilters.properties=[]", 4, "filters: is not taken here"),
    ("[[screens.lobby.items]]\nboard='B'\nproject=3", 4, "project: is not taken here: a board"),
    ("[[screens.lobby.items]]\nboard='B'\naccount='b'", 4, "account: is not taken here: a board"),
    ("[screens.lobby.walls.DP-1]\nitms = []", 3, "lobby.walls.DP-1.itms: is no key here; did you"),
    ("[screens.other]\nhosts = ['Lobby']", 3, 'other.hosts[1]: "Lobby" is the screen lobby'),
    ("[default]", 2, 'default: is no key here; did you mean "defaults"?'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), WRONG, ids=[each[0] for each in WRONG])
def test_what_is_wrong_is_told_with_its_line_and_what_is_allowed(text, line, words):
    told = faults(f"[screens.lobby]\n{text}")
    assert len(told) == 1
    assert told[0].startswith(f"walls.toml:{line}: "), told
    assert words in told[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "walls.toml:1: describes no screen; begin one with a line [screens.NAME]"),
        ("[screens.a\n", "walls.toml:1: not TOML: "),
        ("[screens.a]\nx = 1\nx = 2", "walls.toml:3: not TOML: Cannot overwrite a value"),
        ("a = " + "[" * 5000, "walls.toml:1: "),
    ],
)
def test_a_file_that_is_no_fleet_is_told_as_one_line(text, words):
    (told,) = faults(text)
    assert told.startswith(words)
    assert "\n" not in told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"[screens.a]\ncredentials.key = '{KEY}'", 2),
        (f"[screens.a]\n# the old one was {KEY}", 2),
        (f"[screens.a]\n[{KEY}]", 2),
        (f"[screens.a]\nitems = ['{KEY}']", 2),
        (f"[screens.a]\npin = '{KEY}'", 2),
        (f"[screens.a]\n\ntimezone = '{KEY}'", 3),
        ("[screens.a]\ncredentials.host = 'https://ada:secret1@ph.example.org'", 2),
        (f'[screens.a]\ncredentials.key_env = "ph\\u0078_{KEY[4:]}"', 2),
        ("[screens.a]\ncredentials.token = 'abc'", 2),
        (f"[screens.a]\n\ncare.off = {{ days = ['{KEY}'] }}", 3),
        (f"[screens.a]\ncare = ['{KEY}', '{KEY}']", 2),
        (f"[screens.a\nitems = ['{KEY}']", 2),
        (f"[screens.a]\nitems = [{{ tag = 'x', dwell = '{KEY}' }}]", 2),
    ],
)
def test_a_key_in_the_file_is_refused_and_never_said_back(text, line):
    told = faults(text)
    assert any("keys never stand in this file" in each for each in told)
    assert any(each.startswith(f"walls.toml:{line}: ") and "keys never" in each for each in told)
    assert not any(part in " ".join(told) for part in (KEY[4:], "secret1"))


def test_a_pin_that_was_made_for_it_is_taken():
    line = hashed("2468", bytes(16))
    assert screen(f"pin = '{line}'").pin == line


PLANTS = [  # a line of the example, and what makes it wrong
    ('dwell = "45s"', 'dwell = "1s"', "dwell"),
    ("dashboard = 12  ", 'dashboard = "12"', "dashboard"),
    ('range = "last 7 days"', 'range = "7 moons"', "range"),
    ('palette = "light"', "palette = 3", "palette"),
    ('host = "us"  ', 'hots = "us"', "hots"),
    ('poll = "1m"', 'pole = "1m"', "pole"),
    ("tile = 34", "tile = -1", "tile"),
    ('items = ["#status", "dashboard 15"]', 'items = ["#status", "dashbord 15"]', "items[2]"),
    ('insight = "AbCd1234"', 'insight = "Ab"', "insight"),
]


@given(
    st.lists(st.sampled_from(PLANTS), min_size=1, unique=True),
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["", "# dwell = 3", "  "]))),
)
def test_every_planted_fault_is_told_at_its_line(plants, noise):
    lines = EXAMPLE.split("\n")
    for place, line in noise:
        lines.insert(place % len(lines), line)
    wanted = set()
    for fine, wrong, key in plants:
        number = next(i for i, line in enumerate(lines) if line.startswith(fine))
        lines[number] = wrong
        wanted.add((number + 1, key))
    told = faults("\n".join(lines))
    at = [re.match(r"walls\.toml:(\d+): (\S+): ", each) for each in told]
    found = {(int(each[1]), each[2]) for each in at}
    for line, key in wanted:
        assert any(line == number and path.endswith(key) for number, path in found), told
    extra = {"credentials"} if any(key == "hots" for _, key in wanted) else set()
    assert len(found) == len(wanted) + len(extra)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(st.sampled_from(EXAMPLE.split("\n")), ANY)
def test_no_value_in_any_place_breaks_the_reading(line, value):
    key = line.lstrip("#").partition(" = ")[0]
    text = EXAMPLE.replace(line, f"{key} = {toml(value)}") if " = " in line else EXAMPLE
    found = read(text)
    assert isinstance(found, Fleet) or all(each.startswith("walls.toml:") for each in found.faults)


def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(each):08x}" for each in value) + '"'
    return str(value).lower()


FAR = 2**32 + 9  # which a window would take for 9


@pytest.mark.parametrize(
    "item",
    [
        f"'dashboard {FAR}'",
        f"'{FAR}'",
        f"'dashboard 1 tile {FAR}'",
        f"'us.posthog.com/dashboard/{FAR}'",
        f"{{ dashboard = {FAR} }}",
        f"{{ dashboard = 1, tile = {FAR} }}",
    ],
)
def test_a_number_that_no_window_can_carry_is_refused(item):
    (fault,) = faults(f"[screens.lobby]\nitems = [{item}]")
    assert fault.startswith("walls.toml:2: screens.lobby.items[1]")
    assert "out of range" in fault or "is no address" in fault
