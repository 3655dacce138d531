"""Hashiya without a window: read, mark, keep and export Arabic articles.

from annotator import Project, ProjectError
"""

from annotator.errors import ProjectError
from annotator.model import Annotation, Article, Change, CheckReport, ExportReport, ImportReport, Label, Step
from annotator.project import Project

__version__ = "0.1.0"
__all__ = [
    "Annotation",
    "Article",
    "Change",
    "CheckReport",
    "ExportReport",
    "ImportReport",
    "Label",
    "Project",
    "ProjectError",
    "Step",
]
