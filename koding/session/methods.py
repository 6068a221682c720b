"""What a study can say of its own method: the COREQ items that software can fill, and those it leaves to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from koding.errors import UsageFault
from koding.i18n import _, ngettext
from koding.model.coding import RESOLVED, Origin
from koding.model.coreq import ITEMS
from koding.model.matrix import Matrix
from koding.model.rounds import RoundMode
from koding.session.agreeing import agreement_report
from koding.session.reporting import matrix_report
from koding.session.rounds import mode_label, rounds, size_text
from koding.store import audit, resolutions
from koding.store import codings as codings_store
from koding.store import sources as sources_store
from koding.store.project import Project

#: Values of a variable that the description of the sample lists; a variable with more is told by their number.
_LISTED = 8
_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Item:
    """An item of COREQ: its number, its name, and what the study says of it, line by line (none: people must)."""

    number: int
    name: str
    lines: tuple[str, ...]


def methods(project: Project) -> list[Item]:
    """Give all items of COREQ, filled as far as the study's content and journal go."""
    matrix = matrix_report(project, []).matrix
    filled = {
        12: _sample(project, matrix),
        16: _people(project),
        21: _duration(project),
        22: _saturation(project),
        24: _coders(project),
        25: _tree(project),
        26: _derivation(project),
        27: _software(project),
        31: _major(matrix),
        32: _minor(matrix),
    }
    return [Item(number, _(name), tuple(filled.get(number, ()))) for number, name in ITEMS.items()]


def _sample(project: Project, matrix: Matrix) -> list[str]:
    with project.reading() as connection:
        records = sources_store.sources(connection)
    if not records:
        return []
    return [
        _("{informants} informants who speak in {sources} sources; their speech is {words} words.").format(
            informants=matrix.total.informants, sources=len(records), words=matrix.total.words
        )
    ]


def _people(project: Project) -> list[str]:
    with project.reading() as connection:
        variables = sources_store.variables(connection)
        people = sources_store.informants(connection)
    lines = []
    for variable in variables:
        counts = Counter(person.variables.get(variable.name, "") for person in people.values())
        unknown = counts.pop("", 0)
        values = sorted(counts, key=variable.sort_key)
        if len(values) > _LISTED:
            told = _("{count} values").format(count=len(values))
        else:
            told = ", ".join(f"{value} {counts[value]}" for value in values)
        if unknown:
            told += _("; not known of {count}").format(count=unknown)
        lines.append(f"{variable.name}: {told}")
    return lines


def _duration(project: Project) -> list[str]:
    minutes = []
    with project.reading() as connection:
        records = sources_store.sources(connection)
        for _guid, segmentation in sources_store.segmentations(connection):
            times = [turn.time for turn in segmentation.turns if turn.time is not None]
            if len(times) > 1:
                minutes.append((max(times) - min(times)) / _MINUTE)
    if not minutes:
        return []
    return [
        _("By the time marks of {count} of {total} sources: {low:.0f} to {high:.0f} minutes to the last turn.").format(
            count=len(minutes), total=len(records), low=min(minutes), high=max(minutes)
        )
    ]


def _saturation(project: Project) -> list[str]:
    with project.reading() as connection:
        names = [record.guid for record in sources_store.sources(connection)]
        coded: dict[str, set[str]] = {}
        for coding in codings_store.codings(connection):
            coded.setdefault(coding.source, set()).add(coding.code)
    seen: set[str] = set()
    last = 0
    order = [guid for guid in names if guid in coded]
    for number, guid in enumerate(order, start=1):
        if coded[guid] - seen:
            last = number
        seen |= coded[guid]
    if not order:
        return []
    return [
        _(
            "In the order of import the last source that brought a code not used before is number {last} of {total}; "
            "whether saturation was sought only you can say."
        ).format(last=last, total=len(order))
    ]


def _coders(project: Project) -> list[str]:
    with project.reading() as connection:
        counts: Counter[str] = Counter()
        for name, _origin, _suggester, count in audit.origins(connection):
            if name != RESOLVED:
                counts[name] += count
        decided = resolutions.resolutions(connection)
    if not counts:
        return []
    lines = [
        ngettext("{count} coder: {names}.", "{count} coders: {names}.", len(counts)).format(
            count=len(counts), names=", ".join(f"{name} ({count})" for name, count in counts.items())
        )
    ]
    for one in rounds(project):
        mode = mode_label(one)
        if one.mode is RoundMode.AFTER:
            mode = _("open, suggestions of a turn after the coder's own judgement")
        seed = "" if one.seed is None else _(", drawn with seed {seed}").format(seed=one.seed)
        lines.append(_("Round {name}: {mode}, {size}{seed}.").format(
            name=one.name, mode=mode, size=size_text(one), seed=seed))  # fmt: skip
    lines += _agreement(project)
    if decided:
        deciders = sorted({one.coder for one in decided})
        lines.append(
            ngettext(
                "{count} disagreement was decided by {names}.", "{count} disagreements were decided by {names}.",
                len(decided),
            ).format(count=len(decided), names=", ".join(deciders))
        )  # fmt: skip
    return lines


def _agreement(project: Project) -> list[str]:
    try:
        report = agreement_report(project)
    except UsageFault:
        # One coder agrees with nobody.
        return []
    if report.overall.value is None:
        return []
    return [
        ngettext(
            "Agreement by turn on {count} source that two or more went through: Krippendorff's alpha {value:.2f} over "
            "sets of codes (MASI distance).",
            "Agreement by turn on {count} sources that two or more went through: Krippendorff's alpha {value:.2f} over "
            "sets of codes (MASI distance).",
            len(report.sources),
        ).format(count=len(report.sources), value=report.overall.value)
    ]


def _tree(project: Project) -> list[str]:
    codebook = project.codebook()
    described = sum(1 for code in codebook.codes if code.definition or code.short)
    lines = [
        _("“{title}” {version}: {families} families, {codes} codes, {described} of them with a definition.")
        .format(
            title=codebook.title,
            version=codebook.version,
            families=len(codebook.families),
            codes=len(codebook.codes),
            described=described,
        )
        .replace("  ", " ")
    ]
    lines += [
        f"{family.label}: {', '.join(code.label for code in codebook.children(family.key)) or '–'}"
        for family in codebook.families
    ]
    if codebook.facets:
        lines.append(_("Facets of a coding: {names}.").format(names=", ".join(one.label for one in codebook.facets)))
    return lines


def _derivation(project: Project) -> list[str]:
    codebook = project.codebook()
    with project.reading() as connection:
        first = audit.first_codes(connection)
        origins = audit.origins(connection)
        verdicts = audit.verdicts(connection)
    later = [code.label for code in codebook.codes if code.guid not in first]
    lines = [
        _("{count} of the codes were in the codebook that the study was made with.").format(
            count=len(codebook.codes) - len(later)
        )
    ]
    if later:
        lines.append(_("Added since: {names}.").format(names=", ".join(later)))
    counts: Counter[str] = Counter()
    for name, origin, _suggester, count in origins:
        if name != RESOLVED:
            counts[origin] += count
    labels = {
        Origin.MANUAL: _("by hand"),
        Origin.ACCEPTED: _("from accepted suggestions"),
        Origin.EDITED: _("from suggestions that were changed"),
        Origin.IMPORTED: _("imported from files"),
    }
    if counts:
        told = ", ".join(f"{counts[origin]} {label}" for origin, label in labels.items() if counts[origin])
        lines.append(_("Codings: {counts}.").format(counts=told))
    rejected = sum(count for _name, verdict, count in verdicts if verdict == "rejected")
    if rejected:
        lines.append(
            ngettext("{count} suggestion was turned down.", "{count} suggestions were turned down.", rejected).format(
                count=rejected
            )
        )
    return lines


def _software(project: Project) -> list[str]:
    with project.reading() as connection:
        versions = audit.versions(connection)
        suggesters = sorted({one for _coder, _origin, one, _count in audit.origins(connection) if one})
    lines = [_("koding {versions}").format(versions=", ".join(versions))]
    if suggesters:
        lines.append(_("Suggester of accepted suggestions: {names}.").format(names=", ".join(suggesters)))
    return lines


def _major(matrix: Matrix) -> list[str]:
    families = [(row.label, row.total) for row in matrix.rows if row.level == "family" and row.total]
    if not families:
        return []
    families.sort(key=lambda one: -one[1])
    told = "; ".join(f"{label} {total:.0f}" for label, total in families)
    return [_("Informants who mention each family, of {count}: {told}.").format(
        count=matrix.total.informants, told=told)]  # fmt: skip


def _minor(matrix: Matrix) -> list[str]:
    single: Sequence[str] = [row.label for row in matrix.rows if row.level == "code" and row.total == 1]
    if not single:
        return []
    return [_("Codes that one informant alone mentions: {names}.").format(names=", ".join(single))]
