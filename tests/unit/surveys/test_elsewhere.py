"""Answers of other programs, in the forms that these write."""

from datetime import date

from publicc.kernel.text import Text
from publicc.surveys.bank import assembled
from publicc.surveys.elsewhere import brought

CORE = assembled(Text("a", "a"), ("mod.barriers",))


def test_google_forms_joins_choices_in_one_cell() -> None:
    told = brought(
        ["Horodateur", "Qu'est-ce qui vous a fait venir ?", "Dans l'ensemble, comment a été votre sortie ?", "Nom"],
        [
            ["2026/03/04 20:11:02", "Vivre une émotion, m'évader, Le lieu", "Excellente", "Ada"],
            ["2026/03/05 08:00:00", "Le lieu, ma cousine joue", "Correcte", "Ben"],
        ],
        CORE,
    )
    assert told.people == [
        ({"core.overall.v1": "5", "core.motive.v1": ["emotion", "place"]}, date(2026, 3, 4)),
        (
            {
                "core.overall.v1": "3",
                "core.motive.v1": ["place", "other"],
                "core.motive.v1-Comment": "Le lieu, ma cousine joue",
            },
            date(2026, 3, 5),
        ),
    ]
    assert told.left_out == ["Nom"]


def test_limesurvey_puts_statements_and_choices_in_brackets_and_codes_in_cells() -> None:
    told = brought(
        [
            "submitdate", "Would you say that… [I am still thinking about it.]", "What made you come? [The place]",
            "What made you come? [Other]", "Was this your first time with us?", "ipaddr",
        ],
        [
            ["13/02/2026 10:00", "A4", "Y", "", "A1", "203.0.113.9"],
            ["01/02/2026 10:00", "A5", "", "Luck", "A4", "203.0.113.9"],
        ],
        CORE,
    )  # fmt: skip
    assert [said for said, _ in told.people] == [
        {"core.experience.v1": {"thinking": "4"}, "core.motive.v1": ["place"], "core.first.v1": "first"},
        {
            "core.experience.v1": {"thinking": "5"}, "core.motive.v1": ["other"],
            "core.motive.v1-Comment": "Luck", "core.first.v1": "often",
        },
    ]  # fmt: skip
    assert [day for _, day in told.people] == [date(2026, 2, 13), date(2026, 2, 1)]
    assert told.left_out == ["ipaddr"]
    assert told.by_order == {"core.experience.v1", "core.first.v1"}


def test_surveymonkey_has_two_lines_of_headers() -> None:
    told = brought(
        [
            "Respondent ID", "What made you come?", "column 3", "How old are you?",
            "Out of 10, would you suggest this outing to people you know?",
        ],
        [
            ["", "The place", "A price offer", "Response", "Response"],
            ["1", "The place", "A price offer", "35-44", "9"],
            ["2", "", "", "Prefer not to answer", "10 - Without hesitation"],
        ],
        CORE,
    )  # fmt: skip
    assert [said for said, _ in told.people] == [
        {"core.motive.v1": ["place", "price"], "core.age.v1": "35-44", "core.nps.v1": 9},
        {"core.age.v1": "refused", "core.nps.v1": 10},
    ]


def test_typeform_heads_a_column_with_the_words_of_a_choice() -> None:
    told = brought(
        ["#", "The artist or company", "core.nps.v1", "Submit Date (UTC)"],
        [["x1", "The artist or company", "8", "2026-01-02 03:04:05"], ["x2", "", "77", ""], ["x3", "", "", ""]],
        CORE,
    )
    assert told.people == [({"core.motive.v1": ["artist"], "core.nps.v1": 8}, date(2026, 1, 2))]
    assert told.misunderstood == {"core.nps.v1": 1}


def test_a_day_that_could_be_two_is_not_guessed() -> None:
    told = brought(["Timestamp", "core.nps.v1"], [["03/04/2026", "8"], ["", "9"], ["99/99/2026", "9"]], CORE)
    assert [day for _, day in told.people] == [None, None, None]


def test_a_file_of_something_else_says_nothing() -> None:
    told = brought(["Code client", "Nom"], [["1", "Ada"]], CORE)
    assert told.people == []
    assert told.left_out == ["Code client", "Nom"]
