"""The API as a whole: its operations, who may call, how fast, and the OpenAPI file that tells all of it."""

from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from publicc import __version__
from publicc.api import deposits, published, routes, sharing
from publicc.api.callers import RATE, BySession, ByToken, Pace
from publicc.api.problems import CONTENT_TYPE, Problem, install

PROBLEMS: Final = {
    400: "What was asked cannot be used",
    401: "A token or a session is needed",
    403: "Not open to this role or token",
    404: "There is no such thing, or it is another's",
    405: "There is no such method here",
    422: "A parameter cannot be read",
    429: "Too many calls in a minute",
    503: "The work is under way: try again later",
}
_ABOUT: Final = """Own figures, definitions, the common directory, data quality, deposits and reports.

Send `Authorization: Bearer publicc_…` (tokens are made on the site, page *Jetons d'accès*), or use the session of the
site. Words are in the language of `Accept-Language`. A figure is always a cell with its state: `shown`, `unknown` or
`withheld`. Errors are problem details (RFC 9457). Answers carry an `ETag`; rows come by pages (`limit`, `offset`)."""


_TAGGED: Final = ("_metrics", "_query", "_released_cells")


class Api(NinjaAPI):
    """The API, whose every operation tells its problems."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:  # noqa: ANN401 - ninja's own
        """The OpenAPI file."""
        told = super().get_openapi_schema(**kwargs)
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        told["components"]["schemas"] |= {**schema.pop("$defs", {}), "Problem": schema}
        body = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in told["paths"].values():
            for operation in operations.values():
                for status, words in PROBLEMS.items():
                    operation["responses"].setdefault(status, {"description": words, "content": body})
                if "parameters" in operation and operation["operationId"].endswith(_TAGGED):
                    operation["responses"].setdefault(304, {"description": "The caller holds it already"})
        return told


api = Api(
    title="Public C",
    version=__version__,
    description=_ABOUT,
    urls_namespace="api-1",
    auth=[ByToken(), BySession()],
    throttle=[Pace(RATE)],
    docs_url=None,
    openapi_url="/openapi.json",
)
api.add_router("", routes.router)
api.add_router("", deposits.router)
api.add_router("", sharing.router)
api.add_router("", published.router)
install(api)
