"""A draft that training gave is named, published, then seen by a director on a screen and in a PDF."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import CHECKOUT, PASSWORD, Site, Visit
from tests.functional.profiled_installation import HUB, SLUG, VERSION

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = {
    "P1": ("Curieux", "Curious"),
    "P2": ("Fidèles", "Faithful"),
    "P3": ("Voisins", "Neighbours"),
    "P4": ("De passage", "Passing by"),
}
PATIENCE = 60_000


def name_and_publish(person: Visit, site: Site) -> None:
    page = person.page
    page.goto(f"{site.address}/hub/segments/{VERSION}/")
    person.check_accessible()
    for code, (french, english) in NAMES.items():
        page.fill(f"[name={code}-name_fr]", french)
        page.fill(f"[name={code}-name_en]", english)
        page.fill(f"[name={code}-card_fr]", "Ils sortent à leur façon.")
        page.fill(f"[name={code}-card_en]", "They go out their own way.")
    page.get_by_role("button", name="Garder les noms").click()
    expect(page.locator("main")).to_contain_text("Les noms et les fiches sont gardés")
    page.get_by_role("link", name="Publier cette version…").click()
    person.check_accessible()
    page.get_by_role("button", name=f"Publier la version {VERSION}").click()
    expect(page.locator("main")).to_contain_text("La version est publiée")


def wait_for_profiles(page: Page, address: str) -> None:
    """The worker scores every organization after a publication."""
    for _ in range(60):
        page.goto(address)
        if page.locator("#chart-profiles").count():
            return
        time.sleep(1)
    raise AssertionError(address)


def test_a_draft_is_named_published_and_seen_on_a_screen_and_in_a_pdf(
    site: Site, visit: Callable[..., Visit], signed_in: Callable[..., Visit]
) -> None:
    expect.set_options(timeout=PATIENCE)
    filled = [sys.executable, "-m", "tests.functional.profiled_installation", PASSWORD]
    settings = {"DJANGO_SETTINGS_MODULE": "publicc.config.settings"}
    subprocess.run(filled, env=site.environment | settings, cwd=CHECKOUT, check=True, capture_output=True)
    site.run("harmonise")
    operator = visit()
    operator.page.goto(f"{site.address}/account/login/")
    operator.page.fill("#id_login", HUB)
    operator.page.fill("#id_password", PASSWORD)
    operator.page.click("main button[type=submit]")
    operator.page.wait_for_url(f"{site.address}/hub/**")
    name_and_publish(operator, site)

    director = signed_in(slug=SLUG)
    wait_for_profiles(director.page, f"{site.address}/o/{SLUG}/segments/")
    expect(director.page.locator("main")).to_contain_text("Curieux")
    director.check_everywhere(("light", 1280), ("dark", 360))

    report = director.page.request.get(f"{site.address}/o/{SLUG}/reports/season/?format=pdf&lang=fr", timeout=PATIENCE)
    file = site.home / "bilan.pdf"
    file.write_bytes(report.body())
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    assert "Chaque profil, dans la période" in told.replace("\u00a0", " ")
    assert any(name in told for name, _ in NAMES.values())
