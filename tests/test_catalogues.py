"""Every string a person sees is translated to Bokmål and Nynorsk, with the same placeholders."""

from __future__ import annotations

import re

import pytest

babel = pytest.importorskip("babel", reason="Babel comes with the dev extra")

from tests import catalogues  # noqa: E402 - after the skip


def placeholders(text: str) -> set[str]:
    # Not string.Formatter: some hints show a brace or a YAML mapping as it is, and are never formatted.
    return set(re.findall(r"\{\w+[^{}]*\}", text))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_string_is_translated(language):
    assert catalogues.missing(language) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_keep_the_placeholders(language):
    wrong = []
    for message in catalogues.translated(language):
        if not message.id:
            continue
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = set().union(*(placeholders(text) for text in sources))
        for text in catalogues._strings(message.string):
            # A plural may leave its number out ("one source"), it may never ask for what is not given.
            found = placeholders(text)
            if found != wanted and not (len(sources) > 1 and found <= wanted):
                wrong.append((message.id, text))
    assert wrong == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_compiled_catalogue_is_the_one_that_was_translated(language):
    path = catalogues.po_path(language).with_suffix(".mo")
    assert path.read_bytes() == catalogues.compiled(catalogues.translated(language))
