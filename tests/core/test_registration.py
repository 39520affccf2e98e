import configparser
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.registration import (
    desktop_entry,
    file_type,
    handler_in,
    registry_values,
    with_handler,
    without_handler,
)

OURS = "x-scheme-handler/phdesk=phdesk.desktop"


def read(text):
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read_string(text)
    return parser["Desktop Entry"]


def test_the_entry_opens_addresses_and_stands_in_the_menus():
    entry = read(desktop_entry(["/opt/phdesk/bin/phdesk"]))
    assert entry["Exec"] == '"/opt/phdesk/bin/phdesk" open %u'
    assert entry["MimeType"] == "x-scheme-handler/phdesk;application/x-phdesk-snapshot;"
    assert (entry["Type"], entry["Icon"], entry["Terminal"]) == ("Application", "phdesk", "false")


@pytest.mark.parametrize(
    "part",
    ["/a b/phdesk", '/a"b', "/a$b", "/a`b", "/a\\b", "/50%/phdesk", "/ü/phdesk"],
    ids=str,
)
def test_odd_folders_are_quoted_as_the_specification_says(part):
    line = read(desktop_entry([part, "-m", "phdesk"]))["Exec"]
    unescaped = line.replace("\\\\", "\\").replace("%%", "%")  # a string value, a field code
    first = re.match(r'"((?:[^"\\]|\\.)*)" ', unescaped)[1]
    assert re.sub(r"\\(.)", r"\1", first) == part
    assert unescaped.endswith(' "-m" "phdesk" open %u')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", f"[Default Applications]\n{OURS}\n", id="no list"),
        pytest.param(
            "[Default Applications]\ntext/html=web.desktop\n",
            f"[Default Applications]\n{OURS}\ntext/html=web.desktop\n",
            id="others stay",
        ),
        pytest.param(
            "[Added Associations]\nx-scheme-handler/phdesk=a.desktop;\n",
            "[Added Associations]\nx-scheme-handler/phdesk=a.desktop;\n\n"
            f"[Default Applications]\n{OURS}\n",
            id="another section is none of our business",
        ),
        pytest.param(
            "# mine\n[Default Applications]\n"
            "x-scheme-handler/phdesk = old.desktop;\n[Other]\na=b\n",
            f"# mine\n[Default Applications]\n{OURS}\n[Other]\na=b\n",
            id="another program's place is taken",
        ),
    ],
)
def test_the_list_of_defaults_names_our_entry(before, after):
    assert with_handler(before) == after
    assert with_handler(after) == after
    assert handler_in(after) == "phdesk.desktop"


def test_what_belongs_to_another_program_stays_when_we_go():
    theirs = "[Default Applications]\nx-scheme-handler/phdesk=other.desktop\n"
    assert without_handler(theirs) == theirs
    assert handler_in(theirs) == "other.desktop"


LINES = st.lists(st.sampled_from(["[Default Applications]", "[Other]", "a=b", "# c", "", "x"]))


@given(LINES)
def test_going_leaves_all_other_lines(lines):
    text = "\n".join(lines)
    left = without_handler(with_handler(text)).splitlines()
    assert [one for one in left if one in text.splitlines() and one] == [
        one for one in lines if one
    ]


def test_windows_starts_the_command_with_the_address():
    values = registry_values(["C:\\Program Files\\phdesk.exe"])
    assert values["Software\\Classes\\phdesk"]["URL Protocol"] == ""
    command = values["Software\\Classes\\phdesk\\shell\\open\\command"][""]
    assert command == '"C:\\Program Files\\phdesk.exe" open "%1"'
    kind = values["Software\\Classes\\.phdesk"][""]
    assert values[f"Software\\Classes\\{kind}\\shell\\open\\command"][""] == command


def test_files_are_known_by_their_suffix():
    types = ET.fromstring(file_type())
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = types.find(f"{space}mime-type")
    assert kind.get("type") in read(desktop_entry(["/opt/phdesk"]))["MimeType"].split(";")
    assert kind.find(f"{space}glob").get("pattern") == "*.phdesk"
