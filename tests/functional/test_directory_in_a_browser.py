"""Labels mapped to the common directory by keyboard alone, in two languages, both themes and on a phone."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.functional.conftest import PASSWORD, SLUG, Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEWARD = "repertoire@theatre-du-nord.example"
PATIENCE = 120_000
_LABELS = """
import django
django.setup()
from publicc.directory.common import Seen, SeenShow
from publicc.directory.models import Change, Entry, Label
from publicc.directory.proposing import propose
for table in (Change, Label, Entry):
    table.objects.all().delete()
Entry.objects.create(kind="SHOW", name_fr="A Northern Tale The Musical", origin="PERSON", is_listed=True)
titles = {{"n1": "A Northern Tale", "n2": "Le Fleuve"}}
propose(Seen(tuple(SeenShow("{slug}", own_id, title) for own_id, title in titles.items())))
"""
WORDS = {
    "fr": ("Est-ce ce spectacle", "Rien à classer", "Votre réponse est annulée.", "hésite"),
    "en": ("Is it this show", "Nothing to map", "Your answer is undone.", "hesitates"),
}


@pytest.fixture
def labels(site: Site) -> None:
    """Two titles that wait, whatever was answered before: one doubtful, one that no other organization brought."""
    program = [sys.executable, "-c", _LABELS.format(slug=SLUG)]
    settings = {"DJANGO_SETTINGS_MODULE": "publicc.config.settings"}
    subprocess.run(program, env=site.environment | settings, check=True, capture_output=True)
    site.run("account", "member", SLUG, STEWARD, "--role", "STEWARD", "--password", PASSWORD)


@pytest.mark.parametrize(("lang", "theme", "width"), [("fr", "light", 1280), ("en", "dark", 360)])
def test_labels_are_confirmed_refused_corrected_and_undone_by_keyboard(
    site: Site, labels: None, visit: Callable[..., Visit], lang: str, theme: str, width: int
) -> None:
    expect.set_options(timeout=PATIENCE)
    asked, none, undone, hesitates = WORDS[lang]
    person = visit(lang, theme, width)
    page = person.page
    page.set_default_timeout(PATIENCE)
    page.goto(f"{site.address}/account/login/")
    page.fill("#id_login", STEWARD)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{site.address}/o/{SLUG}/**")
    page.goto(f"{site.address}/o/{SLUG}/directory/")
    pair = page.locator("[data-pair]")
    expect(page.locator("h1")).to_contain_text(asked)
    expect(pair).to_be_focused()
    expect(pair).to_contain_text(hesitates)
    person.check_accessible()

    page.keyboard.press("2")
    person.expect_pair("[data-pair]:has-text('Le Fleuve')")
    page.keyboard.press("z")
    expect(page.locator("main")).to_contain_text(undone)
    person.expect_pair(f"[data-pair]:has-text('{hesitates}')")
    page.keyboard.press("3")
    expect(page.locator("#right-name")).to_be_focused()
    page.keyboard.type("1, 2, n, z")
    page.keyboard.press("Enter")
    person.expect_pair("[data-pair]:has-text('Le Fleuve')")
    page.keyboard.press("1")
    expect(page.locator("h1")).to_contain_text(none)
    person.check_accessible()
