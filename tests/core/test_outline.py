"""Headings and tiles of a dashboard, one below the other."""

from phdesk.core.charts.spec import MarkdownBody, NoticeBody, TileView
from phdesk.core.charts.text import headings, text_view
from phdesk.core.outline import outline
from phdesk.models.dashboard import TextCard


def tile(title):
    body = NoticeBody(state="empty", headline="")
    return TileView(title=title, kind="x", kind_label="Trends", display="", summary="", body=body)


def card(source):
    view = text_view(TextCard(source))
    assert isinstance(view.body, MarkdownBody)
    return view


def listed(*views):
    return [(one.tile, one.depth, one.text) for one in outline(enumerate(views))]


def test_tiles_stand_below_the_heading_before_them():
    found = listed(
        tile("Hero"), card("## Revenue"), tile("By day"), card("## Customers"), tile("New")
    )
    assert found == [
        (0, 0, "Hero"),
        (1, 0, "Revenue"),
        (2, 1, "By day"),
        (3, 0, "Customers"),
        (4, 1, "New"),
    ]


def test_every_heading_of_a_card_is_listed_and_no_depth_is_skipped():
    found = listed(card("# A\n\nwords\n\n#### B **bold**\n\n## C"), tile("t"))
    assert found == [(0, 0, "A"), (0, 1, "B bold"), (0, 1, "C"), (1, 2, "t")]


def test_a_larger_heading_ends_what_is_below_smaller_ones():
    found = listed(card("### A"), card("# B"), card("### C"), card("## D"))
    assert [depth for _, depth, _ in found] == [0, 0, 1, 1]


def test_a_card_without_a_heading_is_listed_by_its_words():
    assert listed(card("Only *paid* traffic."), card("")) == [
        (0, 0, "Only paid traffic."),
        (1, 0, "Text"),
    ]


def test_a_line_says_what_it_is():
    kinds = [one.kind for one in outline(enumerate([card("# A"), tile("t"), card("words")]))]
    assert kinds == ["Section", "Trends", "Text"]


def test_comments_in_code_are_no_headings():
    assert headings("# Real\n```sh\n# not\n```\n~~~\n# nor\n~~~\n## Too") == [
        (1, "Real"),
        (2, "Too"),
    ]
    assert headings("```\n# never closed") == []
