"""The worked examples that definitions quote. `tests/spec/metrics` computes each one under the same name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from publicc.kernel.text import Text

EXAMPLES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "occ-1": Text(
            "P1 : 300 places, 210 payants, 15 faveurs · P2 : 100, 80, 10 · P3 : jauge manquante, 80, 5 · P4 annulée · P5 : 50 places, 55 payants. Représentations 4; entrées 455, payantes 425; faveurs 30/455 = 6,6 %; places offertes 450; couverture des jauges 75,0 %; occupation 315/400 = 78,8 %; payante 72,5 %.",
            "P1: 300 seats, 210 paid, 15 comps · P2: 100, 80, 10 · P3: seats missing, 80, 5 · P4 cancelled · P5: 50 seats, 55 paid. Performances 4; admissions 455, paid 425; comps 30/455 = 6.6%; seats offered 450; capacity coverage 75.0%; occupancy 315/400 = 78.8%; paid 72.5%.",
        ),
        "price-1": Text(
            "Prix affiché 50 $. Billets : 50; 35 réduit; faveur; passe au prix inconnu; 50 remboursé; 50 − 10 = 40. Entrées 5, payantes 4, revenus 125,00 $, couverture 75,0 %, moyenne 41,67 $, médiane 40,00 $, rabais moyen 8,33 $, taux de rabais 16,7 %, part réduite 50,0 %.",
            "Face price $50. Tickets: 50; 35 reduced; comp; pass of unknown price; 50 refunded; 50 − 10 = 40. Admissions 5, paid 4, revenue $125.00, coverage 75.0%, average $41.67, median $40.00, average discount $8.33, discount rate 16.7%, reduced share 50.0%.",
        ),
        "lead-1": Text(
            "Délais, un par billet : 0 1 1 8 8 8 185 185 (un billet saisi 3 jours après et deux faveurs sont exclus). Médiane 8; tranches 12,5 / 25,0 / 37,5 / 0 / 0 / 25,0 %; ventes tardives 37,5 %; après coup 1/9 = 11,1 %; période de vente estimée 184,65.",
            "Lead times, one a ticket: 0 1 1 8 8 8 185 185 (one ticket entered 3 days after and two comps are out). Median 8; buckets 12.5 / 25.0 / 37.5 / 0 / 0 / 25.0%; late sales 37.5%; late entries 1/9 = 11.1%; estimated sale period 184.65.",
        ),
        "curve-1": Text(
            "Représentation du 20 février, calcul au 10. 10 janvier : 4 billets dont 2 annulés le 31; 25 janvier : 3; 8 février : 5; 2 annulés sans date. Vendus à 30, 20, 12, 10 jours : 4, 5, 10, 10; à 9 jours : blanc.",
            "Performance on 20 February, as of the 10th. 10 January: 4 tickets, 2 of them cancelled on the 31st; 25 January: 3; 8 February: 5; 2 cancelled without a date. Sold at 30, 20, 12, 10 days: 4, 5, 10, 10; at 9 days: blank.",
        ),
        "pace-1": Text(
            "Comparables à 10 jours : 40, 55, 60, 75 % → bande 51,25–63,75; 48 % → BELOW. Parts du final 50 55 60 60 65 70 75 80 %, 120 vendus → 192, de 168 à 204. Le 10 février 2026 est à 202 jours du 31 août : il se compare au 10 février 2025.",
            "Comparables at 10 days: 40, 55, 60, 75% → band 51.25–63.75; 48% → BELOW. Shares of final 50 55 60 60 65 70 75 80%, 120 sold → 192, from 168 to 204. 10 February 2026 is 202 days before 31 August: it compares with 10 February 2025.",
        ),
        "base-1": Text(
            "Saison 2024-2025 : ada (2023-10-05, 2024-11-10), ben (2024-10-01, 12-01, 2025-03-01), dee (2024-02-20, 2024-09-10), eve (2025-05-05), fay (2020-03-01, 2025-01-15); cam (2023-12-15). Acheteurs 5; nouveaux 40,0 %; ou absents 36 mois 60,0 %; retrouvés 20,0 %; rétention 2023-2024 → 66,7 %; fréquence 1,40; récence 228; ben revient vers le 2025-05-16.",
            "Season 2024-2025: ada (2023-10-05, 2024-11-10), ben (2024-10-01, 12-01, 2025-03-01), dee (2024-02-20, 2024-09-10), eve (2025-05-05), fay (2020-03-01, 2025-01-15); cam (2023-12-15). Buyers 5; new 40.0%; or absent 36 months 60.0%; reactivated 20.0%; retention of 2023-2024 66.7%; frequency 1.40; recency 228; ben is expected about 2025-05-16.",
        ),
        "conc-1": Text(
            "Billets 1 1 1 1 2 2 2 3 3 14 : 10 % = 14/30 = 46,7 %; Gini 0,48.",
            "Tickets 1 1 1 1 2 2 2 3 3 14: top 10% = 14/30 = 46.7%; Gini 0.48.",
        ),
        "parc-1": Text(
            "Au 2025-09-01 : une visite en février = NEW; deux, dont une en 2021 = RETURNING; cinq en 24 mois = REGULAR; onze = PASSIONATE; dernière en 2023-11 = DORMANT; en 2022-08 = LOST; seulement à venir = UPCOMING.",
            "On 2025-09-01: one visit in February = NEW; two, one in 2021 = RETURNING; five in 24 months = REGULAR; eleven = PASSIONATE; last in 2023-11 = DORMANT; in 2022-08 = LOST; only to come = UPCOMING.",
        ),
        "aff-1": Text(
            "100 visites du segment dont 30 en danse; 1 000 visites dont 150 en danse → 200.",
            "100 visits of the segment, 30 in dance; 1,000 visits, 150 in dance → 200.",
        ),
        "geo-1": Text(
            "2 billets à 1,0 km, 2 à 15,7, 1 à 232,5; 3 sans code postal; 1 des États-Unis; 1 RTA rurale. Couverture 70,0 %; médiane 15,7 km, quartiles 1,0 et 15,7; étranger 1/7 = 14,3 %.",
            "2 tickets at 1.0 km, 2 at 15.7, 1 at 232.5; 3 without a postal code; 1 from the US; 1 rural FSA. Coverage 70.0%; median 15.7 km, quartiles 1.0 and 15.7; abroad 1/7 = 14.3%.",
        ),
        "tier-1": Text(
            "Revenus 400 250 150 100 60 40 → CORE CORE PRIMARY SECONDARY REST REST.",
            "Revenue 400 250 150 100 60 40 → CORE CORE PRIMARY SECONDARY REST REST.",
        ),
        "pen-1": Text(
            "Ménages 5 000, 3 000, 2 000; acheteurs 100, 30, 70 → 20,0, 10,0, 35,0 pour 1 000; indices 100, 50, 175.",
            "Households 5,000, 3,000, 2,000; buyers 100, 30, 70 → 20.0, 10.0, 35.0 per 1,000; indices 100, 50, 175.",
        ),
        "conc-2": Text(
            "Parts 50 20 15 10 5 % → une RTA pour la moitié; concentration 0,325.",
            "Shares 50 20 15 10 5% → one FSA for half; concentration 0.325.",
        ),
        "cal-1": Text(
            "Représentations du jour 2, 6, 10, 12, 14, 18; entrées 80, 160, 240, 76, 144, 192; places 100, 200, 300, 100, 200, 300. Tranches : 1–2 80,0 %; 3–5 sans objet; 6–10 80,0 %; 11–15 73,3 %; 16+ 64,0 %. Médiane 11; jours chargés 3/6. Rupture, sans contrôles : au-dessus de 10, −0,02 par représentation.",
            "Same-day performances 2, 6, 10, 12, 14, 18; admissions 80, 160, 240, 76, 144, 192; seats 100, 200, 300, 100, 200, 300. Bins: 1–2 80.0%; 3–5 no base; 6–10 80.0%; 11–15 73.3%; 16+ 64.0%. Median 11; crowded days 3/6. Break, without controls: above 10, −0.02 a performance.",
        ),
        "idx-1": Text(
            "Référence : 5,0 km, 50 % de Montréal, 8 jours. Six billets : médiane 6,0 km → 120; 2 sur 5 = 40 % → 80; 5 jours → 63.",
            "Reference: 5.0 km, 50% from Montréal, 8 days. Six tickets: median 6.0 km → 120; 2 of 5 = 40% → 80; 5 days → 63.",
        ),
    }
)
