"""What a writer is: a pure function from a marked project, whose articles come as a stream, to a target.

The same project gives the same bytes. What a format cannot hold, the writer notes as a loss.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.model import MarkedProject
from annotator.writers.losses import Losses
from annotator.writers.target import Target

Write = Callable[[MarkedProject, Target, Losses], None]


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: its name, what it is for (a template for people), the ending of its files and the function that writes it.

    An `ending` that is empty means a folder of files; a writer of a folder writes a ZIP where the path ends in `.zip`, and
    always one where `is_archive`. `needs` names the package that must be installed, where the format takes one. `keeps` says
    what is in the files and what cannot be (a template for people).
    """

    name: str
    purpose: str
    ending: str
    write: Write
    is_archive: bool = False
    needs: str = ""
    keeps: str = ""
