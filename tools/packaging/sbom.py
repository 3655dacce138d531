"""The list of what is inside, as CycloneDX 1.6 in JSON, checked against its schema."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from tools.packaging.contents import NAME, VERSION
from tools.packaging.inside import Part

_OURS = uuid.UUID("6a0f2f0e-5b7c-5d0e-9c53-0a7b8f1d2c11")


def write_sbom(works: Iterable[Part], target: Path) -> Path:
    """Write the list and return its path."""
    target.write_text(sbom(works), encoding="utf-8", newline="\n")
    return target


def check_sbom(path: Path) -> None:
    """Raise ValueError when a list does not keep to the schema."""
    errors = JsonStrictValidator(SchemaVersion.V1_6).validate_str(path.read_text("utf-8"))
    if errors:
        raise ValueError(f"{path.name} does not keep to the schema of CycloneDX: {errors}")


def sbom(works: Iterable[Part]) -> str:
    """Return the list; the same parts and `SOURCE_DATE_EPOCH` give the same text."""
    parts = list(works)
    product = Component(
        name=NAME, version=VERSION, type=ComponentType.APPLICATION, bom_ref="hashiya", licenses=_licence("Apache-2.0")
    )
    components = [_component(part) for part in parts]
    bom = Bom(
        components=components,
        serial_number=uuid.uuid5(_OURS, "\n".join(f"{VERSION} {part.purl}" for part in parts)),
        metadata=BomMetaData(component=product, timestamp=moment()),
    )
    bom.register_dependency(product, components)
    return str(JsonV1Dot6(bom).output_as_string(indent=2)) + "\n"


def moment() -> datetime:
    """Return the time that a build is said to be of: that of its source."""
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)


def _component(part: Part) -> Component:
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=part.purl,
        purl=PackageURL.from_string(part.purl),
        licenses=_licence(part.licence),
    )


def _licence(words: str) -> list[object]:
    return [LicenseFactory().make_from_string(words)]
