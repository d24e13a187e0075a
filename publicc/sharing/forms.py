"""Forms of sharing, in the language of the page: what is asked for, what is granted, what is agreed beforehand."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.http import QueryDict

from publicc.collective.models import Organization
from publicc.dashboards.responses import lang
from publicc.kernel.text import Text
from publicc.sharing.deciding import LONGEST_DELAY, Decision, OwnShow
from publicc.sharing.models import DEFAULT_DELAY_DAYS, LONGEST_WHY, ShowRequest
from publicc.sharing.openings import figures_of
from publicc.sharing.requesting import Wish
from publicc.sharing.states import Figures
from publicc.sharing.terms import Night

_DAY: Final = Text(
    "Cette date ne se lit pas. L'écrire comme 2026-01-12.", "This date cannot be read. Write it as 2026-01-12."
)
_MISSING: Final = Text("À remplir.", "To fill in.")
_UNKNOWN: Final = Text("Ce choix n'existe pas.", "This choice does not exist.")


def _day(label: Text, *, required: bool, help_text: Text | None = None) -> forms.DateField:
    said = lang()
    return forms.DateField(
        label=label.said(said),
        required=required,
        help_text=help_text.said(said) if help_text else "",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _MISSING.said(said), "invalid": _DAY.said(said)},
    )


def _ticks(label: Text, choices: Iterable[tuple[str, str]], missing: Text) -> forms.MultipleChoiceField:
    said = lang()
    return forms.MultipleChoiceField(
        label=label.said(said),
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing.said(said), "invalid_choice": _UNKNOWN.said(said)},
    )


def figure_choices(among: Iterable[Figures] = tuple(Figures)) -> list[tuple[str, str]]:
    """Families with what they hold."""
    said = lang()
    return [(one.value, f"{one.label.said(said)} : {one.meaning.said(said)}" if said == "fr"
             else f"{one.label.said(said)}: {one.meaning.said(said)}") for one in among]  # fmt: skip


class AskForm(forms.Form):
    """What a show is asked for, of whom, why and until when."""

    def __init__(self, data: QueryDict | None, *, presenters: Sequence[Organization], until: date) -> None:
        """`presenters`: who may be asked. `until`: what is offered first as an end."""
        super().__init__(data, initial={"until": until, "form": uuid4(), "figures": [Figures.ATTENDANCE.value]})
        said = lang()
        self.fields["presenters"] = _ticks(
            Text("À qui", "Whom"),
            ((one.slug, one.name) for one in presenters),
            Text("Choisir au moins un diffuseur.", "Choose at least one presenter."),
        )
        self.fields["figures"] = _ticks(
            Text("Quels chiffres", "Which figures"),
            figure_choices(),
            Text("Choisir au moins une famille de chiffres.", "Choose at least one family of figures."),
        )
        only = Text(
            "Vide : toutes les représentations. Le profil du public ne se montre que pour toutes.",
            "Empty: every performance. The audience profile is shown of all of them only.",
        )
        self.fields["first_on"] = _day(
            Text("Représentations depuis le", "Performances from"), required=False, help_text=only
        )
        self.fields["last_on"] = _day(Text("Jusqu'au", "To"), required=False)
        self.fields["why"] = forms.CharField(
            label=Text("Pourquoi", "Why").said(said),
            max_length=LONGEST_WHY,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={
                "required": Text("Dire pourquoi, en quelques phrases.", "Say why, in a few sentences.").said(said),
                "max_length": Text("Au plus 600 caractères.", "600 characters at most.").said(said),
            },
        )
        self.fields["until"] = _day(Text("Accès jusqu'au", "Access until"), required=True)
        self.fields["form"] = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def shown(self) -> list[Any]:
        """The fields that are drawn as such: those of ticks are drawn apart."""
        return [self[name] for name in ("first_on", "last_on", "why", "until")]

    def wish(self) -> Wish:
        """What the form asks for, once it is valid."""
        told = self.cleaned_data
        return Wish(figures_of(told["figures"]), told["why"], told["until"], told["first_on"], told["last_on"])


class DecisionForm(forms.Form):
    """What is granted of a request: titles, figures, nights, delay, end, files."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        request: ShowRequest,
        shows: Sequence[OwnShow],
        nights: Sequence[Night],
        expiry: date,
    ) -> None:
        """`nights`: every performance of the titles, so that some may be left out."""
        wanted = sorted(figures_of(request.figures), key=list(Figures).index)
        self.every = frozenset(one.id for one in nights)
        self.usual = _usual(request, shows, expiry)
        super().__init__(
            data,
            initial={
                "shows": [one.id for one in shows if one.is_sure],
                "figures": [one.value for one in wanted],
                "nights": [one.id for one in nights],
                "first_on": request.first_on,
                "last_on": request.last_on,
                "delay_days": DEFAULT_DELAY_DAYS,
                "expires_on": min(expiry, request.until),
                "may_export": True,
            },
        )
        said = lang()
        self.fields["shows"] = _ticks(
            Text("Vos titres", "Your titles"),
            ((one.id, one.title) for one in shows),
            Text("Cocher au moins un titre, ou décliner.", "Tick at least one title, or decline."),
        )
        self.fields["figures"] = _ticks(
            Text("Chiffres ouverts", "Figures opened"),
            figure_choices(wanted),
            Text("Cocher au moins une famille, ou décliner.", "Tick at least one family, or decline."),
        )
        self.fields["nights"] = _ticks(
            Text("Représentations", "Performances"),
            ((one.id, one.on.isoformat() + (f", {one.place}" if one.place else "")) for one in nights),
            Text("Cocher au moins une représentation.", "Tick at least one performance."),
        )
        self.fields["first_on"] = _day(Text("Représentations depuis le", "Performances from"), required=False)
        self.fields["last_on"] = _day(Text("Jusqu'au", "To"), required=False)
        self.fields["delay_days"] = forms.IntegerField(
            label=Text("Jours après la représentation", "Days after the performance").said(said),
            min_value=1,
            max_value=LONGEST_DELAY,
            help_text=Text(
                "Rien n'est montré d'une représentation à venir. Prix et revenus attendent au moins trois mois.",
                "Nothing is shown of a performance to come. Prices and revenue wait for three months at least.",
            ).said(said),
        )
        self.fields["expires_on"] = _day(Text("Accès jusqu'au", "Access until"), required=True)
        self.fields["may_export"] = forms.BooleanField(
            label=Text("Les tableaux peuvent être téléchargés", "Tables may be downloaded").said(said), required=False
        )

    @property
    def shown(self) -> list[Any]:
        """The fields that are drawn as such."""
        return [self[name] for name in ("first_on", "last_on", "delay_days", "expires_on")]

    def decision(self) -> Decision:
        """What the form decides, once it is valid."""
        told = self.cleaned_data
        return Decision(
            figures=figures_of(told["figures"]),
            shows=frozenset(told["shows"]),
            expires_on=told["expires_on"],
            first_on=told["first_on"],
            last_on=told["last_on"],
            left_out=self.every - frozenset(told["nights"]),
            delay_days=told["delay_days"],
            may_export=told["may_export"],
        )


def _usual(request: ShowRequest, shows: Sequence[OwnShow], expiry: date) -> Decision | None:
    """What is offered before anybody changed it: all that was asked, of the titles that are sure; None without any."""
    sure = frozenset(one.id for one in shows if one.is_sure)
    if not sure:
        return None
    figures, end = figures_of(request.figures), min(expiry, request.until)
    return Decision(figures, sure, end, request.first_on, request.last_on)


class StandingForm(forms.Form):
    """What is granted beforehand, to whom, for which show."""

    def __init__(
        self, data: QueryDict | None, *, askers: Sequence[Organization], entries: Sequence[tuple[str, str]], until: date
    ) -> None:
        """`entries`: the common shows behind the organization's own titles."""
        super().__init__(
            data, initial={"until": until, "delay_days": DEFAULT_DELAY_DAYS, "figures": [Figures.ATTENDANCE.value]}
        )
        said = lang()
        self.fields["entry"] = forms.ChoiceField(label=Text("Spectacle", "Show").said(said), choices=list(entries))
        self.fields["asker"] = forms.ChoiceField(
            label=Text("Partenaire", "Partner").said(said), choices=[(one.slug, one.name) for one in askers]
        )
        self.fields["figures"] = _ticks(
            Text("Chiffres accordés d'avance", "Figures granted beforehand"),
            figure_choices(),
            Text("Choisir au moins une famille de chiffres.", "Choose at least one family of figures."),
        )
        self.fields["delay_days"] = forms.IntegerField(
            label=Text("Jours après la représentation", "Days after the performance").said(said),
            min_value=1,
            max_value=LONGEST_DELAY,
        )
        self.fields["until"] = _day(Text("Jusqu'au", "Until"), required=True)

    @property
    def shown(self) -> list[Any]:
        """The fields that are drawn as such."""
        return [self[name] for name in ("entry", "asker", "delay_days", "until")]
