"""Readiness in one line per framework: never a percentage without its coverage and its majors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.rating.models import noun_of
from gapbench.rating.results import ConformityResult, LevelResult, Result, Tally, Tone
from gapbench.rating.verdict import WORDS, words_of
from gapbench.rating.wording import plural, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.catalog.model import Catalog
    from gapbench.rating.inputs import Case

VERDICTS: dict[str, str] = {**WORDS, "below_target": "below target", "on_target": "on target"}

_TONES: dict[str, Tone] = {
    "not_ready": "bad",
    "not_recommended": "bad",
    "incomplete": "fair",
    "likely_with_plan": "fair",
    "below_target": "fair",
    "likely": "good",
    "on_target": "good",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One framework's readiness at a glance.

    Attributes:
        name: "ISO 9001:2015", "CMMI 2.0 DEV"; `short` for narrow screens.
        figure: "61.4 % of 84 %" (readiness of coverage), "ML1 > 3" (reached > aimed at).
        detail: "2 majors", "7 to ML2", "127 to next levels".
        verdict: In two words.
    """

    name: str
    short: str
    figure: str
    detail: str
    verdict: str
    tone: Tone


def headline(case: Case, result: Result) -> Headline:
    """Readiness of one framework in one line."""
    scope = case.scope
    name = " ".join([scope.catalog.name, "+".join(scope.views)]).strip()
    short = scope.catalog.title.split()[0]
    if isinstance(result, ConformityResult):
        figure, detail = _conformity(result)
    else:
        figure, detail = _level(result)
    return Headline(name, short, figure, detail, verdict_of(scope.catalog, result.verdict), _TONES[result.verdict])


def verdict_of(catalog: Catalog, verdict: str) -> str:
    """The verdict on one framework in two words; nobody is recommended where nobody certifies."""
    return words_of(catalog).get(verdict) or VERDICTS[verdict]


def headlines(cases: Mapping[str, Case], results: Mapping[str, Result]) -> list[Headline]:
    """Readiness of every framework; short names tell apart what stands together."""
    lines = [headline(case, results[catalog]) for catalog, case in cases.items()]
    names = _short_names([case.scope.catalog for case in cases.values()])
    return [replace(line, short=name) for line, name in zip(lines, names, strict=True)]


def _short_names(catalogs: list[Catalog]) -> list[str]:
    """The first word of a title; its last, or the edition, or both, where that names two."""
    first = Counter(catalog.title.split()[0] for catalog in catalogs)
    titles = Counter(catalog.title for catalog in catalogs)
    editions = Counter(catalog.edition.split()[0] for catalog in catalogs)
    names = []
    for catalog in catalogs:
        words, edition = catalog.title.split(), catalog.edition.split()[0]
        if first[words[0]] == 1:
            names.append(words[0])
        elif titles[catalog.title] == 1:
            names.append(words[-1])
        elif editions[edition] == 1:
            names.append(edition)
        else:
            names.append(f"{words[-1]}:{edition}")
    return names


def nothing_counts(tally: Tally) -> str:
    """What stands in place of a percentage: nothing rated, or nothing that is rated counts."""
    if tally.rated and tally.rated == tally.scored:
        return "none applicable"
    return "nothing counts" if tally.rated else "nothing rated"


def _conformity(result: ConformityResult) -> tuple[str, str]:
    percent, coverage = result.tally.percent, result.tally.coverage
    figure = f"{percent:.1f} % of {share(coverage)}" if percent is not None else nothing_counts(result.tally)
    if percent is None:
        return figure, ""
    return figure, plural(result.majors, "major") if result.majors else plural(result.minors, "minor")


def _level(result: LevelResult) -> tuple[str, str]:
    figure = f"{result.short} > {result.target}"
    if result.next_level is None:
        return figure, f"{share(result.coverage)} characterized"
    if result.scheme == "continuous":  # each area has a next level of its own
        return figure, f"{len(result.blockers)} to next level{'' if len(result.blockers) == 1 else 's'}"
    return figure, f"{len(result.blockers)} to {result.mark}{result.next_level}"


def progress(case: Case, result: Result) -> str:
    """How far the walk is: "214 of 320 points", "62 of 181 practices"."""
    noun = noun_of(case.scope.catalog).many
    if isinstance(result, ConformityResult):
        return f"{result.tally.rated} of {result.tally.scored} {noun}"
    return f"{result.characterized} of {result.in_scope} {noun}"
