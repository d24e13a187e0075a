"""A date is planned and offered, another house sees how it presses and never whose it is; the rail on the way there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.functional.conftest import Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 60_000


def test_a_planned_date_is_entered_offered_and_removed(site: Site, signed_in: Callable[..., Visit]) -> None:
    expect.set_options(timeout=PATIENCE)
    house = site.open_house("Théâtre des Dates", "theatre-des-dates")
    person = signed_in(slug=house)
    page = person.page
    page.set_default_timeout(PATIENCE)
    page.goto(f"{site.address}/o/{house}/plans/")
    person.check_accessible()
    page.fill("#id_title", "Le Fleuve")
    page.fill("#id_on", "2027-03-05")
    page.fill("#id_at", "19:30")
    page.select_option("#id_discipline", "DANCE")
    page.click("main .button-main")
    row = page.locator("tbody tr")
    expect(row).to_contain_text("Le Fleuve")
    expect(row).to_contain_text("Pour nous seuls")
    row.locator("input[type=checkbox]").check()
    page.select_option("#ticked-openness", "OFFERED")
    page.click("button[value=open]")
    expect(page.locator("tbody tr")).to_contain_text("Offerte au calendrier commun")
    page.set_viewport_size({"width": 360, "height": 800})
    person.check_accessible()
    page.get_by_text("Annuler le dernier changement").click()
    expect(page.locator("tbody tr")).to_contain_text("Pour nous seuls")
    page.goto(f"{site.address}/o/{house}/directory/breaks/?year=2027")
    expect(page.locator("main")).to_contain_text("Fête nationale")
    person.check_accessible()


def test_the_rail_is_found_again_as_it_was_folded(site: Site, signed_in: Callable[..., Visit]) -> None:
    person = signed_in()
    page = person.page
    rail = page.locator(".rail-body")
    rail.locator("[data-fold=house] summary").press("Enter")
    rail.locator("[data-fold=shows] summary").press("Enter")
    rail.get_by_text("Qui a fait quoi").click()
    rail.get_by_text("En bref").click()
    expect(rail.locator("details[open]")).to_have_count(2)
    expect(rail.locator("[data-fold=house]")).to_have_attribute("open", "")
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_text("Plus", exact=True).click()
    expect(page.locator(".more [data-fold=house] a").first).to_be_visible()
    person.check_accessible()
