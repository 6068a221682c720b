"""The README of a replication package: what is in it, what it proves, and what it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from koding.i18n import _
from koding.model.coding import RESOLVED


def readme(about: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Give the README as Markdown, in the language of the interface."""
    lines = [
        f"# {about['study']}",
        "",
        _("A replication package made by koding {version}.").format(version=about["koding"]),
        "",
        "## " + _("What is in it"),
        "",
        *_contents(about, rows),
        "",
        "## " + _("The results, and how to make them anew"),
        "",
        _("These commands check everything, and build a study (without words) to run the others on:"),
        "",
        "    koding replicate verify .",
        "    koding replicate rebuild . STUDY",
        "",
        *(f"    {one['command']}" for one in about["outputs"]),
        "",
        "## " + _("What it proves"),
        "",
        "- " + _("The results follow from the codings in the package: the commands give them byte for byte."),
        "- " + _("Who has the transcripts and the key can confirm that they are the ones that were coded."),
        "- "
        + _("Whoever codes anew with koding replicate open sees neither codings nor suggestions; koding replicate "
            "compare then says how far they agree, code by code, and where they differ."),
        "",
        "## " + _("What it does not prove"),
        "",
        "- " + _("That the transcripts are what was said, or that the informants were well chosen."),
        "- " + _("When and by whom the codings were made: names and times are those the study holds."),
        "- " + _("That blind coders looked nowhere else: files bind nobody."),
        "- "
        + _("Without the transcripts nothing can be said of words: shares of words (matrix --measure words) and "
            "suggestions cannot be made anew."),
        "",
        "## " + _("What was left out"),
        "",
        *_left_out(about),
        "",
        _("Kept are the names of sources, informants and coders, and what is known of informants: see that they give "
          "nobody away."),
        "",
        _("GUIDs of sources and codings are masked by the key, since they are made from the texts. Keep the key apart "
          "from the package: with it a guess about a transcript can be confirmed."),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def coders_codings(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """Give the rows of codings that somebody made; what was decided about disagreements is nobody's."""
    resolved = {row["guid"] for row in rows["coder"] if row["name"] == RESOLVED}
    return [row for row in rows["coding"] if row["coder"] not in resolved]


def _contents(about: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    book = about["codebook"]
    codings = coders_codings(rows)
    found = [
        "- "
        + _("sources: {count}; keyed hashes (HMAC-SHA256) of their texts, their turns and sentences as positions, and "
            "who speaks, by informant: `rows/`").format(count=len(rows["source"])),
        "- "
        + _("codings: {codings}, coders: {coders}, rounds with their seeds: {rounds}, decisions about disagreements: "
            "{resolutions}: `rows/`").format(
            codings=len(codings), coders=len({row["coder"] for row in codings}), rounds=len(rows["round"]),
            resolutions=len(rows["resolution"])),
        "- "
        + _("the codebook “{title}” {version} as people read it, `codebook.yaml`, and what was done to it, "
            "`codebook_history.jsonl`").format(title=book["title"], version=book["version"]),
        "- " + _("the results: `outputs/`"),
        "- " + _("`package.json`: versions, commands, and the SHA-256 of every file"),
    ]  # fmt: skip
    if about["texts"]:
        found.append("- " + _("the transcripts: `texts/`"))
    return found


def _left_out(about: Mapping[str, Any]) -> list[str]:
    found = ["- " + _("Memos, and decisions about suggestions.")]
    if not about["texts"]:
        found.append("- " + _("The transcripts, the labels of speakers in them, and the names of files."))
        found.append(
            "- "
            + _("Texts in the codebook and reasons for decisions that share six words in a row with a transcript: "
                "{count}.").format(count=about["left_out"])
        )  # fmt: skip
    return found
