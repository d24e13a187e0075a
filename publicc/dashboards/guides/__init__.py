"""Guided answers: the seven questions of the sector, each one page: answer, proof, what to try, limits.

A guide is a `page.Screen` with steps and limits, made from the figures and charts of the screens: it computes none. Its
sentences follow a printed decision (`docs/explanation/questions.en.md`), never free text. Source: screens, section 3.
"""
