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
    MarkedArticle,
    Reading,
    SavedFilter,
    Step,
)
from annotator.package.details import PackageDetails
from annotator.project import Project
from annotator.queue_rows import QueueRow, QueueRows
from annotator.readers.draft import Options
from annotator.reports import CheckReport, ExportReport, ImportReport, PackageReport
from annotator.selecting import Selection
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
    "MarkedArticle",
    "Mention",
    "Merge",
    "MergeReport",
    "Name",
    "Near",
    "Options",
    "Pace",
    "PackageDetails",
    "PackageReport",
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
    "Selection",
    "Side",
    "Speaker",
    "Step",
    "Survey",
    "Verdict",
    "formats",
    "redaction",
]
