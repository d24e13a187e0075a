"""Doubtful pairs answered by keyboard alone, in two languages, both themes and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from publicc.harmonise.review import book
from publicc.harmonise.review.evidence import Degree, FieldEvidence, evidence_json
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault
from tests.drawn_vaults import fill
from tests.functional.conftest import PASSWORD, SLUG, Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEWARD = "donnees@theatre-du-nord.example"
CUSTOMERS = """
    customer_key | first_name | last_name | address    | city  | phone
    -------------+------------+-----------+------------+-------+-------------
    r1           | Marc       | Bellerose | 3 rue Nord | Laval | 450 662 2222
    r2           | M          | Bellerose | 3 rue Nord | Laval | -
    r3           | Marie      | Bellerose | 3 rue Nord | Laval | -
"""
EVIDENCE = evidence_json(
    (
        FieldEvidence("given_name", Degree.NEAR, "initials", None, 2.5),
        FieldEvidence("surname", Degree.AGREE, "exact", 9, 8.0),
        FieldEvidence("place", Degree.AGREE, "same door", None, 6.5),
        FieldEvidence("phone", Degree.ABSENT, "absent", None, 0.0),
        FieldEvidence("email", Degree.DIFFER, "different", None, -1.5),
    )
)
PATIENCE = 120_000
WORDS = {
    "fr": ("Est-ce la même personne", "Rien à réviser", "Votre réponse est annulée."),
    "en": ("Is this the same person", "Nothing to review", "Your answer is undone."),
}


@pytest.fixture
def pairs(site: Site) -> None:
    """Two pairs that wait, whatever was answered before."""
    home = Home(site.home)
    ring = KeyRing.open(home)
    fill(home, SLUG, deposit=77, customers=CUSTOMERS)
    with open_vault(home, ring, SLUG) as vault:
        book.open_book(vault)
        vault.execute("DELETE FROM review_pairs; DELETE FROM review_answers")
        for name, right, weight in (("first", "r2", 2.0), ("second", "r3", 1.0)):
            vault.execute(
                f"""INSERT INTO review_pairs
                VALUES (?, '{SLUG}', 'box', 'r1', '{SLUG}', 'box', ?, 0.44, false, 'APART', ?, ?)""",
                [name, right, weight, EVIDENCE],
            )
    site.run("account", "member", SLUG, STEWARD, "--role", "STEWARD", "--password", PASSWORD)


def steward(site: Site, visit: Callable[..., Visit], lang: str, theme: str, width: int) -> Visit:
    expect.set_options(timeout=PATIENCE)
    person = visit(lang, theme, width)
    person.page.set_default_timeout(PATIENCE)
    person.page.goto(f"{site.address}/account/login/")
    person.page.fill("#id_login", STEWARD)
    person.page.fill("#id_password", PASSWORD)
    person.page.click("main button[type=submit]")
    person.page.wait_for_url(f"{site.address}/o/{SLUG}/**")
    person.page.goto(f"{site.address}/o/{SLUG}/review/")
    return person


@pytest.mark.parametrize(("lang", "theme", "width"), [("fr", "light", 1280), ("en", "dark", 360)])
def test_pairs_are_answered_passed_over_and_undone_by_keyboard(
    site: Site, pairs: None, visit: Callable[..., Visit], lang: str, theme: str, width: int
) -> None:
    asked, none, undone = WORDS[lang]
    person = steward(site, visit, lang, theme, width)
    page = person.page
    expect(page.locator("h1")).to_contain_text(asked)
    expect(page.locator("[data-pair]")).to_be_focused()
    expect(page.locator("[data-pair]")).to_contain_text("450 662 2222")
    person.check_accessible()

    page.keyboard.press("n")
    person.expect_pair("form[action*='/second/answer/']")
    page.goto(f"{site.address}/o/{SLUG}/review/")
    page.keyboard.press("2")
    person.expect_pair("form[action*='/second/answer/']")
    page.keyboard.press("z")
    person.expect_pair("form[action*='/first/answer/']")
    expect(page.locator("main")).to_contain_text(undone)
    page.keyboard.press("1")
    person.expect_pair("form[action*='/second/answer/']")
    page.keyboard.press("4")
    expect(page.locator("h1")).to_contain_text(none)
    person.check_accessible()

    page.goto(f"{site.address}/o/{SLUG}/review/sensitivity/")
    person.check_accessible()


def test_keys_mean_nothing_outside_the_pair(site: Site, pairs: None, visit: Callable[..., Visit]) -> None:
    page = steward(site, visit, "fr", "light", 1280).page
    page.locator(".brand").focus()
    page.keyboard.press("1")
    expect(page.locator("form[action*='/first/answer/']")).to_be_visible()
