"""A survey built, published, answered on a phone with and without script, and read, by people of no technique."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from publicc.kernel.period import Period
from publicc.releases.signing import signer_of
from publicc.store.home import Home
from tests.functional.conftest import Site, Visit
from tests.integration.surveys.releasing import release_surveys

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000


def go_on(page: Page) -> None:
    page.click("button.answering-go")


def answer_on_a_phone(page: Page, address: str) -> None:
    """Every screen to the end, by touch; the own question is asked to those who came for the first time."""
    page.goto(address)
    go_on(page)
    page.get_by_text("Excellente", exact=True).click()
    page.locator("label.scale-step", has_text="9").click()
    go_on(page)
    page.get_by_text("Oui, la première fois").click()
    go_on(page)
    page.get_by_text("L'escalier").click()
    go_on(page)
    page.locator("textarea").fill("Superbe 🎭")
    go_on(page)
    page.get_by_text("35-44 ans").click()
    go_on(page)
    expect(page.locator("h1")).to_contain_text("Merci")


def compare(site: Site, slug: str) -> None:
    """The hub releases the days around today, in which twelve other houses were recommended."""
    home, today = Home(site.home), timezone.localdate()
    told = {slug: 40.0} | {f"house-{at}": 20.0 + 2 * at for at in range(12)}
    around = Period(today - timedelta(days=40), today + timedelta(days=40))
    release_surveys(home, signer_of(home), around, {"survey.core.nps.v1": told})


def read_beside_peers(page: Page, site: Site, slug: str) -> None:
    """Before a release, what opens the comparison; after, the median of the others."""
    expect(page.locator("#beside + p")).to_contain_text("La comparaison s'ouvre")
    compare(site, slug)
    page.reload()
    expect(page.get_by_role("row", name="Recommandation nette")).to_contain_text("+31 (12 organismes)")
    expect(page.locator("#beside + p")).to_contain_text("trop peu de vos réponses")


def test_a_survey_is_built_published_answered_on_a_phone_and_read(
    site: Site, browser: Browser, visit: Callable[..., Visit], signed_in: Callable[..., Visit]
) -> None:
    expect.set_options(timeout=PATIENCE)
    slug = site.open_house("Maison des sondages", "maison-des-sondages")
    owner = signed_in(slug=slug)
    page = owner.page
    page.set_default_timeout(PATIENCE)

    page.goto(f"{site.address}/o/{slug}/surveys/")
    page.get_by_role("button", name="Préparer le sondage").click()
    owner.check_accessible()
    page.get_by_role("link", name="Ajouter une question").click()
    page.fill("#title_fr", "Qu'est-ce qui vous a gêné ?")
    page.fill("#title_en", "What bothered you?")
    page.fill("#choices_fr", "Le bruit\nL'escalier")
    page.fill("#choices_en", "Noise\nThe stairs")
    page.select_option("#condition", "{core.first.v1} = 'first'")
    owner.check_accessible()
    page.get_by_role("button", name="Enregistrer la question").click()
    page.get_by_role("link", name="Sur un téléphone").click()
    expect(page.locator("main")).to_contain_text("Le bruit")
    owner.check_accessible()
    page.get_by_role("link", name="Questions", exact=True).click()
    page.get_by_role("button", name="Publier").click()
    address = page.locator("td a").first.get_attribute("href") or ""

    respondent = visit(width=360)
    respondent.page.set_default_timeout(PATIENCE)
    answer_on_a_phone(respondent.page, address)
    respondent.check_accessible()
    respondent.page.goto(address)
    respondent.check_accessible()
    go_on(respondent.page)
    respondent.check_accessible()
    go_on(respondent.page)
    for choice in ("Le lieu", "Une offre sur le prix", "L'artiste ou la compagnie"):
        respondent.page.get_by_text(choice, exact=True).click()
    expect(respondent.page.get_by_role("checkbox", name="L'œuvre ou le titre")).to_be_disabled()

    plain = browser.new_context(java_script_enabled=False, locale="fr-CA", viewport={"width": 360, "height": 740})
    try:
        for _ in range(9):
            answer_on_a_phone(plain.new_page(), address)
            plain.clear_cookies()
    finally:
        plain.close()

    page.get_by_role("link", name="Résultats").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\b1[01] réponses"))
    expect(page.locator("main")).to_contain_text("L'escalier")
    owner.check_accessible()
    read_beside_peers(page, site, slug)
    owner.check_accessible()
    page.set_viewport_size({"width": 360, "height": 740})
    owner.check_accessible()
