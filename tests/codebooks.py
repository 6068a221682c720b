"""Random codebooks for property tests, as the readers give them: no text is blank around its edges but by design."""

from __future__ import annotations

from hypothesis import strategies as st

from koding.model.codebook import Code, Codebook, Example, Facet, FacetValue, Indicators, WordField, used_fields
from koding.model.identity import content_guid

# What a file may hold: no control characters, no half surrogates, and of line ends only our own.
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
LINE = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
BLOCK = st.text(st.one_of(LETTERS, st.just("\n")), max_size=60)
WORD = st.text("abcæøå-1_", min_size=1, max_size=6).filter(lambda word: word[0] not in "-_")
LANGUAGES = st.sampled_from(["nb", "nn", "en"])


@st.composite
def examples(draw: st.DrawFn) -> tuple[Example, ...]:
    return tuple(
        Example(text, draw(LANGUAGES)) for text in draw(st.lists(BLOCK.filter(lambda text: text != ""), max_size=3))
    )


@st.composite
def codes(draw: st.DrawFn, book: str, parent: str | None = None, depth: int = 0) -> list[Code]:
    found: list[Code] = []
    for segment in draw(st.lists(WORD, min_size=0 if depth else 1, max_size=3, unique=True)):
        key = f"{parent}.{segment}" if parent else segment
        own = draw(st.booleans())
        found.append(
            Code(
                guid=str(draw(st.uuids())) if own else content_guid("code", book, key),
                key=key,
                label=draw(LINE),
                parent=parent,
                gloss=draw(BLOCK),
                short=draw(BLOCK),
                definition=draw(BLOCK),
                use=draw(BLOCK),
                not_use=draw(BLOCK),
                examples=draw(examples()),
                counterexamples=draw(examples()),
                indicators=Indicators(
                    tuple(draw(st.lists(LINE, max_size=2))), tuple(draw(st.lists(LINE, max_size=2))), ()
                ),
                colour=draw(st.sampled_from(["", "#c4475b"])),
                codable=draw(st.booleans()),
                sensitive=draw(st.booleans()),
            )
        )
        if depth < 2:
            found += draw(codes(book, key, depth + 1))
    return found


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Give a codebook of up to three levels, with facets, rules and word fields."""
    identifier = draw(WORD)
    written = tuple(draw(codes(identifier)))
    names = draw(st.lists(WORD, max_size=2, unique=True))
    fields = tuple(
        WordField(name, draw(LINE), draw(BLOCK), tuple(draw(st.lists(WORD, min_size=1, max_size=3, unique=True))), ())
        for name in names
    )
    values = (FacetValue("ja", draw(LINE), draw(BLOCK)), FacetValue("nei", draw(LINE)))
    facet = Facet("gjelder", draw(LINE), values, draw(BLOCK), "ja", "gruppe", {draw(LINE): "nei"}, frozenset({"nei"}))
    return Codebook(
        guid=content_guid("codebook", identifier),
        id=identifier,
        title=draw(LINE),
        codes=written,
        facets=draw(st.sampled_from([(), (facet,)])),
        language=draw(LANGUAGES),
        version=draw(st.sampled_from(["", "1.10", "no"])),
        description=draw(BLOCK),
        rules=tuple(draw(st.lists(LINE, max_size=2))),
        fields=used_fields(written, fields),
    )
