"""Hashiya without a window: read, mark, keep and export Arabic articles.

from annotator import Project, ProjectError
"""

from annotator import formats, redaction
from annotator.carrying_over import CarriedOver
from annotator.decisions import (
    Comment,
    Decision,
    DoubleReading,
    Draw,
    Fate,
    FinalAnnotation,
    Reviewer,
    Settings,
    Settlement,
    Workload,
)
from annotator.entities import Candidate, Entity, Link, Name
from annotator.errors import ProjectError
from annotator.evidence import Evidence
from annotator.exchange.reports import BundleReport, Conflict, Merge, MergeReport, Preview
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
    Apart,
    Article,
    Assignment,
    Attribute,
    AttributeValue,
    Change,
    Copy,
    Final,
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
from annotator.review.comparing import Comparison, Difference, Match, Side
from annotator.review.deciding import Other
from annotator.review.opening import OpenDifference
from annotator.selecting import Selection
from annotator.survey import FileChoice, Found, Near, Pace, Survey
from annotator.version import VERSION

__version__ = VERSION
__all__ = [
    "Annotation",
    "Apart",
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
    "Comment",
    "Comparison",
    "Conflict",
    "Copy",
    "Decision",
    "Difference",
    "DoubleReading",
    "Draw",
    "Entity",
    "Evidence",
    "ExportReport",
    "Fate",
    "FileChoice",
    "Final",
    "FinalAnnotation",
    "Found",
    "ImportReport",
    "Label",
    "LabelSet",
    "Link",
    "MarkedArticle",
    "Match",
    "Mention",
    "Merge",
    "MergeReport",
    "Name",
    "Near",
    "OpenDifference",
    "Options",
    "Other",
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
    "Reviewer",
    "SaidNumber",
    "SaidTime",
    "SavedFilter",
    "Selection",
    "Settings",
    "Settlement",
    "Side",
    "Speaker",
    "Step",
    "Survey",
    "Verdict",
    "Workload",
    "formats",
    "redaction",
]
