"""Postal names are unaccented, in title case, cut and abbreviated: give them back their French spelling."""

import re
import tomllib
from pathlib import Path

from publicc.directory.names import folded

_ACCENTED = """
Abbé Achigan Adèle Aimé Albanel Ancêtres Andréville André Angèle Antoine Anse Arsène Aurélie Barnabé Barthélemy Béarn
Béatrix Beaupré Bécancour Bégin Benoît Béthanie Bonsecours Borromée Brébeuf Bretenières Bélair Carré Carrières
Cascapédia Cayamant Cécile Cèdres Célestin Césaire Château Châteauguay Chénéville Clément Cléophas Cœur Côme Côte
Dégelis Déléage Désert Doré Dorothée Éboulements Écorces Édouard Édgar Edwidge Élie Élisabeth Élizabeth Éloi Elzéar
Émélie Émile Énergie Entrée Épée Éphrem Épiphane Épiphanie Espérance Estérel Étang Éternité Étienne Eugène Euphémie
Eusèbe Évangéliste Évariste Fatima Félicien Félicité Félix Ferréol Foy François Françoise Frédéric Frontière
Fugèreville Gaspé Gédéon Geneviève Gérard Gethsémani Grégoire Grès Guérin Guénette Hébertville Hélène Hénédine
Herménégilde Hérouxville Héva Honoré Île Îles Irène Irénée Jérôme Jérémie Jonquière Kénogami Lavallée Ladrière
Laterrière Laverlochère Léandre Léon Léonard Léry Lévis Lévrard Lièvre Linière Lotbinière Majeur Maskinongé Matapédia
Méchins Médard Mégantic Mékinac Mélanie Mélocheville Mère Mérici Métabetchouan Métis Moïse Montréal Morandière
Napoléon Nédélec Némiscau Nérée Néri Nicéphore Noël Nominingue Normétal Octave Onésime Orléans Oujé Pacôme Paspébiac
Pâquerette Patapédia Pentecôte Pérade Percé Péribonka Perpétue Pétronille Philémon Pocatière Pohénégamook Praxède
Prémont Présentation Prévost Québec Quévillon Rachel Raphaël Rédempteur Rédemption Rémi Rémigny René Renversés Rivière
Rivières Rosemère Sacré Salomé Santé Sébastien Séraphine Séverin Sévère Sévérité Siméon Stéphanie Supérieur Sylvère
Tabatière Télesphore Témiscaming Témiscouata Tête Thècle Théodore Théophile Thérèse Timothée Trécesson Très Trinité
Urfé Valère Valérien Vallée Vendée Verchères Zénon Zéphirin
"""
_SPELLED = {folded(word): word for word in _ACCENTED.split()}
_SMALL = {"de", "du", "des", "la", "le", "les", "sur", "en", "au", "aux", "et", "l", "d"}
_WORD = re.compile(r"[A-Za-z]+")


def spelled(name: str) -> str:
    """`Ste-Anne-Des-Monts` → `Sainte-Anne-des-Monts`: accents word by word, small words low, abbreviations open."""
    return _WORD.sub(lambda found: _word(found.group(), first=found.start() == 0), name)


def _word(word: str, *, first: bool) -> str:
    low = word.lower()
    if low in {"st", "ste"}:
        return "Saint" if low == "st" else "Sainte"
    if not first and low in _SMALL:
        return low
    if not first and low == "a":
        return "à"
    return _SPELLED.get(low, word)


def today_names(table: Path) -> dict[str, dict[str, str]]:
    """Province → folded former name → the municipality of today, from the table of former names."""
    provinces = tomllib.loads(table.read_text(encoding="utf-8"))
    return {
        province: {folded(old): today for today, olds in towns.items() for old in olds}
        for province, towns in provinces.items()
    }
