"""Names of pages in the trail: of routes that exist, in words."""

from django.urls import URLPattern, URLResolver, get_resolver

from publicc.web.inner_pages import INNER_PAGES
from publicc.web.navigation import name_of
from publicc.web.templatetags.publicc import page_name


def routes(resolver: URLResolver) -> set[str]:
    found: set[str] = set()
    for one in resolver.url_patterns:
        found |= {one.name or ""} if isinstance(one, URLPattern) else routes(one)
    return found


def test_every_inner_page_that_is_named_exists_and_is_not_named_twice() -> None:
    known = routes(get_resolver())
    assert set(INNER_PAGES) - known == set()


def test_charts_and_tables_of_a_page_are_told_in_words_in_the_trail() -> None:
    inside = {one for one in routes(get_resolver()) if one.endswith(("_chart", "_picture", "_table"))}
    of_members = {one for one in inside if not one.startswith(("public_", "embedded_", "hub_", "segment_version_"))}
    assert {one for one in of_members if name_of(one) is None} == set()
    assert "quality_chart" not in page_name("quality_chart")
