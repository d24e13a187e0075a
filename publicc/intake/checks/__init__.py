"""The quality report of what a vault holds: four dimensions, freshness, and a finding for each thing to mend.

Words: a *check* tests rows and gives a share; a *dimension* is the plain mean of its checks; a *finding* says file,
column, rows, count, why it matters and what to do; a *defect* is one of those named by the sector in 2019.
Never a cell's value: names of files and columns, numbers of rows, and counts. Never repairs anything.
"""

from publicc.intake.checks.page import quality_html
from publicc.intake.checks.quality import quality_report
from publicc.intake.checks.report import Dimension, Finding, QualityReport, Severity

__all__ = ["Dimension", "Finding", "QualityReport", "Severity", "quality_html", "quality_report"]
