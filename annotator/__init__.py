"""Hashiya without a window: read, mark, keep and export Arabic articles.

from annotator import Project, ProjectError
"""

from annotator import formats
from annotator.entities import Candidate, Entity, Link, Name
from annotator.errors import ProjectError
from annotator.frames import (
    ClaimFrame,
    ClaimRow,
    Mention,
    Participant,
    Passage,
    Relation,
    SaidNumber,
    SaidTime,
    Speaker,
    Verdict,
)
from annotator.model import (
    Annotation,
    Article,
    Attribute,
    AttributeValue,
    Change,
    CheckReport,
    ExportReport,
    ImportReport,
    Label,
    LabelSet,
    Step,
)
from annotator.project import Project
from annotator.version import VERSION

__version__ = VERSION
__all__ = [
    "Annotation",
    "Article",
    "Attribute",
    "AttributeValue",
    "Candidate",
    "Change",
    "CheckReport",
    "ClaimFrame",
    "ClaimRow",
    "Entity",
    "ExportReport",
    "ImportReport",
    "Label",
    "LabelSet",
    "Link",
    "Mention",
    "Name",
    "Participant",
    "Passage",
    "Project",
    "ProjectError",
    "Relation",
    "SaidNumber",
    "SaidTime",
    "Speaker",
    "Step",
    "Verdict",
    "formats",
]
