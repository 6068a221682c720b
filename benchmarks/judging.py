"""What suggestions are worth on the texts that were written to judge them: the figures of `docs/suggestions.md`.

    python -m benchmarks.judging               every set in corpora/ that has codings to be held against
    python -m benchmarks.judging sluttprove    that set alone

Interviews, by sentence: a keyword search with the codebook's single words, the rules without codings, what the set's
other interviews teach, and both together (as `koding suggest evaluate`). Sentences, one to a turn, without codings:
whether the family of a named reason is found, a denied one comes as denied, and another sense is left alone.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.material import ROOT, codebook
from koding.model.evaluation import Score, total
from koding.readers.codings_csv import read_codings
from koding.session.evaluating import SYSTEMS, evaluate
from koding.session.exchange import CodingsImporter
from koding.session.importing import Importer, read_informants_file
from koding.session.opening import create_study
from koding.store import sources as sources_store
from koding.suggest.language.languages import language_of
from koding.suggest.language.sentences import units
from koding.suggest.process.protocol import TurnText
from koding.suggest.rules.suggester import RuleSuggester

CORPORA = ROOT / "corpora"
GOLD, SENTENCES = "codings_fasit.csv", "setninger.csv"
QUESTION = "Hvordan var det?"


def interviews(folder: Path) -> dict[str, dict[str, list[Score]]]:
    """Print how the systems do on a set's interviews; give their scores, by the language of the informant."""
    with tempfile.TemporaryDirectory() as place:
        study = Path(place) / "judged.koding"
        with create_study(study, codebook(), "judging") as project:
            informants = read_informants_file(folder / "informants.csv")
            Importer(project, "judging", informants).run(sorted(folder.glob("*.txt")))
            table = read_codings((folder / GOLD).read_bytes(), GOLD)
            report = CodingsImporter(project, "Fasit").run(table)
            assert report.imported, f"no codings came in: {report.bad[:1]}"
            found = evaluate(project)
            with project.reading() as connection:
                names = {source.guid: source.name for source in sources_store.sources(connection)}
    print(f"{folder.name}: {found.sources} interviews, {found.units} sentences")
    for system in SYSTEMS:
        print(f"  {system:9} {_told(found.micro(system))}")
    by_family: dict[str, list[Score]] = defaultdict(list)
    for code, scored in found.by_code.items():
        by_family[found.codebook.family(code).key].append(scored["together"])
    families = ", ".join(f"{key} {total(each).f1:.2f}" for key, each in by_family.items() if total(each).f1 is not None)
    print(f"  together, by family: {families}")
    languages = _spoken(folder)
    by_language: dict[str, dict[str, list[Score]]] = defaultdict(lambda: defaultdict(list))
    for source, systems in found.by_source.items():
        for system, score in systems.items():
            by_language[languages.get(names[source], "")][system].append(score)
    return by_language


def _spoken(folder: Path) -> dict[str, str]:
    """Give the language of each interview, where the file on informants tells it."""
    with (folder / "informants.csv").open(encoding="utf-8", newline="") as file:
        return {row["source"]: row["malform"] for row in csv.DictReader(file) if row.get("malform")}


def languages(found: Sequence[Mapping[str, Mapping[str, Sequence[Score]]]]) -> None:
    """Print how the systems do on all interviews in each language."""
    for language in sorted({language for each in found for language in each} - {""}):
        of_it = [each[language] for each in found if language in each]
        told = (
            f"{system} {total(score for each in of_it for score in each[system]).f1 or 0:.2f}" for system in SYSTEMS
        )
        count = sum(len(each[SYSTEMS[0]]) for each in of_it)
        print(f"{language}, {count} interviews: F1 {', '.join(told)}")


def _told(score: Score) -> str:
    return f"F1 {score.f1 or 0:.2f}  precision {score.precision or 0:.2f}  recall {score.recall or 0:.2f}"


def sentences(folder: Path, rules: RuleSuggester) -> None:
    """Print how many of a set's sentences are read as they are meant, in all and by language."""
    with (folder / SENTENCES).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    every: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for row in rows:
        kind = row["kind"]
        well = _is_well_read(kind, row["code"].partition(".")[0], rules, row["text"])
        for language in ("all", row["language"]):
            every[kind, language] += 1
            right[kind, language] += well
    for kind in dict.fromkeys(row["kind"] for row in rows):
        told = (f"{name} {right[kind, name]} of {every[kind, name]}" for name in _languages(every, kind))
        print(f"  {kind:16} {', '.join(told)}")


def _is_well_read(kind: str, family: str, rules: RuleSuggester, text: str) -> bool:
    turn = TurnText(0, 0, text, language_of([text]), QUESTION)
    found = [
        (each.code.partition(".")[0], each.facets.get("status") == "avvist")
        for each in rules.suggest(turn, units(text))
    ]
    if kind == "annen_betydning":
        return not found
    return (family, True) in found if kind == "avvist" else family in {code for code, _denied in found}


def _languages(every: Iterable[tuple[str, str]], kind: str) -> list[str]:
    return [language for said, language in every if said == kind]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judging", description=__doc__)
    parser.add_argument("sets", nargs="*", help="folders of corpora/ (default: all that have codings to judge by)")
    arguments = parser.parse_args()
    folders = [CORPORA / name for name in arguments.sets] or sorted(path.parent for path in CORPORA.glob(f"*/{GOLD}"))
    rules = RuleSuggester(codebook())
    by_language = []
    for folder in folders:
        by_language.append(interviews(folder))
        if (folder / SENTENCES).exists():
            sentences(folder, rules)
    languages(by_language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
