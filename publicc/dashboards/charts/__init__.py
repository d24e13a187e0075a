"""Charts: one drawing a module, each from a table to a Vega-Lite specification with its data inside.

A drawing reads the table twin of its chart and nothing else, so that picture and table cannot differ.
"""
