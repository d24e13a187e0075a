"""The round of the photographer: every screen and state, loaded once a language, seen in each theme and width."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from pictures.stage import BUSY, EMPTY, FULL, PASSWORD, Stage, bring

HEIGHT = 900
SALES = """Numéro de transaction;Code client;Code événement;Date & heure transaction;Montant du billet;Catégorie de prix;Ancien champ
7001;C1;E1;03/04/2019 10:22;33,50;Régulier;x
7002;C2;E1;05/06/2019 11:02;1 234,50 $;Étudiant;x
7003;C9;E7;06/07/2019 09:00;gratuit;Faveur;x
""".encode()  # noqa: E501 - as an export writes it
NOT_A_TABLE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@dataclass(frozen=True)
class Scene:
    """One screen in one state: its name, its address, what is done there before the picture."""

    name: str
    address: str
    then: Callable[[Page], None] | None = None
    breaks: bool = False
    """Whether the site is meant to fail there."""


def sign_in(page: Page, address: str, email: str) -> None:
    """Come in as someone of the demonstration."""
    page.goto(f"{address}/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/account/" not in url)


def scenes(page: Page, site: Stage) -> Iterator[Scene]:
    """Every screen of a signed-in director, then what goes wrong. Deposits are made here, once."""
    of = f"{site.address}/o"
    yield Scene("choose", f"{site.address}/")
    for route in rail(page, f"{of}/{FULL}/season/"):
        yield Scene(route.removeprefix(f"{of}/{FULL}/").strip("/").replace("/", "-"), route)
    yield Scene("season-filtered", f"{of}/{FULL}/season/?season=2016-2017&discipline=THEATRE&channel=WEB")
    yield Scene("season-nothing", f"{of}/{FULL}/season/?period=2031-09-01..2032-08-31")
    yield Scene("season-definition", f"{of}/{FULL}/season/", open_definition)
    yield Scene("kept-views", f"{of}/{FULL}/season/?season=2024-2025", keep_view)
    yield Scene("show-one", f"{of}/{FULL}/show/", open_show)
    yield Scene("season-table", f"{of}/{FULL}/season/", open_table)
    yield Scene("deposit-review", bring(page, site, "ventes_2019.csv", SALES))
    yield Scene("deposit-refused", bring(page, site, "photo.csv", NOT_A_TABLE))
    yield Scene("deposit-progress", newest(page, f"{of}/{BUSY}/deposit/"))
    yield Scene("deposit-report", newest(page, f"{of}/{FULL}/deposit/", at=2))
    for screen in ("season", "audiences", "quality", "deposit"):
        yield Scene(f"empty-{screen}", f"{of}/{EMPTY}/{screen}/")
    yield Scene("not-found", f"{of}/nowhere/season/")


def rail(page: Page, address: str) -> list[str]:
    """Every page of the rail."""
    page.goto(address)
    return list(page.eval_on_selector_all(".rail a", "links => links.map(link => link.href)"))


def newest(page: Page, address: str, at: int = 0) -> str:
    """The address of a deposit in the history, the newest first."""
    page.goto(address)
    return str(page.locator("tbody th a").nth(at).evaluate("link => link.href"))


def open_definition(page: Page) -> None:
    """Open what the first figure means."""
    page.locator(".tile .what").first.click()


def open_show(page: Page) -> None:
    """Open the page of the first show of the list."""
    page.locator("tbody th a").first.click()
    page.wait_for_url("**show=**")


def keep_view(page: Page) -> None:
    """Keep the view under a name; it is then found in brief."""
    page.locator(".keep summary").click()
    page.fill("#keep-name", "Saison passée, pour le conseil")
    page.locator(".keep [type=checkbox]").check()
    page.locator(".keep [type=submit]").click()
    page.locator(".keep summary").click()
    page.locator(".rail a").first.click()


def open_table(page: Page) -> None:
    """Open the table of the first chart."""
    page.locator("[data-shows]").first.click()


@dataclass(frozen=True)
class Round:
    """What is photographed: themes, widths, whether axe is asked."""

    themes: tuple[str, ...]
    widths: tuple[int, ...]
    folder: Path
    with_axe: bool


def shoot(page: Page, scene: Scene, lang: str, asked: Round) -> list[str]:
    """Every picture of a scene in one language; what is wrong with the page, in words."""
    told: list[str] = []
    page.set_viewport_size(ViewportSize(width=asked.widths[-1], height=HEIGHT))
    answer = page.goto(scene.address)
    if answer and answer.status >= 500 and not scene.breaks:
        told.append(f"{scene.name}: the site answered {answer.status}")
    if scene.then:
        scene.then(page)
    for theme in asked.themes:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for width in asked.widths:
            page.set_viewport_size(ViewportSize(width=width, height=HEIGHT))
            settle(page)
            name = f"{scene.name}-{lang}-{theme}-{width}.png"
            page.screenshot(path=asked.folder / name, full_page=True)
            told.extend(f"{name}: {one}" for one in faults(page, with_axe=asked.with_axe))
    return told


def settle(page: Page) -> None:
    """Wait until every chart in sight has been drawn at this width and in this theme."""
    page.locator("[data-chart]:not([data-drawn])").first.wait_for(state="detached")
    page.wait_for_timeout(250)


def faults(page: Page, *, with_axe: bool) -> Iterator[str]:
    """What is wrong with the page as it stands."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        yield f"{wide} px wider than the window"
    for one in Axe().run(page).response["violations"] if with_axe else []:
        yield f"{one['id']} {[node['target'] for node in one['nodes']][:3]}"
