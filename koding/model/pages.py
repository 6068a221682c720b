r"""Pages: a text that came in pages keeps where each ends as a form feed (`\f`) at the end of the page's last line."""

from __future__ import annotations

from bisect import bisect_left

PAGE_END = "\f"


def join_pages(pages: list[str]) -> str:
    r"""Give one text of pages; every page but the last ends in `\f` and a line end, so that lines stay lines."""
    return f"{PAGE_END}\n".join(page.replace(PAGE_END, "\n") for page in pages)


def page_at(text: str, position: int) -> int | None:
    """Give the number (from 1) of the page that `position` is on, None for a text without pages."""
    if PAGE_END not in text:
        return None
    return text.count(PAGE_END, 0, position) + 1


def page_ends(text: str) -> list[int]:
    """Give where the pages of a text end, in code points; none for a text without pages."""
    ends: list[int] = []
    position = text.find(PAGE_END)
    while position >= 0:
        ends.append(position)
        position = text.find(PAGE_END, position + 1)
    return ends


def page_among(ends: list[int], position: int) -> int | None:
    """Give as `page_at` the page of a position, by the `page_ends` of its text."""
    return bisect_left(ends, position) + 1 if ends else None
