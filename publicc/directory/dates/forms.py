"""The form of one planned date, in the language of the page."""

from typing import Any

from django import forms

from publicc.directory.dates import reading
from publicc.directory.dates.openness import Openness
from publicc.directory.dates.reading import Planned
from publicc.kernel import postal_codes
from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import Discipline

_LABELS = {
    "title": Text("Titre (vous seul le voyez)", "Title (only you see it)"),
    "on": Text("Date", "Date"),
    "at": Text("Heure", "Time"),
    "discipline": Text("Discipline", "Discipline"),
    "room": Text("Salle", "Room"),
    "postal_code": Text("Code postal de la salle", "Postal code of the room"),
    "seats": Text("Jauge habituelle", "Usual seats"),
    "openness": Text("Qui peut le savoir", "Who may know"),
}
_HELP = {
    "postal_code": Text("Pour la distance; vide si la salle est décrite.", "For distances; empty if known already."),
    "openness": Text(
        "Offerte : date, discipline, jauge et distance, sans titre ni nom. Annoncée : la salle aussi.",
        "In the common calendar: date, discipline, seats and distance, no title or name. Announced: the room too.",
    ),
}  # fmt: skip


class PlanForm(forms.Form):
    """One date. What is shared is chosen each time; by default nothing is."""

    title = forms.CharField(max_length=400)
    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    discipline = forms.ChoiceField()
    room = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"list": "usual-rooms"}))
    postal_code = forms.CharField(max_length=7, required=False)
    seats = forms.IntegerField(min_value=1, max_value=reading.MOST_SEATS, required=False)
    openness = forms.ChoiceField(initial=Openness.HELD.value)

    def __init__(self, *args: Any, lang: Lang, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self._lang = lang
        self._choices("discipline", [(one.value, one.label.said(lang)) for one in Discipline])
        self._choices("openness", [(one.value, one.label.said(lang)) for one in Openness])
        for name, field in self.fields.items():
            field.label = _LABELS[name].said(lang)
            field.help_text = _HELP[name].said(lang) if name in _HELP else ""
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_helptext"

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_postal_code(self) -> str:
        """A whole Canadian code, or nothing."""
        told = str(self.cleaned_data.get("postal_code") or "")
        code = postal_codes.full_code(told)
        if told and code is None:
            raise forms.ValidationError(
                Text(
                    "Écrire un code postal canadien, comme H2X 1Y4.", "Write a Canadian postal code, like H2X 1Y4."
                ).said(self._lang)
            )
        return code or ""

    def planned(self) -> Planned:
        """The date that was written, once the form is valid."""
        told = self.cleaned_data
        at = told["at"].replace(second=0) if told["at"] else None
        key = reading.key_of(told["on"].isoformat(), str(at or ""), told["title"], told["room"])
        return Planned(
            key=key, title=told["title"], on=told["on"], at=at, discipline=told["discipline"], room=told["room"],
            postal_code=told["postal_code"], seats=told["seats"], openness=told["openness"],
        )  # fmt: skip
