"""`{% listing %}`: the frame of a table whose rows a page writes itself; all scroll, read and print alike.

    {% listing by="people" kind="stacked" %}
      {% column "Courriel" "E-mail" %}
      {% column "Billets" "Tickets" figure=True %}
    {% rows %}
      {% for one in people %}<tr><th scope="row">…</th><td class="is-figure">…</td></tr>{% endfor %}
    {% endlisting %}

Tables of figures are `{% data_table %}`: they sort, withhold and download.
"""

from typing import Final

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

_FRAME: Final = "components/table/listing.html"
_OPTIONS: Final = frozenset({"by", "named", "fr", "en", "kind"})
KINDS: Final = frozenset({"stacked", "prose", "dense", "review"})
"""`stacked`: on a telephone each row is a block, its cells named by `data-label`. `prose`: rows of sentences.
`dense`: lower rows. `review`: a choice in each row."""


class Listing(Node):
    """A table's frame around the columns and the rows that the page writes."""

    def __init__(self, columns: NodeList, rows: NodeList, options: dict[str, FilterExpression]) -> None:
        """`options`: `by`, the id of the heading that names it, or its name (`named`, or `fr` and `en`); `kind`."""
        self.columns, self.rows, self.options = columns, rows, options

    def render(self, context: Context) -> SafeString:
        """The table in its frame. Raises TemplateSyntaxError for a kind that there is not."""
        told = {name: one.resolve(context) for name, one in self.options.items()}
        kinds = str(told.get("kind", "")).split()
        if not KINDS.issuperset(kinds):
            raise TemplateSyntaxError(f"a listing is made of {sorted(KINDS)}, not of {kinds}")
        told |= {"columns": self.columns.render(context), "rows": self.rows.render(context), "kinds": kinds}
        return render_to_string(_FRAME, told)


def listing(parser: Parser, token: Token) -> Listing:
    """Reads `{% listing %} … {% rows %} … {% endlisting %}`. Raises TemplateSyntaxError for what it does not know."""
    columns = parser.parse(("rows",))
    parser.delete_first_token()
    rows = parser.parse(("endlisting",))
    parser.delete_first_token()
    return Listing(columns, rows, _options(parser, token.split_contents()[1:]))


def _options(parser: Parser, words: list[str]) -> dict[str, FilterExpression]:
    """Its name in both languages, or `named=` or `by=`; and its `kind=`."""
    if len(words) > 1 and "=" not in words[0]:
        words = [f"fr={words[0]}", f"en={words[1]}", *words[2:]]
    options = token_kwargs(words, parser)
    if words or not options.keys() <= _OPTIONS or not options.keys() & {"by", "named", "fr"}:
        raise TemplateSyntaxError("a listing has its name in both languages, or `named=` or `by=`, and maybe `kind=`")
    return options
