r"""Pages: a text that came in pages keeps where each ends as a form feed (`\f`) at the end of the page's last line."""

from __future__ import annotations

PAGE_END = "\f"


def join_pages(pages: list[str]) -> str:
    r"""Give one text of pages; every page but the last ends in `\f` and a line end, so that lines stay lines."""
    return f"{PAGE_END}\n".join(page.replace(PAGE_END, "\n") for page in pages)


def page_at(text: str, position: int) -> int | None:
    """Give the number (from 1) of the page that `position` is on, None for a text without pages."""
    if PAGE_END not in text:
        return None
    return text.count(PAGE_END, 0, position) + 1
