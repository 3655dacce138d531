"""The UIMA type system of what we write: read by every UIMA program, and imported by INCEpTION as layers of a project.

https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xml.component_descriptor.type_system. INCEpTION makes a layer of
each type that has only strings and one slot of links (`role`, `target`), and a relation of one with `Governor` and `Dependent`.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from annotator.writers.layers import LAYERS, Layer

STRING, ANNOTATION = "uima.cas.String", "uima.tcas.Annotation"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
"""The type in which DKPro Core keeps what is known of a document; its features stand here as DKPro declares them."""

_METADATA_FEATURES = (
    ("documentTitle", STRING),
    ("documentId", STRING),
    ("documentUri", STRING),
    ("collectionId", STRING),
    ("documentBaseUri", STRING),
    ("isLastSegment", "uima.cas.Boolean"),
)


def type_system() -> bytes:
    """Return the type system as XML."""
    types = "".join(_types())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<name>Hashiya</name>\n<types>\n{types}</types>\n</typeSystemDescription>\n"
    ).encode()


def _types() -> Iterator[str]:
    metadata = (_feature(name, kind) for name, kind in _METADATA_FEATURES)
    yield _type(METADATA, "", "uima.tcas.DocumentAnnotation", metadata)
    for layer in LAYERS:
        if layer.link:
            yield _type(layer.link, "", "uima.cas.TOP", (_feature("role", STRING), _feature("target", ANNOTATION)))
        yield _type(layer.name, layer.description, ANNOTATION, _features(layer))


def _features(layer: Layer) -> Iterator[str]:
    if layer.between:
        yield from (_feature(name, layer.between) for name in ("Governor", "Dependent"))
    yield from (_feature(name, STRING) for name in layer.features)
    if layer.link:
        yield _feature("roles", "uima.cas.FSArray", f"<elementType>{layer.link}</elementType>")


def _feature(name: str, kind: str, more: str = "") -> str:
    return (
        f"<featureDescription><name>{name}</name><description/>"
        f"<rangeTypeName>{kind}</rangeTypeName>{more}</featureDescription>\n"
    )


def _type(name: str, description: str, above: str, features: Iterator[str] | tuple[str, ...]) -> str:
    return (
        f"<typeDescription><name>{name}</name><description>{escape(description)}</description>"
        f"<supertypeName>{above}</supertypeName><features>\n{''.join(features)}</features></typeDescription>\n"
    )
