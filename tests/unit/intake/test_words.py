"""Labels of box offices → our lists, in both languages; a word nobody knows is nobody's."""

import pytest

from publicc.intake.words import (
    CHANNEL,
    LISTS,
    NOT_A_TICKET_AS_PRICE,
    PERFORMANCE_STATUS,
    PRICE_GROUP,
    TICKET_STATUS,
    folded,
)


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("Catégorie de prix*", "categorie de prix"),
        ("ŒUVRE", "oeuvre"),
        ("TicketType", "ticket type"),
        ("  65+ ", "65+"),
    ],
)
def test_folding_leaves_what_tells_labels_apart(label: str, plain: str) -> None:
    assert folded(label) == plain


@pytest.mark.parametrize(
    ("label", "code"),
    [("Payé", "VALID"), ("paid", "VALID"), ("annulé", "CANCELLED"), ("Refunded", "REFUNDED"),
     ("en attente", "RESERVED"), ("expiré", "CANCELLED"), ("exchanged", "EXCHANGED_OUT")],
)  # fmt: skip
def test_a_status_counts_only_when_it_is_valid(label: str, code: str) -> None:
    assert TICKET_STATUS.code_of(label) == code


@pytest.mark.parametrize(
    ("label", "code"), [("Courtoisie", "COMP"), ("Comp", "COMP"), ("Étudiant", "REDUCED"), ("Général", "FULL")]
)
def test_price_types_fall_in_groups(label: str, code: str) -> None:
    assert PRICE_GROUP.code_of(label) == code


@pytest.mark.parametrize(
    ("label", "code"), [("Reportée", "RESCHEDULED"), ("Annulée", "CANCELLED"), ("Prévue", "SCHEDULED")]
)
def test_what_became_of_a_performance_is_read(label: str, code: str) -> None:
    assert PERFORMANCE_STATUS.code_of(label) == code


def test_a_donation_under_a_price_type_is_no_ticket_and_a_concession_is_one() -> None:
    assert NOT_A_TICKET_AS_PRICE.code_of("Don") == "DONATION"
    assert NOT_A_TICKET_AS_PRICE.code_of("Concession") is None


@pytest.mark.parametrize("name", LISTS)
def test_a_word_nobody_knows_is_nobodys(name: str) -> None:
    assert LISTS[name].code_of("zorglub 7") is None


def test_a_channel_says_who_sold() -> None:
    assert CHANNEL.code_of("Guichet") == CHANNEL.code_of("Box office")
    assert CHANNEL.code_of("Internet") == CHANNEL.code_of("Web")
