"""Hashiya without a window: read, mark, keep and export Arabic articles.

from annotator import Project, ProjectError
"""

from annotator import formats, redaction
from annotator.carrying_over import CarriedOver
from annotator.entities import Candidate, Entity, Link, Name
from annotator.errors import ProjectError
from annotator.evidence import Evidence
from annotator.exchange.reports import BundleReport, Conflict, Merge, MergeReport, Preview, Side
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
    Copy,
    Label,
    LabelSet,
    Reading,
    SavedFilter,
    Step,
)
from annotator.project import Project
from annotator.queue_rows import QueueRow, QueueRows
from annotator.readers.draft import Options
from annotator.reports import CheckReport, ExportReport, ImportReport
from annotator.survey import FileChoice, Found, Near, Pace, Survey
from annotator.version import VERSION

__version__ = VERSION
__all__ = [
    "Annotation",
    "Article",
    "Assignment",
    "Attribute",
    "AttributeValue",
    "BundleReport",
    "Candidate",
    "CarriedOver",
    "Change",
    "CheckReport",
    "ClaimFrame",
    "ClaimRow",
    "Conflict",
    "Copy",
    "Entity",
    "Evidence",
    "ExportReport",
    "FileChoice",
    "Found",
    "ImportReport",
    "Label",
    "LabelSet",
    "Link",
    "Mention",
    "Merge",
    "MergeReport",
    "Name",
    "Near",
    "Options",
    "Pace",
    "Participant",
    "Passage",
    "Preview",
    "Project",
    "ProjectError",
    "QueueRow",
    "QueueRows",
    "Reading",
    "Relation",
    "SaidNumber",
    "SaidTime",
    "SavedFilter",
    "Side",
    "Speaker",
    "Step",
    "Survey",
    "Verdict",
    "formats",
    "redaction",
]
