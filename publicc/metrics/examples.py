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
        "typed-1": Text(
            "Quatre acheteurs typés deux saisons de suite : A A B et un indéterminé, puis A B B B. Répartition 50 %, 25 %, 25 % puis 25 %, 75 %; A → A 1/2, A → B 1/2.",
            "Four buyers typed two seasons in a row: A A B and one undetermined, then A B B B. Mix 50%, 25%, 25% then 25%, 75%; A → A 1/2, A → B 1/2.",
        ),
        "lift-1": Text(
            "60 des 100 réguliers ont pris de la danse, 300 des 1 000 acheteurs : 60,0 % ÷ 30,0 % = 2,00 (1,71 à 2,33).",
            "60 of the 100 regulars took dance, 300 of the 1,000 buyers: 60.0% ÷ 30.0% = 2.00 (1.71 to 2.33).",
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
        "np-1": Text(
            "4 000 ménages, 600 rejoints; référence 100 000 et 25 000. Non rejoints 85,0 %; indice 100 × 0,85 ÷ 0,75 = 113. Attendus 200 pour 1 000, observés 150 : écart 50 pour 1 000, soit 200 ménages.",
            "4,000 households, 600 reached; reference 100,000 and 25,000. Unreached 85.0%; index 100 × 0.85 ÷ 0.75 = 113. Expected 200 per 1,000, observed 150: gap 50 per 1,000, that is 200 households.",
        ),
        "att-1": Text(
            "Trente personnes : 10 attirées et venues (poids 0,6 chacune), 8 attirées, pas venues (1,5), 2 peu attirées, venues (1), 10 ni l'un ni l'autre (1). Σw = 30, Σw² = 33,6, taille effective 26,8. Non-public (12 + 10) ÷ 30 = 73,3 %, de 54,5 à 86,3; potentiels 40,0 %.",
            "Thirty people: 10 drawn and came (weight 0.6 each), 8 drawn, did not come (1.5), 2 not drawn, came (1), 10 neither (1). Σw = 30, Σw² = 33.6, effective size 26.8. Non-audience (12 + 10) ÷ 30 = 73.3%, from 54.5 to 86.3; potential 40.0%.",
        ),
        "prof-1": Text(
            "Deux RTA de 6 000 et 4 000 ménages, 30 et 70 ménages acheteurs; 20 % et 50 % de bacheliers. Public (30 × 20 % + 70 × 50 %) ÷ 100 = 41 %; population (6 000 × 20 % + 4 000 × 50 %) ÷ 10 000 = 32 %; indice 128.",
            "Two FSAs of 6,000 and 4,000 households, 30 and 70 buyer households; 20% and 50% with a degree. Audience (30 × 20% + 70 × 50%) ÷ 100 = 41%; population (6,000 × 20% + 4,000 × 50%) ÷ 10,000 = 32%; index 128.",
        ),
        "growth-1": Text(
            "Croissance des autres −3 0 1 2 3 4 6 12 % : médiane 2,6 %, quartile supérieur 6,0 %; plafond 5 % → de 2,6 à 5 %.",
            "Growth of others −3 0 1 2 3 4 6 12%: median 2.6%, upper quartile 6.0%; ceiling 5% → from 2.6 to 5%.",
        ),
        "growth-2": Text(
            "Acheteurs de quatre saisons closes : 200, 210, 189, 227 → +5,0 %, −10,0 %, +20,1 % : médiane 5,0 %.",
            "Buyers of four closed seasons: 200, 210, 189, 227 → +5.0%, −10.0%, +20.1%: median 5.0%.",
        ),
        "conc-2": Text(
            "Parts 50 20 15 10 5 % → une RTA pour la moitié; concentration 0,325.",
            "Shares 50 20 15 10 5% → one FSA for half; concentration 0.325.",
        ),
        "cal-1": Text(
            "Représentations du jour 2, 6, 10, 12, 14, 18; entrées 80, 160, 240, 76, 144, 192; places 100, 200, 300, 100, 200, 300. Tranches : 1–2 80,0 %; 3–5 sans objet; 6–10 80,0 %; 11–15 73,3 %; 16+ 64,0 %. Médiane 11; jours chargés 3/6. Rupture, sans contrôles : au-dessus de 10, −0,02 par représentation.",
            "Same-day performances 2, 6, 10, 12, 14, 18; admissions 80, 160, 240, 76, 144, 192; seats 100, 200, 300, 100, 200, 300. Bins: 1–2 80.0%; 3–5 no base; 6–10 80.0%; 11–15 73.3%; 16+ 64.0%. Median 11; crowded days 3/6. Break, without controls: above 10, −0.02 a performance.",
        ),
        "cart-1": Text(
            "Vente générale le 10 mars. Commande 1 (ada, internet, le 3 mars à 12 h) : 2 billets à 30 $ pour P, 1 pour Q; commande 2 (ben, guichet, le 12 mars à 20 h) : 1 billet d'abonnement à 20 $ pour P; commande 3 (école, canal inconnu, le 12 mars sans heure) : 4 billets à 10 $ pour Q; 1 billet d'ada remboursé. P et Q : 2 spectacles. Groupe 8/4 = 2,00; panier 150/3 = 50,00 $; remboursés 1/9 = 11,1 %; internet 3/8, guichet 1/8, inconnu 4/8; identifiés 4/8; 2,00 billets et 55,00 $ par acheteur; abonnés 50,0 %; prévente 3/8; jour et heure : 3 sur 4 et 1 sur 4.",
            "General sale on 10 March. Order 1 (ada, web, 3 March at noon): 2 tickets at $30 for P, 1 for Q; order 2 (ben, counter, 12 March at 8 p.m.): 1 subscription ticket at $20 for P; order 3 (school, unknown channel, 12 March without an hour): 4 tickets at $10 for Q; 1 ticket of ada's refunded. P and Q: 2 shows. Party 8/4 = 2.00; basket 150/3 = $50.00; refunded 1/9 = 11.1%; web 3/8, counter 1/8, unknown 4/8; identified 4/8; 2.00 tickets and $55.00 a buyer; subscribers 50.0%; presale 3/8; weekday and hour: 3 of 4 and 1 of 4.",
        ),
        "full-1": Text(
            "Quatre représentations de 100 places. A, vendredi 20 h : 98 billets, tous achetés 20 jours avant, 49 scannés. B, vendredi 20 h : 60, dite complète, 45 scannés. C, samedi 14 h : 99, achetés la veille, aucun scanné. D, samedi sans heure : 50, aucun scanné. Complètes 3/4; complètes tôt 1/4; absents 1 − 94/158 = 40,5 %; offre : vendredi 20 h 2/3, samedi 14 h 1/3; par zone : aucune donnée, les places d'une zone ne sont pas déposées.",
            "Four performances of 100 seats. A, Friday 8 p.m.: 98 tickets, all ordered 20 days before, 49 scanned. B, Friday 8 p.m.: 60, said sold out, 45 scanned. C, Saturday 2 p.m.: 99, ordered the day before, none scanned. D, Saturday, no hour: 50, none scanned. Sold out 3/4; early 1/4; no-show 1 − 94/158 = 40.5%; supply: Friday 8 p.m. 2/3, Saturday 2 p.m. 1/3; by zone: no data, seats of a zone are not deposited.",
        ),
        "flow-1": Text(
            "Au 2025-06-30, en 24 mois : ada danse et théâtre, ben danse, cam théâtre, dee danse, théâtre et cirque. Une discipline 2/4, deux 1/4, trois 1/4. Danse → théâtre 2/3; cirque → danse 1/1. Sortie suivante : danse puis théâtre 2/2, théâtre puis cirque 1/1. Un an plus tôt, ada et ben étaient NEW : ada est revenue et RETURNING, ben toujours NEW. Passage NEW → RETURNING 1/2; retour des NEW 1/2.",
            "On 2025-06-30, in 24 months: ada dance and theatre, ben dance, cam theatre, dee dance, theatre and circus. One discipline 2/4, two 1/4, three 1/4. Dance → theatre 2/3; circus → dance 1/1. Next outing: dance then theatre 2/2, theatre then circus 1/1. A year before, ada and ben were NEW: ada came back and is RETURNING, ben is still NEW. NEW → RETURNING 1/2; return of NEW 1/2.",
        ),
        "first-1": Text(
            "Au 2025-06-30, premières sorties du 2022-06-30 au 2024-06-30. Danse le 2023-03-01 : ben, cam et dee (ada y était déjà venue en 2022). ben revient 70 jours plus tard, en théâtre et en cirque; cam après 436 jours, trop tard; dee jamais. Revenus 1/3, délai médian 70 jours, sortie suivante théâtre 1/1 et cirque 1/1.",
            "On 2025-06-30, first outings from 2022-06-30 to 2024-06-30. Dance on 2023-03-01: ben, cam and dee (ada had come in 2022). ben returns 70 days later, to theatre and circus; cam after 436 days, too late; dee never. Returned 1/3, median time 70 days, next outing theatre 1/1 and circus 1/1.",
        ),
        "pool-1": Text(
            "En 2024-2025, ada et ben viennent pour la première fois au théâtre; ada était venue chez un autre membre en 2021. Nouveaux du théâtre 2/2; nouveaux dans le pool 1/2.",
            "In 2024-2025, ada and ben come to the theatre for the first time; ada had come to another member in 2021. New to the theatre 2/2; new to the pool 1/2.",
        ),
        "idx-1": Text(
            "Référence : 5,0 km, 50 % de Montréal, 8 jours. Six billets : médiane 6,0 km → 120; 2 sur 5 = 40 % → 80; 5 jours → 63.",
            "Reference: 5.0 km, 50% from Montréal, 8 days. Six tickets: median 6.0 km → 120; 2 of 5 = 40% → 80; 5 days → 63.",
        ),
    }
)
