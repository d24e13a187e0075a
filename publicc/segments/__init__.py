"""The common segmentation: what kinds of attenders there are, learnt on the pool, scored at home.

Words: *profile* (a latent class), *parcours* (the lifecycle, a second axis, by rules: `metrics`), *feature* (what is
looked at), *level* (a value of a feature), *model* (one small published file), *indéterminé* (below the certainty).

Never: looks at a postal code, an age or a gender; writes an attitude onto a buyer; scores anywhere but at home;
computes across organizations itself (`releases` gives weighted patterns of answers, nothing about a person).
"""
