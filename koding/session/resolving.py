"""Deciding disagreements: what stands where coders differ, who decided it, why, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from koding.errors import Conflict, UsageFault
from koding.i18n import _
from koding.model.coding import Coding
from koding.model.disagreement import Disagreement, shared_facets
from koding.model.resolution import BOTH, NEITHER, OTHER, Decision, Resolution, resolution_guid
from koding.model.rounds import Round
from koding.model.transcript import Transcript
from koding.session import undoing
from koding.session.coder_names import checked
from koding.session.differing import Difference, Facets, check_coders, differences
from koding.session.naming import unknown
from koding.session.rounds import find_round, refuse_blind
from koding.store import codings as codings_store
from koding.store import resolutions
from koding.store import sources as sources_store
from koding.store.project import Project

#: The change that deciding is in the journal.
ACTION = "resolve"


class Resolver:
    """Somebody who decides where the coders of a study (or of a round) differ."""

    def __init__(self, project: Project, coder: str, coders: Sequence[str] = (), in_round: Round | None = None) -> None:
        """Take an open study.

        Raises Conflict where a blind round keeps the codings from `coder`, UsageFault where there are no two coders.
        """
        with project.reading() as connection:
            coder = checked(coder, codings_store.coders(connection))
        refuse_blind(project, coder)
        check_coders(project, coders, in_round)
        self._project = project
        self.coder = coder
        self._coders = tuple(coders)
        self._round = in_round
        self.round_name = in_round.name if in_round else ""
        self.codebook = project.codebook()
        self._code_guids = {code.key: code.guid for code in self.codebook.codes}
        self._facets = Facets(project)
        self._seen = project.data_version()
        self.differences: list[Difference] = []
        self.refresh()

    @classmethod
    def open(cls, path: Path, coder: str, coders: Sequence[str] = (), round_name: str = "") -> Resolver:
        """Open a study for somebody who decides. Raises KodingError."""
        project = Project.open(path)
        try:
            return cls(project, coder, coders, find_round(project, round_name) if round_name else None)
        except BaseException:
            project.close()
            raise

    def refresh(self) -> None:
        """Compare the coders anew."""
        self.differences = differences(self._project, self._coders, self._round)

    def changed_elsewhere(self) -> bool:
        """Say whether another program has written since the last call; if so the differences are up to date again."""
        version = self._project.data_version()
        if version == self._seen:
            return False
        self._seen = version
        self.refresh()
        return True

    @property
    def settled(self) -> int:
        """How many disagreements are decided."""
        return sum(1 for one in self.differences if one.resolution is not None)

    def find(self, name: str) -> Difference:
        """Give the disagreement whose short name begins like this. Raises UsageFault."""
        found = [one for one in self.differences if name and one.disagreement.id.startswith(name)]
        if not found:
            hint = _("koding disagreements lists them; give the same --coders and --round here as there.")
            raise UsageFault(_("There is no {what} called {name}.").format(what=_("disagreement"), name=name), hint)
        if len(found) > 1:
            raise UsageFault(
                _("“{name}” begins the ID of several disagreements.").format(name=name),
                _("There are: {names}.").format(names=", ".join(one.disagreement.id for one in found)),
            )
        return found[0]

    def transcript(self, source: str) -> Transcript:
        """Give the text of a source (a GUID) with its turns and speakers."""
        with self._project.reading() as connection:
            record = next(one for one in sources_store.sources(connection) if one.guid == source)
            return sources_store.transcript(connection, record)

    def decide(self, difference: Difference, wanted: Decision) -> Resolution:
        """Write a decision with its resolved codings, in the place of an earlier one.

        Raises UsageFault for a coder who has nothing there and for a code that cannot be used.
        """
        one = difference.disagreement
        outcome = self._outcome(one, wanted)
        resolution = Resolution(
            guid=resolution_guid(one),
            source=one.source,
            codings=one.guids,
            fingerprint=one.fingerprint(),
            verdict=wanted.verdict,
            outcome=(),
            coder=self.coder,
            why=wanted.why.strip(),
            certainty=wanted.certainty,
            keywords=tuple(dict.fromkeys(word.strip() for word in wanted.keywords if word.strip())),
            round=self._round.guid if self._round else "",
        )
        codes = ", ".join(dict.fromkeys(coding.code for coding in outcome)) or _("nothing")
        detail = f"{', '.join(one.codes)} {difference.source}:{one.start}-{one.end} → {codes}"
        with self._project.change(coder=self.coder, action=ACTION, detail=detail) as change:
            rows = [(coding, self._code_guids[coding.code]) for coding in outcome]
            written = resolutions.write_resolution(change, self._project.connection, resolution, rows)
        self._take(difference, written)
        return written

    def annotate(self, difference: Difference, wanted: Decision) -> None:
        """Write why, how surely and with which keywords a decision was made; what was decided stands."""
        standing = difference.resolution
        if standing is None:
            raise Conflict(_("Nothing has been decided about this yet."))
        one = difference.disagreement
        detail = f"{', '.join(one.codes)} {difference.source}:{one.start}-{one.end}"
        with self._project.change(coder=self.coder, action=ACTION, detail=detail) as change:
            noted = resolutions.annotate_resolution(
                change, replace(standing, why=wanted.why.strip(), certainty=wanted.certainty, keywords=wanted.keywords)
            )
        self._take(difference, noted)

    def reopen(self, difference: Difference) -> None:
        """Take a decision back. Raises Conflict where there is none."""
        standing = difference.resolution or difference.stale
        if standing is None:
            raise Conflict(_("Nothing has been decided about this yet."))
        one = difference.disagreement
        detail = f"{', '.join(one.codes)} {difference.source}:{one.start}-{one.end}"
        with self._project.change(coder=self.coder, action=ACTION, detail=detail) as change:
            resolutions.remove_resolution(change, self._project.connection, standing.guid)
        self._take(difference, None)

    def _take(self, difference: Difference, resolution: Resolution | None) -> None:
        place = next(
            number for number, one in enumerate(self.differences) if one.disagreement == difference.disagreement
        )
        self.differences[place] = replace(self.differences[place], resolution=resolution, stale=None)

    def undo(self) -> str:
        """Take back what this person decided last, and say what it was. Raises Conflict where there is nothing."""
        taken = undoing.undo(self._project, actor=self.coder, coder=self.coder, actions=(ACTION,))
        self.refresh()
        return taken.told.text

    def _outcome(self, one: Disagreement, wanted: Decision) -> list[Coding]:
        if wanted.verdict == NEITHER:
            return []
        if wanted.verdict == BOTH:
            return self._both(one)
        if wanted.verdict == OTHER:
            code = self.codebook.by_key.get(wanted.code)
            if code is None:
                raise unknown(_("code"), wanted.code, [code.key for code in self.codebook.codes if code.codable])
            if not code.codable:
                raise UsageFault(
                    _("{code} is a folder and cannot be used as a code.").format(code=code.label),
                    _("Choose one of the codes below it."),
                )
            return [Coding("", one.source, one.start, one.end, code.key, "")]
        taken = one.of(wanted.verdict)
        if wanted.verdict not in one.coders:
            raise unknown(_("coder"), wanted.verdict, one.coders)
        return list(taken)

    def _both(self, one: Disagreement) -> list[Coding]:
        """Give what any of them gave: of one code the words that any has, with the facets they share."""
        found = []
        for code in one.codes:
            of_code = [coding for coding in one.codings if coding.code == code]
            facets = shared_facets(of_code, self._facets)
            found += [
                Coding("", one.source, start, end, code, "", facets)
                for start, end in _joined((coding.start, coding.end) for coding in of_code)
            ]
        return found

    def close(self) -> None:
        """Close the study."""
        self._project.close()


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
