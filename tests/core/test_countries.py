"""Countries by their code."""

from phdesk.core.countries import COUNTRIES


def test_countries_have_the_names_that_people_say():
    wanted = {"AU": "Australia", "IS": "Iceland", "US": "United States", "GB": "United Kingdom"}
    assert {code: COUNTRIES[code] for code in wanted} == wanted
    assert COUNTRIES["KR"] == "South Korea"


def test_codes_are_two_capitals():
    assert len(COUNTRIES) >= 249
    assert all(len(code) == 2 and code.isupper() for code in COUNTRIES)
    assert all(name.strip() == name and name for name in COUNTRIES.values())
