"""Reports that make themselves again: when, for whom, by which link, and the archive of those that were made.

Words: a *schedule* says which report is made, when and for whom; an *edition* is one report it made, kept for good with
its figures and definitions; a *sending* is an edition told to one address. An e-mail never holds a figure: a link.
"""
