"""The main job as a person does it: bring real exports, see what is understood, confirm, wait, read, undo."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.functional.conftest import SLUG, Site, Visit
from tests.shared_data import SHARED, needs_shared

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

WORDS = {
    "fr": {
        "understood": "Voici ce que nous avons compris",
        "confirm": "Confirmer et recevoir",
        "kept": "Vos fichiers sont au coffre",
        "undo": "Annuler ce dépôt",
        "undone": "Ce dépôt est annulé",
    },
    "en": {
        "understood": "Here is what we understood",
        "confirm": "Confirm and receive",
        "kept": "Your files are in the vault",
        "undo": "Undo this deposit",
        "undone": "This deposit is undone",
    },
}
PATIENCE = 180_000


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_real_export_is_read_confirmed_received_and_undone(
    site: Site, signed_in: Callable[..., Visit], tmp_path: Path, lang: str
) -> None:
    words = WORDS[lang]
    export = real_export(tmp_path)
    person = signed_in(lang)
    page = person.page
    page.goto(f"{site.address}/o/{SLUG}/deposit/")
    person.check_accessible()

    page.set_input_files("#files", export)
    page.locator("form.drop button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(words["understood"], timeout=PATIENCE)
    person.check_accessible()

    page.get_by_role("button", name=words["confirm"]).click()
    expect(page.locator("h1")).to_have_text(words["kept"], timeout=PATIENCE)
    person.check_accessible()

    page.get_by_role("button", name=words["undo"]).click()
    person.check_accessible()
    page.locator("dialog").get_by_role("button", name=words["undo"]).click()
    expect(page.locator("h1")).to_have_text(words["undone"], timeout=PATIENCE)
    person.check_accessible()


def real_export(folder: Path) -> list[Path]:
    """A real one-row-a-ticket export with its customers, copied so that nothing can touch the originals."""
    names = ("orderlist_positions_default.csv", "customerlist_customers_default.csv")
    source = SHARED / "ticketing" / "pretix" / "t0"
    return [Path(shutil.copyfile(source / name, folder / name)) for name in names]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_way_in_is_readable_by_all(site: Site, visit: Callable[..., Visit], theme: str, width: int) -> None:
    person = visit("fr", theme, width)
    person.page.goto(f"{site.address}/account/login/")
    person.check_accessible()


def test_everything_is_reached_by_keyboard(site: Site, signed_in: Callable[..., Visit]) -> None:
    page = signed_in("fr").page
    page.goto(f"{site.address}/o/{SLUG}/deposit/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_language_and_theme_are_one_click_away(site: Site, signed_in: Callable[..., Visit]) -> None:
    page = signed_in("fr").page
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 23, 20)"
