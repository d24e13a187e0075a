"""An organization beside another, all its life: apply, sign, deposit, release, compare, withdraw, leave with proof."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import PASSWORD, Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME, SLUG, BESIDE = "Théâtre des Marées", "theatre-des-marees", "ballet-du-port"
DIRECTOR = "direction@marees.example"
ANALYST, APPROVERS = "analyste@pole.example", ("une@pole.example", "autre@pole.example")
PATIENCE = 120_000
SHOWS = 12
PER_SHOW = 30


def export(folder: Path, code: str) -> list[Path]:
    """One closed season: customers, performances and sales, as a box office writes them."""
    folder.mkdir()
    buyers, sales = range(120), range(SHOWS * PER_SHOW)
    tables = {
        "clients.csv": [
            "Code client;Prénom;Nom;Ville;Code Postal;Téléphone;Courriel",
            *(f"{code}{n};Prénom{n};Nom{n};Laval;H7N 1A1;450 662-{n:04d};{code}{n}@exemple.ca" for n in buyers),
        ],
        "evenements.csv": [
            "Code événement;Titre événement;Nom de la salle;Date & heure de début;Nombre de sièges",
            *(f"E{n};Pièce {n};Grande salle;{2018 + n // 4}-{n % 12 + 1:02d}-15 20:00;100" for n in range(SHOWS)),
        ],
        "transactions.csv": [
            "Numéro de transaction;Code client;Code événement;Date & heure transaction;Montant du billet",
            *(
                f"T{n};{code}{n * 7 % 120};E{n % SHOWS};{2018 + n % SHOWS // 4}-01-{n % 14 + 1:02d} 10:22;33,50"
                for n in sales
            ),
        ],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [folder / name for name in tables]


def enter(visit: Callable[..., Visit], site: Site, email: str) -> Page:
    page = patient(visit("fr").page)
    page.goto(f"{site.address}/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/(o|hub)/"))
    return page


def patient(page: Page) -> Page:
    """Wait as long as the work of others on the machine may ask."""
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=False).first.click()


@pytest.fixture
def hub(site: Site) -> None:
    site.run("account", "seat", ANALYST, "--role", "OPERATOR", "--password", PASSWORD)
    for email in APPROVERS:
        site.run("account", "seat", email, "--role", "AUDITOR", "--password", PASSWORD)


def test_an_organization_joins_compares_withdraws_and_leaves(
    site: Site, hub: None, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    site.open_house("Ballet du Port", BESIDE)
    pooled = ("--purpose", "OWN_DASHBOARD", "--purpose", "POOLED_STATISTICS", "--purpose", "COMPARISONS")
    signed = ("--signatory", "Ana Roy", "--title", "Directrice", "--on", "2026-09-01")
    site.run("account", "agreement", BESIDE, *signed, *pooled)
    site.run("deposit", BESIDE, *map(str, export(tmp_path / "ballet", "B")))

    analyst = enter(visit, site, ANALYST)
    director = joined(visit, site, analyst)
    agreed(director, site)
    deposited(director, site, export(tmp_path / "marees", "M"))
    released(visit, site, analyst)

    director.goto(f"{site.address}/o/{SLUG}/benchmarks/")
    expect(director.locator(".answer-sentence")).to_be_visible()
    director.goto(f"{site.address}/o/{SLUG}/register/")
    expect(director.locator("main")).to_contain_text("En vigueur")

    director.goto(f"{site.address}/o/{SLUG}/agreement/")
    press(director, "Retirer : Comparatifs")
    expect(director.get_by_role("button", name="Permettre : Comparatifs")).to_be_visible()

    proof = left(director, site, analyst)
    assert set(proof["left"].values()) == {0}
    assert proof["held"]["customers"] == 120
    assert director.goto(f"{site.address}/o/{SLUG}/season/").status == 404  # type: ignore[union-attr]
    assert not (site.home / "vaults" / f"{SLUG}.duckdb").exists()


def joined(visit: Callable[..., Visit], site: Site, analyst: Page) -> Page:
    """Applies by the open form; the hub judges and selects; the director takes the invitation."""
    person = visit("fr")
    page = patient(person.page)
    page.goto(f"{site.address}/join/")
    told = {
        "name": NAME, "contact": "Ana Roy, directrice", "email": DIRECTOR, "territory": "Québec", "system": "Maison",
        "seasons": "3", "policy_url": "https://marees.example/confidentialite",
        "policy_quote": "Vos données servent à la statistique.", "need": "Qui revient ?",
    }  # fmt: skip
    for field, value in told.items():
        page.fill(f"#id_{field}", value)
    person.check_accessible()
    page.click("main form button[type=submit]")
    page.wait_for_url("**/join/received/")

    analyst.goto(f"{site.address}/hub/members/")
    analyst.fill("#id_name", "Cohorte des essais")
    analyst.fill("#id_begins_on", "2026-09-01")
    analyst.click("main form button[type=submit]")
    analyst.get_by_role("link", name=NAME).first.click()
    analyst.check("#id_policy_holds")
    analyst.check("#id_data_holds")
    analyst.fill("#id_policy_note", "Lue en ligne.")
    analyst.fill("#id_data_note", "Trois saisons.")
    press(analyst, "Garder le jugement")
    press(analyst, "Retenir et inviter")
    link = re.search(r"http\S+/invitation/\S+", analyst.locator("body").inner_text())
    assert link is not None
    page.goto(link[0].rstrip("."))
    page.fill("#password", PASSWORD)
    press(page, "Ouvrir mon compte")
    page.wait_for_url(f"**/o/{SLUG}/**")
    return page


def agreed(director: Page, site: Site) -> None:
    """Signs on line, then allows two purposes more."""
    director.goto(f"{site.address}/o/{SLUG}/agreement/")
    director.fill("#id_signatory", "Ana Roy")
    director.fill("#id_title", "Directrice")
    director.check("#id_authorized")
    press(director, "Signer l'entente")
    expect(director.locator(".answer-sentence")).to_contain_text("Entente signée le")
    for purpose in ("Statistiques du collectif", "Comparatifs"):
        press(director, f"Permettre : {purpose}")
        expect(director.get_by_role("button", name=f"Retirer : {purpose}")).to_be_visible()


def deposited(director: Page, site: Site, files: list[Path]) -> None:
    director.goto(f"{site.address}/o/{SLUG}/deposit/")
    director.set_input_files("#files", files)
    director.locator("form.drop button[type=submit]").click()
    expect(director.locator("h1")).to_have_text("Voici ce que nous avons compris", timeout=PATIENCE)
    press(director, "Confirmer et recevoir")
    expect(director.locator("h1")).to_have_text("Vos fichiers sont au coffre", timeout=PATIENCE)


def released(visit: Callable[..., Visit], site: Site, analyst: Page) -> None:
    """The hub closes a period; two others approve it."""
    analyst.goto(f"{site.address}/hub/releases/")
    press(analyst, "Construire la publication")
    until(analyst, f"{site.address}/hub/releases/", "table a")
    address = analyst.locator("table a").first.get_attribute("href")
    for email in APPROVERS:
        page = enter(visit, site, email)
        page.goto(f"{site.address}{address}")
        press(page, "Approuver la publication")
    expect(page.locator("main")).to_contain_text("La publication est en vigueur")


def left(director: Page, site: Site, analyst: Page) -> dict[str, dict[str, int]]:
    """Asks to leave; the hub carries it out and hands over the signed proof."""
    director.goto(f"{site.address}/o/{SLUG}/leave/")
    director.fill("#typed", SLUG)
    press(director, "Demander le départ")
    expect(director.locator(".answer-sentence")).to_contain_text("Le départ est demandé")
    analyst.goto(f"{site.address}/hub/departures/")
    analyst.fill("input[name=typed]", SLUG)
    press(analyst, "Mener le départ")
    until(analyst, f"{site.address}/hub/departures/", "a[download]")
    with analyst.expect_download() as proof:
        analyst.get_by_role("link", name="JSON").click()
    told: dict[str, dict[str, int]] = json.loads(proof.value.path().read_text(encoding="utf-8"))
    return told


def until(page: Page, address: str, selector: str) -> None:
    """Open a page again until the worker has put something there."""
    for _ in range(PATIENCE // 1000):
        page.goto(address)
        if page.locator(selector).count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"{selector} never came at {address}")
