"""An organization's own screens: the figures of `metrics`, arranged so that a page answers before it proves.

Words: screen, answer, tile, chart, table, filter, stamp. A screen is data (`page.Screen`) built from answers, then
shown as a page, written as a file or kept as JSON: one source for the three. Never computes a figure, never opens a
vault, never touches another organization's rows.
"""
