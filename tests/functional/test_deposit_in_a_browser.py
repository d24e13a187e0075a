"""The main job as a person does it: bring real exports, see what is understood, confirm, wait, read, undo."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import SLUG, Site, Visit
from tests.shared_data import SHARED, needs_shared

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "fr": {
        "understood": "Voici ce que nous avons compris",
        "confirm": "Confirmer et recevoir",
        "kept": "Vos fichiers sont au coffre",
        "season": "Voir ma saison",
        "admissions": "Entrées",
        "undo": "Annuler ce dépôt",
        "undone": "Ce dépôt est annulé",
        "steps": "Étapes du dépôt",
        "without": "Retirer le filtre : Internet",
    },
    "en": {
        "understood": "Here is what we understood",
        "confirm": "Confirm and receive",
        "kept": "Your files are in the vault",
        "season": "See my season",
        "admissions": "Admissions",
        "undo": "Undo this deposit",
        "undone": "This deposit is undone",
        "steps": "Steps of the deposit",
        "without": "Remove the filter: Web",
    },
}
ROOMS = {"fr": (("light", 1280), ("dark", 360)), "en": (("dark", 1280), ("light", 360))}
"""Themes and widths looked at in each language: both themes, a desk and a phone, on every screen."""
SCREENS = (
    "answers",
    "season",
    "pace",
    "audiences",
    "segments",
    "territories",
    "non-publics",
    "prices",
    "show",
    "quality",
    "glossary",
)
PATIENCE = 180_000


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_real_export_is_read_confirmed_received_and_undone(
    site: Site, signed_in: Callable[..., Visit], tmp_path: Path, lang: str
) -> None:
    words = WORDS[lang]
    export = real_export(tmp_path)
    slug = site.open_house(f"Maison {lang}", f"maison-{lang}")
    person = signed_in(lang, slug)
    page = person.page
    page.goto(f"{site.address}/o/{slug}/deposit/")
    person.check_accessible()

    page.set_input_files("#files", export)
    page.locator("form.drop button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(words["understood"], timeout=PATIENCE)
    expect(page.get_by_role("list", name=words["steps"]).locator("[aria-current=step]")).to_have_count(1)
    person.check_everywhere(*ROOMS[lang])

    page.get_by_role("button", name=words["confirm"]).click()
    expect(page.locator("h1")).to_have_text(words["kept"], timeout=PATIENCE)
    person.check_everywhere(*ROOMS[lang])
    report = page.url

    page.get_by_role("link", name=words["season"]).click()
    expect(page.locator(".answer-sentence")).to_contain_text(re.compile(r"\d"))
    person.check_everywhere(*ROOMS[lang])

    page.goto(report)
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


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_deposit_opens_the_season_its_admissions_counted(
    site: Site, signed_in: Callable[..., Visit], tmp_path: Path, lang: str
) -> None:
    words = WORDS[lang]
    slug = site.open_house(f"Scène {lang}", f"scene-{lang}")
    person = signed_in(lang, slug)
    page = person.page
    page.goto(f"{site.address}/o/{slug}/deposit/")
    page.set_input_files("#files", drawn_export(tmp_path))
    page.locator("form.drop button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(words["understood"], timeout=PATIENCE)
    page.get_by_role("button", name=words["confirm"]).click()
    expect(page.locator("h1")).to_have_text(words["kept"], timeout=PATIENCE)
    report = page.url

    page.get_by_role("link", name=words["season"]).click()
    admissions = page.locator(".tile").filter(has_text=words["admissions"]).first.locator(".tile-figure")
    expect(admissions).to_have_text(str(ADMISSIONS))
    for screen in SCREENS:
        page.goto(f"{site.address}/o/{slug}/{screen}/")
        person.check_everywhere(*ROOMS[lang])
    page.set_viewport_size({"width": 1280, "height": 900})
    check_filters(person, f"{site.address}/o/{slug}/season/", words)
    check_keyboard(page, f"{site.address}/o/{slug}/territories/")
    if lang == "fr":
        check_without_a_mouse(page, f"{site.address}/o/{slug}")

    page.goto(report)
    page.get_by_role("button", name=words["undo"]).click()
    page.locator("dialog").get_by_role("button", name=words["undo"]).click()
    expect(page.locator("h1")).to_have_text(words["undone"], timeout=PATIENCE)


def check_filters(person: Visit, season: str, words: dict[str, str]) -> None:
    """A filter repaints the page, stays in the address, is undone by the back button, and can be removed."""
    page = person.page
    page.goto(season)
    admissions = page.locator(".tile").filter(has_text=words["admissions"]).first.locator(".tile-figure")
    page.locator("#filter-channel").focus()
    page.select_option("#filter-channel", "WEB")
    expect(admissions).to_have_text(str(ADMISSIONS // 2))
    assert "channel=WEB" in page.url
    expect(page.locator("#filter-channel")).to_be_focused()
    expect(page.locator("#announced")).to_contain_text(str(ADMISSIONS // 2))
    person.check_accessible()
    page.go_back()
    expect(admissions).to_have_text(str(ADMISSIONS))
    page.go_forward()
    expect(admissions).to_have_text(str(ADMISSIONS // 2))
    page.get_by_role("link", name=words["without"]).click()
    expect(admissions).to_have_text(str(ADMISSIONS))
    assert "channel" not in page.url


def check_keyboard(page: Page, territories: str) -> None:
    """`?` tells the shortcuts, `g t` goes to the territories, and a single letter can be turned off."""
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(territories)
    page.keyboard.press("?")
    page.locator("[data-shortcuts-off]").check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_hidden()


def check_without_a_mouse(page: Page, of: str) -> None:
    """A chart's table, a bar's filter, a view kept and pinned, a note written and removed: keys alone."""
    page.goto(f"{of}/season/?season=2018-2019")
    reach(page, "Tableau : ")
    page.keyboard.press("Enter")
    expect(page.locator(".chart-twin table").first).to_be_visible()
    reach(page, "Garder cette vue")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Au clavier")
    reach(page, "Sur ma page")
    page.keyboard.press("Space")
    reach(page, "Garder")
    send(page)
    expect(page.locator("body")).to_contain_text("Au clavier")
    page.goto(f"{of}/mine/")
    reach(page, "Désépingler")
    send(page)
    expect(page.locator(".pin")).to_have_count(0)

    page.goto(f"{of}/explore/?figure=admission_count&by=month&season=2018-2019")
    reach(page, "octobre 2018")
    page.keyboard.press("Enter")
    page.wait_for_url("**period=2018-10-01..2018-10-31**")

    page.goto(f"{of}/notes/")
    page.locator("#id_on").fill("2018-10-01")
    page.locator("#id_words").focus()
    page.keyboard.type("Infolettre")
    send(page)
    reach(page, "Retirer : Infolettre")
    send(page)
    reach(page, "La rétablir")


def send(page: Page) -> None:
    """Enter on a form, and its answer."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def reach(page: Page, name: str) -> None:
    """Tab until what begins with that name has the focus, and can be seen to have it."""
    page.wait_for_load_state()
    for _ in range(200):
        page.keyboard.press("Tab")
        said = str(page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent"))
        if " ".join(said.split()).startswith(name):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", name
            return
    raise AssertionError(f"no key leads to {name}")


NIGHTS = ("2018-10-05", "2018-11-09", "2019-02-15")
SOLD_A_NIGHT = 40
ADMISSIONS = len(NIGHTS) * SOLD_A_NIGHT
CHANNELS = ("Web", "Guichet")
POSTAL_CODES = ("H2X 1Y4", "G1R 4P5", "J4K 1A1", "H7N 1A1")


def drawn_export(folder: Path) -> list[Path]:
    """Customers, sales and performances of one season, each night sold to the same forty people."""
    people = range(1, SOLD_A_NIGHT + 1)
    tables = {
        "clients.csv": [
            "Code client;Prénom;Nom;Ville;Province;Pays;Code Postal;Courriel",
            *(f"C{p};Ada;Tremblay{p};Ville;QC;Canada;{POSTAL_CODES[p % 4]};ada{p}@exemple.test" for p in people),
        ],
        "evenements.csv": [
            "Code événement;Titre événement;Nom de la salle;Date & heure de début;Nombre de sièges;Discipline",
            *(f"E{night};Spectacle {night % 2};Grande salle;{on} 20:00;100;Théâtre" for night, on in enumerate(NIGHTS)),
        ],
        "transactions.csv": [
            "Numéro de transaction;Code client;Code événement;Date & heure transaction;Montant du billet;"
            "Catégorie de prix;Canal de transaction",
            *(
                f"{100 * night + p};C{p};E{night};2018-09-{1 + p % 28:02} 10:22;33,50;Régulier;{CHANNELS[p % 2]}"
                for night in range(len(NIGHTS))
                for p in people
            ),
        ],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [folder / name for name in tables]


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
