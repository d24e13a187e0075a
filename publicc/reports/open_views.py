"""Documents that anybody may take: the public edition of the collective portrait. Nothing of who takes one is kept."""

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from publicc.dashboards.keeping import SCREENS_CACHE, kept_under
from publicc.kernel.errors import NotFound
from publicc.kernel.text import LANGUAGES, Lang, Text
from publicc.reports.downloads import as_download
from publicc.reports.kinds import PORTRAIT, kind_of
from publicc.reports.letterhead import PLAIN
from publicc.reports.making import Made, Wanted, written
from publicc.reports.portrait import compose_portrait


@require_safe
def public_portrait_file(request: HttpRequest, language: str, form: str) -> HttpResponse:
    """The public edition as a file. Nobody signs in."""
    said: Lang | None = next((one for one in LANGUAGES if one == language), None)
    if said is None:
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    asked = {name: values for name, values in request.GET.lists() if name == "season"}
    collective = Text("Le collectif", "The collective").said(said)
    document = compose_portrait(kind_of(PORTRAIT), collective, asked, is_public=True)
    key = kept_under("public portrait", document.snapshot, said, form)
    made: Made | None = caches[SCREENS_CACHE].get(key)
    if made is None:  # written once: anybody may ask as often as they like
        made = written(document, "public", Wanted(PORTRAIT, form, said, {}), PLAIN)
        caches[SCREENS_CACHE].set(key, made)
    return as_download(made)
