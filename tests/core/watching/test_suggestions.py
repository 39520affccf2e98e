"""Which numbers the common alerts are offered for."""

import pytest
from msgspec.structs import replace

from phdesk.core.formatting import Format
from phdesk.core.watching.suggestions import TEMPLATES, TileNumbers, suggestions
from phdesk.models.watch import Address
from tests.core.watching.making import daily


def figure(measure="value", of="thing", name="", how=None, **more):
    made = replace(daily(1, 2, 3, name=name or of), address=Address(measure=measure, of=of, **more))
    return replace(made, format=how or Format())


def offered(title, *figures):
    found = suggestions([TileNumbers(7, title, figures)])
    return [one.template.key for one in found]


@pytest.mark.parametrize(
    ("title", "number", "keys"),
    [
        ("Exceptions", figure(of="$exception"), ["error-spike"]),
        ("API", figure(of="api_error_occurred"), ["error-spike"]),
        ("Growth", figure(of="signed_up"), ["signup-drop", "volume-spike"]),
        ("New users", figure(of="account_created", math="dau"), ["signup-drop"]),
        ("Checkout", figure("conversion", of="paid"), ["conversion-drop"]),
        ("Revenue", figure(of="invoice_paid", math="sum(amount)"), ["revenue-anomaly"]),
        ("Traffic", figure(of="$pageview"), ["volume-spike"]),
        ("Traffic by browser", figure(of="$pageview", part="Chrome"), []),
        ("Error rate", figure(of="formula A/B", math="x", how=Format("percentage")), []),
        ("Checkout", figure("step conversion", of="paid"), []),
        ("Signups so far", figure(of="signed_up", math="running total"), []),
        ("Revenue so far", figure(of="paid", math="running total sum(amount)"), []),
        ("Errors", figure("column", of="failed"), ["error-spike"]),
        ("Scores by day", figure("column", of="nps"), []),
        ("Signups by week", replace(figure(of="signed_up"), interval="week"), []),
        ("Mirrors", figure(of="mirror_hung", math="dau"), []),
    ],
)
def test_a_template_is_offered_by_kind_and_name(title, number, keys):
    assert offered(title, number) == keys


def test_a_title_over_several_series_is_about_none_of_them():
    found = offered("Signups and cancellations", figure(of="signed_up"), figure(of="cancelled"))
    assert found == ["signup-drop", "volume-spike", "volume-spike"]


def test_of_a_funnel_the_whole_conversion_is_offered():
    steps = [figure("conversion", of=name) for name in ("signed_up", "invited", "paid")]
    (found,) = suggestions([TileNumbers(7, "Checkout", tuple(steps))])
    assert found.figure.address.of == "paid"


def test_they_come_template_by_template():
    found = offered("Shop", figure(of="$pageview"), figure(of="error"), figure(of="signup"))
    assert found == ["error-spike", "signup-drop", "volume-spike", "volume-spike"]


def test_each_has_a_sentence_and_a_key_of_its_own():
    assert len({one.key for one in TEMPLATES}) == len(TEMPLATES) == 5
    assert all(one.sentence.startswith("Tells when ") for one in TEMPLATES)
