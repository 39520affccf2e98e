"""Which line a key of a TOML text stands on: in any layout, that of its writing."""

import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phdesk.core.wall.lines import line_of, located, syntax_fault, written

NAMES = st.sampled_from(["a", "b", "items", "HDMI-1", "x y", "é", "[t]", "a.b", "=", '#"'])
NOISE = st.sampled_from(["", "# a note ] } \"\"\" '''", "   ", "\t# [a]", "#key = 1"])
TEXTS = st.sampled_from(["", "one", "# no note", "[a]", 'say "x"', "b = 2", "\\", "]", "ü"])


class Page:
    """Writes TOML in a layout of its own, and knows where it wrote what."""

    def __init__(self, draw):
        self.draw, self.lines, self.found = draw, [], {(): 1}

    def noise(self):
        self.lines += self.draw(st.lists(NOISE, max_size=2))

    def mark(self, path):
        self.found.setdefault(path, len(self.lines) + 1)

    def text(self):
        words = self.draw(TEXTS)
        if self.draw(st.booleans()):
            return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
        lines = self.draw(st.lists(TEXTS.filter(lambda each: "\\" not in each), max_size=3))
        return "'''" + "\n".join(["", *lines]) + "'''"

    def statement(self, path, name):
        self.noise()
        self.mark((*path, name))
        kind = self.draw(st.sampled_from(["plain", "text", "list", "table", "dotted"]))
        if kind == "dotted":
            self.mark((*path, name, "deep"))
            self.write(f"{quoted(name)}.deep = 1")
        elif kind == "list":
            self.array((*path, name), f"{quoted(name)} = [")
        elif kind == "table":
            self.mark((*path, name, "in"))
            self.write(f"{quoted(name)} = {{ in = {self.text()} }}  # {{")
        else:
            self.write(f"{quoted(name)} = {self.text() if kind == 'text' else '08:30:00'}  # ]")

    most = 0  # names and places on the way to the innermost array

    def array(self, path, begin):
        if isinstance(path[-1], str):  # the outermost of a statement
            self.most = len(path) + 2
        if self.draw(st.booleans()):
            self.write(begin)
            for place in range(self.draw(st.integers(0, 4))):
                self.noise()
                self.entry((*path, place), ",")
            self.noise()
            self.write("]")
        else:
            self.mark((*path, 0))
            self.write(f"{begin} {self.text()} ]")

    def entry(self, path, end):
        self.mark(path)
        if self.draw(st.booleans()):
            self.mark((*path, "k"))
            self.write(f"{{ k = {self.text()} }}{end}  # ,")
        elif len(path) < self.most and self.draw(st.booleans()):
            self.array(path, "  [")
            self.lines[-1] += end
        else:
            self.write(f"  {self.text()}{end}")

    def write(self, text):
        self.lines += text.split("\n")

    def table(self, path, header):
        self.noise()
        for depth in range(1, len(path) + 1):
            self.mark(path[:depth])
        self.write(header)
        for name in self.draw(st.lists(NAMES, unique=True, max_size=3)):
            self.statement(path, name)


def quoted(name):
    return "'" + name + "'" if not name.isascii() or not name.isalnum() else name


@st.composite
def pages(draw):
    page = Page(draw)
    for name in draw(st.lists(NAMES, unique=True, max_size=2)):
        page.statement((), f"top-{name}")
    for number in range(draw(st.integers(0, 3))):
        name = draw(NAMES)
        home = (f"{number}", name)
        inner = ".".join(map(quoted, home))
        if draw(st.booleans()):
            page.table(home, f"  [{inner}]  # [[x]]")
            continue
        for place in range(draw(st.integers(1, 3))):
            page.table((*home, place), f"[[ {inner} ]]")
            if draw(st.booleans()):
                page.table((*home, place, "sub"), f"[{inner}.sub]")
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    return ending.join(page.lines), page.found


@given(pages())
def test_every_key_is_found_on_the_line_on_which_it_was_written(page):
    text, wanted = page
    tomllib.loads(text)
    assert located(text) == wanted


@given(pages(), st.data())
def test_a_key_that_is_missing_is_told_where_its_table_begins(page, data):
    _, found = page
    path = data.draw(st.sampled_from(sorted(found, key=str)))
    assert line_of((*path, "missing", 3), found) == found[path]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((), ""),
        (("screens", "lobby", "items", 1, "dwell"), "screens.lobby.items[2].dwell"),
        (("screens", "HDMI-1", "a b"), 'screens.HDMI-1."a b"'),
    ],
)
def test_a_path_is_written_as_people_read_it(path, words):
    assert written(path) == words


@given(st.integers(0, 20), st.sampled_from(["a = ", "[a", "a b", "= 1", "x = [1,, 2]", 'x = "a']))
@example(0, "x = [")
@example(4, 'x = """')
def test_what_is_no_toml_is_told_at_its_line(before, fault):
    text = "# fine\n" * before + fault
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    line, words = syntax_fault(error.value, text)
    assert line == before + 1
    assert "line" not in words
    assert words
