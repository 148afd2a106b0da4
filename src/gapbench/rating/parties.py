"""Who decides in the end, by family: certification body, lead appraiser, assessor, or whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog

_AEROSPACE = "AS9100"
_ASSESSED = ("CMM", "SPICE")
_APPRAISED = "CMMI"

_CLOSING = {
    "auditor": "Indicative; only an accredited certification body certifies.",
    "appraiser": "Indicative; only a benchmark appraisal by a certified lead appraiser rates.",
    "assessor": "Indicative; only an assessment led by a qualified assessor rates.",
    "reviewer": "Indicative; it decides nothing: that is for those who ask for the assessment.",
}


def is_certified(catalog: Catalog) -> bool:
    """Whether a certification body certifies against this framework."""
    return catalog.model == "conformity" and (is_aerospace(catalog) or "ISO" in _words(catalog))


def is_aerospace(catalog: Catalog) -> bool:
    """Whether the rules of the aerospace scheme come on top."""
    return catalog.family == _AEROSPACE


def judge_of(catalog: Catalog) -> str:
    """Who will question the answers: an auditor, an appraiser, an assessor, or a reviewer."""
    if is_certified(catalog):
        return "auditor"
    if catalog.model != "conformity" and _APPRAISED in _words(catalog):
        return "appraiser"
    return "assessor" if catalog.model != "conformity" and catalog.family in _ASSESSED else "reviewer"


def _words(catalog: Catalog) -> tuple[str, ...]:
    return tuple(catalog.family.replace("/", " ").split())


def indicative(catalog: Catalog) -> str:
    """The line that stands with a verdict on this framework; `results.INDICATIVE` is that for several at once."""
    return _CLOSING[judge_of(catalog)]
