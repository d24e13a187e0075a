"""The tour of a show: a producer, three presenters; one grants all, one declines, one grants part and revokes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import CHECKOUT, PASSWORD, Site, Visit, director_of, free_port, wait_until_ready

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation of its own: its pool is drawn, and no other test deposits into it."""
    home, port = tmp_path_factory.mktemp("tour"), free_port()
    kept = {name: value for name, value in os.environ.items() if name not in {"PUBLICC_TESTING", "DATABASE_URL"}}
    told = {"PUBLICC_HOME": str(home), "PUBLICC_PORT": str(port), "PUBLICC_LANG": "fr", "PYTHONPATH": str(CHECKOUT)}
    environment = kept | told | {"DJANGO_SETTINGS_MODULE": "publicc.config.settings"}
    made = Site(f"http://127.0.0.1:{port}", home, environment)
    filled = [sys.executable, "-m", "tests.functional.tour_installation", PASSWORD]
    subprocess.run(filled, env=environment, cwd=CHECKOUT, check=True, capture_output=True)
    server = subprocess.Popen([sys.executable, "-m", "publicc", "serve"], env=environment)
    try:
        wait_until_ready(made.address, server)
        yield made
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def enter(tour: Site, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """The browser of someone of an organization of the tour, on *Partage de spectacles*."""

    def begin(slug: str, lang: str = "fr") -> Visit:
        person = visit(lang)
        person.page.set_default_timeout(PATIENCE)
        person.page.goto(f"{tour.address}/account/login/?next=/o/{slug}/sharing/")
        person.page.fill("#id_login", director_of(slug))
        person.page.fill("#id_password", PASSWORD)
        person.page.click("main button[type=submit]")
        person.page.wait_for_url(f"{tour.address}/o/{slug}/sharing/")
        return person

    return begin


def open_request(page: Page) -> None:
    page.locator("main").get_by_role("link", name="La Tournée").first.click()


def test_a_tour_is_asked_for_granted_declined_in_part_and_revoked(tour: Site, enter: Callable[..., Visit]) -> None:
    expect.set_options(timeout=PATIENCE)
    producer = enter("compagnie")
    asking = producer.page
    asking.get_by_role("link", name="Demander un spectacle").click()
    asking.get_by_role("link", name="La Tournée").click()
    for name in ("Nord", "Sud", "Ouest"):
        asking.get_by_label(name, exact=True).check()
    for box in asking.locator("input[name=figures]").all():
        box.check()
    asking.fill("#id_why", "La prochaine tournée.")
    producer.check_accessible()
    asking.get_by_role("button", name="Envoyer la demande").click()
    expect(asking.locator("main")).to_contain_text("En attente")

    nord = enter("nord")
    open_request(nord.page)
    preview = nord.page.locator("#preview")
    expect(preview).to_contain_text("240 entrées")
    nord.check_everywhere(("light", 1280), ("dark", 360))
    nord.page.get_by_role("button", name="Accorder").click()
    expect(nord.page.locator("main")).to_contain_text("Nord ouvre ce spectacle")
    nord.check_accessible()

    sud = enter("sud")
    open_request(sud.page)
    sud.page.fill("#word", "Une autre année.")
    sud.page.get_by_role("button", name="Décliner la demande").click()
    expect(sud.page.locator("main")).to_contain_text("a décliné")

    ouest = enter("ouest")
    open_request(ouest.page)
    for box in ouest.page.locator("input[name=figures]").all()[1:]:
        box.uncheck()
    ouest.page.get_by_text("Choisir les représentations").click()
    ouest.page.locator("input[name=nights]").last.uncheck()
    expect(ouest.page.locator("#preview")).to_contain_text("160 entrées")
    ouest.page.get_by_role("button", name="Accorder").click()

    asking.goto(f"{tour.address}/o/compagnie/sharing/")
    expect(asking.locator("main")).to_contain_text("Déclinée")
    asking.get_by_role("link", name="La Tournée").first.click()
    told = asking.locator("main")
    expect(told).to_contain_text("5 représentations chez 2 diffuseurs : 400 entrées")
    expect(told).to_contain_text("non accordé")
    expect(told).to_contain_text(re.compile(r"7\s200"))
    producer.check_everywhere(("light", 1280), ("dark", 360))
    show = asking.url

    ouest.page.get_by_role("button", name="Révoquer l'accès").click()
    expect(ouest.page.locator("main")).to_contain_text("a révoqué")
    asking.goto(show)
    expect(told).to_contain_text("3 représentations chez 1 diffuseur : 240 entrées")
    nord.page.reload()
    expect(nord.page.locator("main")).to_contain_text("A consulté un spectacle partagé")
    sud.page.goto(show.replace("/compagnie/", "/sud/"))
    expect(sud.page.locator("h1")).to_contain_text("existe pas")
    agrees(tour)


def agrees(tour: Site) -> None:
    """The audit counts what the producer was shown, and no third house is found with it."""
    release = tour.home / "releases" / "2022-09-01_2023-08-31"
    tour.run("release", "build", "--period", "2022-2023", "--out", str(release))
    audit = [sys.executable, "-m", "publicc", "release", "audit", str(release), "--json"]
    done = subprocess.run(audit, env=tour.environment, check=True, capture_output=True)
    told = json.loads(done.stdout)
    assert told["held"]
    for kind in ("grants_revenue", "grants_admissions"):
        tally = told["audit"]["by_kind"][kind]
        assert tally["attacks"] > 0
        assert (tally["exact"], tally["within"]) == (0, 0)
