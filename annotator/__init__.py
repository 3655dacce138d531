"""Hashiya without a window: read, mark, keep and export Arabic articles.

from annotator import Project, ProjectError
"""

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
    Assignment,
    Attribute,
    AttributeValue,
    Change,
    CheckReport,
    Copy,
    ExportReport,
    ImportReport,
    Label,
    LabelSet,
    Reading,
    SavedFilter,
    Step,
)
from annotator.project import Project
from annotator.queue_rows import QueueRow, QueueRows
from annotator.version import VERSION

__version__ = VERSION
__all__ = [
    "Annotation",
    "Article",
    "Assignment",
    "Attribute",
    "AttributeValue",
    "Candidate",
    "Change",
    "CheckReport",
    "ClaimFrame",
    "ClaimRow",
    "Copy",
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
    "QueueRow",
    "QueueRows",
    "Reading",
    "Relation",
    "SaidNumber",
    "SaidTime",
    "SavedFilter",
    "Speaker",
    "Step",
    "Verdict",
]
