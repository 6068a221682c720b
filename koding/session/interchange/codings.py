"""The selections of a foreign project as codings of the study; what is no coding of a text is carried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from koding.i18n import ngettext
from koding.model import exchange
from koding.model.coding import Coding, Origin
from koding.model.exchange import Selection, Source
from koding.model.exchange_json import to_json
from koding.model.identity import content_guid
from koding.session.interchange.people import coder_of
from koding.session.interchange.sources import turn_guid
from koding.session.interchange.storing import Storing
from koding.store import codings as store
from koding.store.carried import guids
from koding.store.codebooks import read_codebook
from koding.store.sources import sha256

_SELECTION = "PlainTextSelection"
#: What makes a coding the one it is: source, coder, start, end, code and round, all but the span as GUIDs.
Place = tuple[str, str, int, int, str, str]


def selection_guid(source: str, start: int, end: int, coder: str) -> str:
    """Give the GUID of the selection under which a coder's codings of a span are exported; `coder` is a GUID."""
    return content_guid("selection", source, str(start), str(end), coder)


class CodingStorer:
    """Writes codings: one of a coder, a code and a span only once, one that stands already not again."""

    def __init__(self, storing: Storing) -> None:
        self._storing = storing
        self._standing, self._before = store.coding_places(storing.connection)
        self._guids: set[str] = set()
        self._placed: set[Place] = set()
        self._rounds = guids(storing.connection, "round")
        self._facets = {facet.key: frozenset(facet.keys()) for facet in read_codebook(storing.connection).facets}
        self._coders: dict[str, str] = {}
        self._twice = 0
        self._codeless = 0
        self._nowhere = 0

    def run(self) -> None:
        """Write every coding that lies on a text, and carry the rest."""
        storing = self._storing
        users = {
            coding.user or selection.user
            for source in storing.file.sources
            for selection in source.selections
            for coding in selection.codings
            if source.guid in storing.sources
        }
        self._coders = {user: store.coder_guid(coder_of(storing, user)) for user in sorted(users)}
        storing.change.insert("coding", self._rows())
        lost = {
            ngettext(
                "{count} coding says what another says already: the same code, span and coder.",
                "{count} codings say what others say already: the same code, span and coder.",
                self._twice,
            ): self._twice,
            ngettext(
                "{count} coding has a code that is not in the codebook.",
                "{count} codings have codes that are not in the codebook.",
                self._codeless,
            ): self._codeless,
            ngettext(
                "{count} coding has a span that is empty or outside its text.",
                "{count} codings have spans that are empty or outside their texts.",
                self._nowhere,
            ): self._nowhere,
        }
        storing.report.warnings.extend(line.format(count=count) for line, count in lost.items() if count)
        storing.report.codings_lost += sum(lost.values())

    def _rows(self) -> Iterator[tuple[object, ...]]:
        storing = self._storing
        for source in storing.file.sources:
            guid = storing.sources.get(source.guid)
            if guid is None:
                lost = len(source.codings) + sum(len(one.codings) for one in source.selections)
                storing.report.carried["Coding"] += lost
                continue
            digest = sha256(source.text.encode("utf-8"))
            for selection in source.selections:
                stored: list[str] = []
                lost_ones: list[exchange.Coding] = []
                for coding in selection.codings:
                    place = self._place(source, guid, selection, coding)
                    if place is None:
                        lost_ones.append(coding)
                    elif coding.guid in self._before or place in self._standing:
                        storing.report.standing["codings"] += 1
                        self._placed.add(place)
                        if coding.guid in self._before:
                            storing.codings[coding.guid] = coding.guid
                            stored.append(coding.guid)
                    else:
                        row = self._coding(selection, coding, place)
                        stored.append(row.guid)
                        storing.report.codings += 1
                        yield store.coding_row(row, place[4])
                self._carry(guid, digest, selection, stored, lost_ones)

    def _place(self, source: Source, guid: str, selection: Selection, coding: exchange.Coding) -> Place | None:
        """Give what makes the coding the one it is; None, counted, for one that cannot be a coding here."""
        start, end = selection.start, selection.end
        if not 0 <= start < end <= len(source.text):
            self._nowhere += 1
            return None
        code = self._storing.codes.get(coding.code)
        if code is None:
            self._codeless += 1
            return None
        place = (guid, self._coders[coding.user or selection.user], start, end, code, self._round(coding.guid))
        if place in self._placed:
            self._twice += 1
            return None
        return place

    def _coding(self, selection: Selection, coding: exchange.Coding, place: Place) -> Coding:
        """Give a new coding."""
        source, _coder, start, end, _code, in_round = place
        guid = coding.guid
        if guid in self._guids:
            guid = content_guid("coding twin", guid, *map(str, place))
        self._guids.add(guid)
        self._placed.add(place)
        self._storing.codings[coding.guid] = guid
        created = coding.created or selection.created or self._storing.change.at
        return self._restored(
            Coding(
                guid=guid,
                source=source,
                start=start,
                end=end,
                code="",
                coder=self._storing.coders[coding.user or selection.user],
                origin=Origin.IMPORTED,
                created=created,
                modified=selection.modified or created,
                round=in_round,
            )
        )

    def _round(self, coding: str) -> str:
        """Give the round that koding's own file says a coding was made in, "" for none and for one not in the study."""
        row = self._storing.sidecar.row("coding", coding)
        found = str(row.get("round") or "") if row else ""
        return found if found in self._rounds else ""

    def _restored(self, coding: Coding) -> Coding:
        """Give the coding with the facets and origin that koding's own file tells of it."""
        row = self._storing.sidecar.row("coding", coding.guid)
        if row is None:
            return coding
        try:
            facets = store.facets_of(str(row["facets"]))
            known = {key: value for key, value in facets.items() if value in self._facets.get(key, ())}
            return replace(
                coding,
                facets=known,
                origin=Origin(str(row["origin"])),
                suggester=str(row["suggester"] or ""),
                modified=str(row["modified"] or ""),
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return coding

    def _carry(
        self, guid: str, digest: str, selection: Selection, stored: list[str], lost: list[exchange.Coding]
    ) -> None:
        """Carry a selection that an export would not make again by itself from the codings on it."""
        if not lost and (self._made_again(guid, selection, stored) or (selection.codings and not stored)):
            return
        content = to_json(replace(selection, codings=lost, notes=()))
        self._storing.carry(
            "selection", guid, selection.guid, {"selection": content, "stored": stored, "text_sha256": digest}
        )
        if not selection.codings:
            self._storing.report.carried[selection.kind] += 1

    def _made_again(self, guid: str, selection: Selection, stored: list[str]) -> bool:
        if selection.extra or selection.kind != _SELECTION:
            return False
        if not stored:
            return selection.guid == turn_guid(guid, selection.start, selection.end)
        if selection.description is not None:
            return False
        coder = store.coder_guid(self._storing.coders.get(selection.user, ""))
        same = selection.guid == selection_guid(guid, selection.start, selection.end, coder)
        return same and stored == [coding.guid for coding in selection.codings]
