"""The form of a group: by cuts (any of several territories, disciplines, sizes) or organization by organization."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language

from publicc.kernel.text import Lang, Text, language
from publicc.releases.catalogue import SHORT, Released, value_label
from publicc.releases.groups.asking import Wish

_LABELS = {
    "peers_territory": Text("Territoires", "Territories"),
    "peers_discipline": Text("Disciplines", "Disciplines"),
    "peers_size": Text("Tailles", "Sizes"),
}


class GroupForm(forms.Form):
    """A name, a reason, cuts and names. Several values of one cut add up; several cuts narrow; names are added."""

    def __init__(self, data: QueryDict | None, released: Released) -> None:
        """`released`: whose public membership is offered."""
        super().__init__(data)
        self.released = released
        said = _lang()
        self.fields["name"] = _words(Text("Nom du groupe", "Name of the group"), 80)
        self.fields["why"] = _words(
            Text("Pourquoi ce groupe", "Why this group"),
            600,
            Text("Le pôle le lit avant de répondre.", "The hub reads it before it answers."),
            rows=2,
        )
        for short, label in _LABELS.items():
            values = released.values(short)
            self.fields[short] = _ticks(label, ((one, value_label(SHORT[short], one).said(said)) for one in values))
        names = ((slug, released.names.get(slug, slug)) for slug in released.membership if slug != released.viewer)
        self.fields["named"] = _ticks(
            Text("Organismes à ajouter un à un", "Organizations added one by one"),
            sorted(names, key=lambda pair: pair[1].casefold()),
        )

    @property
    def cuts(self) -> list[Any]:
        """The fields of ticks that cut, as they are drawn."""
        return [self[short] for short in _LABELS]

    def wish(self) -> Wish:
        """What is asked for, once the form is valid."""
        told = self.cleaned_data
        return Wish(told["name"], told["why"], self._members(told) | frozenset(told["named"]))

    def _members(self, told: dict[str, Any]) -> frozenset[str]:
        cuts = {SHORT[short]: set(told[short]) for short in _LABELS if told[short]}
        if not cuts:
            return frozenset()
        return frozenset(
            slug
            for slug, own in self.released.membership.items()
            if all(own.get(name) in values for name, values in cuts.items())
        )


def _lang() -> Lang:
    return language(get_language())


def _words(label: Text, most: int, help_text: Text | None = None, *, rows: int = 0) -> forms.CharField:
    said = _lang()
    return forms.CharField(
        label=label.said(said),
        max_length=most,
        help_text=help_text.said(said) if help_text else "",
        widget=forms.Textarea(attrs={"rows": rows}) if rows else None,
        error_messages={
            "required": Text("À remplir.", "To fill in.").said(said),
            "max_length": Text("Au plus {n} caractères.", "{n} characters at most.").filled(n=most).said(said),
        },
    )


def _ticks(label: Text, choices: Iterable[tuple[str, str]]) -> forms.MultipleChoiceField:
    said = _lang()
    return forms.MultipleChoiceField(
        label=label.said(said),
        choices=list(choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": Text("Ce choix n'existe pas.", "This choice does not exist.").said(said)},
    )
