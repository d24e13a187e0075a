"""One chart of the public edition for another site: a still page that any site may frame. No cookie, no script.

The drawing is SVG made here, once for a wide place and once for a narrow one; its table is under it.
"""

from typing import Final

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from publicc.dashboards.charts.drawing import still
from publicc.dashboards.keeping import SCREENS_CACHE, kept_under
from publicc.dashboards.page import Chart
from publicc.dashboards.portrait.asked import Asked, asked_portrait
from publicc.dashboards.responses import GONE, areas_of, drawn_of, tag_of
from publicc.kernel.errors import NotFound
from publicc.kernel.text import LANGUAGES, Lang

WIDE, NARROW = 760, 328
_KEPT: Final = "public, max-age=86400"
_ANYWHERE: Final = {
    "default-src": [NONE],
    "script-src": [NONE],
    "connect-src": [NONE],
    "font-src": [NONE],
    "manifest-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
_CODES: Final = dict(zip(LANGUAGES, ("fr-ca", "en-ca"), strict=True))


@csp_replace(_ANYWHERE)  # type: ignore[arg-type] # it takes any view
@xframe_options_exempt
@require_safe
def embedded(request: HttpRequest, language: str, period: str, chart_id: str) -> HttpResponseBase:
    """One chart of the public edition, alone, in the language of its address."""
    said: Lang | None = next((one for one in LANGUAGES if one == language), None)
    asked = asked_portrait({}, is_public=True, period=period)
    if said is None or asked is None:
        raise NotFound(GONE)
    drawn = drawn_of(asked.screen, chart_id)
    key = kept_under("embedded", asked.chosen.name, chart_id, said)
    tag = tag_of(key)
    answer: HttpResponse = HttpResponseNotModified()
    if request.headers.get("If-None-Match") != tag:
        answer = HttpResponse(_kept(key, drawn, asked, said))
        answer["Content-Language"] = _CODES[said]
    answer["ETag"], answer["Cache-Control"] = tag, _KEPT
    return answer


@require_safe
def public_certificate(request: HttpRequest) -> JsonResponse:
    """The certificate of a release in force: how it was protected, attacked and signed."""
    asked = asked_portrait(request.GET, is_public=True)
    if asked is None:
        raise NotFound(GONE)
    return JsonResponse(asked.chosen.as_entry(), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _kept(key: str, drawn: Chart, asked: Asked, language: Lang) -> str:
    page: str | None = caches[SCREENS_CACHE].get(key)
    if page is None:
        with translation.override(_CODES[language]):
            page = _page(drawn, asked, language)
        caches[SCREENS_CACHE].set(key, page)
    return page


def _page(drawn: Chart, asked: Asked, language: Lang) -> str:
    areas = areas_of(drawn)
    told = {
        "lang": language,
        "chart": drawn,
        "wide": still(drawn, WIDE, lang=language, areas=areas),
        "narrow": still(drawn, NARROW, lang=language, narrow=True, areas=areas),
        "stamp": asked.stamp(),
        "source": f"{settings.SITE_ADDRESS}{reverse('public_portrait')}?season={asked.period}",
        "demo": settings.DEMO,
    }
    return render_to_string("dashboards/embedded.html", told)
