"""What someone types between blocks: a few marks are read, everything else is words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publicc.reports.prose import LONGEST, Paragraph, Run, read_prose


def test_headings_lists_strong_and_emphasis_are_read() -> None:
    told = read_prose("# Notre année\n\nUne **belle** saison,\nvraiment *belle*.\n\n- un\n- deux\n\n1. trois")
    assert told == (
        Paragraph("heading", (Run("Notre année"),)),
        Paragraph(
            "paragraph",
            (
                Run("Une "),
                Run("belle", strong=True),
                Run(" saison,"),
                Run(" "),
                Run("vraiment "),
                Run("belle", emphasis=True),
                Run("."),
            ),
        ),
        Paragraph("item", (Run("un"),)),
        Paragraph("item", (Run("deux"),)),
        Paragraph("item", (Run("trois"),), "1."),
    )
    assert [one.plain for one in told[-2:]] == ["– deux", "1. trois"]


@pytest.mark.parametrize(
    "written",
    ["<script>alert(1)</script>", "[ici](javascript:alert(1))", "![x](https://a.example/p.png)", "`code`", "| a | b |"],
)
def test_everything_else_is_words(written: str) -> None:
    (paragraph,) = read_prose(written)
    assert paragraph.plain == written


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_whatever_is_typed_is_read_as_words(written: str) -> None:
    for one in read_prose(written):
        assert one.plain
    assert len("".join(one.plain for one in read_prose(written * 20))) <= LONGEST * 2
