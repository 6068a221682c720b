"""Agreement between coders as JSON, and as rows of text for the terminal and for pages."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from koding.i18n import _
from koding.model.agreement.comparison import CodeAgreement, Measure
from koding.model.agreement.resampling import Interval
from koding.model.agreement.sets import SetAgreement
from koding.model.agreement.unitizing import SpanAgreement
from koding.model.codebook import Code
from koding.writers.matrix import PAGE_STYLE


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """What is written: the comparison as the session made it, and the plain reading of it."""

    study: str
    coders: tuple[str, ...]
    unit: str
    uncoded: str
    sources: tuple[str, ...]
    codes: tuple[tuple[Code, CodeAgreement], ...]
    overall: SetAgreement
    unitizing: SpanAgreement
    note: str
    round: str = ""

    def heading(self) -> str:
        """Give the title."""
        units = {
            "turn": _("{study}: agreement of {coders} by turn"),
            "sentence": _("{study}: agreement of {coders} by sentence"),
            "character": _("{study}: agreement of {coders} by character"),
        }
        return units[self.unit].format(study=self.study, coders=", ".join(self.coders))


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _interval(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {
        "low": _round(interval.low),
        "high": _round(interval.high),
        "level": interval.level,
        "resamples": interval.resamples,
        "defined": interval.defined,
        "seed": interval.seed,
        "jackknife_error": _round(interval.jackknife_error),
        "jackknife_low": _round(interval.jackknife_low),
        "jackknife_high": _round(interval.jackknife_high),
    }


def agreement_json(table: AgreementTable) -> str:
    """Give the agreement as JSON; what is not defined is null."""
    overall = table.overall
    content = {
        "unit": table.unit,
        "uncoded": table.uncoded,
        "coders": list(table.coders),
        "round": table.round or None,
        "sources": list(table.sources),
        "codes": [
            {
                "code": code.key,
                "label": code.label,
                "n": one.units,
                "given": list(one.given),
                **{measure.value: _round(one.values[measure]) for measure in Measure},
                "interval": _interval(one.intervals.get(Measure.ALPHA)),
            }
            for code, one in table.codes
        ],
        "overall": {
            "n": overall.units,
            "krippendorff_alpha": _round(overall.value),
            "distance": overall.distance.name,
            "formula": overall.distance.formula,
            "observed_disagreement": _round(overall.observed),
            "expected_disagreement": _round(overall.expected),
            "interval": _interval(overall.interval),
            "unitizing_alpha": _round(table.unitizing.value),
        },
        "note": table.note,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def number(value: float | None) -> str:
    """Give a coefficient as people read it; one that is not defined is said so."""
    return _("not defined") if value is None else f"{value:z.2f}"


def interval_text(interval: Interval | None) -> str:
    """Give an interval as people read it."""
    if interval is None or interval.low is None or interval.high is None:
        return _("none")
    return f"{interval.low:z.2f}–{interval.high:z.2f}"


def agreement_lines(table: AgreementTable) -> list[list[str]]:
    """Give the agreement as rows of text, the head first: a row for each code that somebody used, then all codes."""
    heads: Mapping[Measure, str] = {
        Measure.PERCENT: _("percent"),
        Measure.POSITIVE: _("positive"),
        Measure.COHEN: "κ",
        Measure.SCOTT: "π",
        Measure.FLEISS: "Fleiss κ",
        Measure.AC1: "AC1",
        Measure.ALPHA: "α",
    }
    lines = [[_("Code"), "n", *table.coders, *heads.values(), _("α, 95 %")]]
    for code, one in table.codes:
        values = [number(one.values[measure]) for measure in heads]
        given = [str(count) for count in one.given]
        interval = interval_text(one.intervals.get(Measure.ALPHA))
        lines.append(["  " * code.key.count(".") + code.label, str(one.units), *given, *values, interval])
    blank = [""] * (len(table.coders) + len(heads) - 1)
    overall = table.overall
    sets = [_("All codes, as sets"), str(overall.units), *blank, number(overall.value), interval_text(overall.interval)]
    lines.append(sets)
    lines.append([_("All codes, as spans (unitizing)"), "", *blank, number(table.unitizing.value), ""])
    return lines


def agreement_html(table: AgreementTable) -> str:
    """Give the agreement as one HTML page that needs nothing from the net."""
    head, *rows = agreement_lines(table)
    title = html.escape(table.heading())
    columns = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
    body = "\n".join(_html_row(row) for row in rows)
    return (
        f'<!doctype html>\n<html lang="{_("en")}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{PAGE_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<table>\n<thead><tr>{columns}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>\n<p>{html.escape(table.note)}</p>\n</body>\n</html>\n"
    )


def _html_row(row: Sequence[str]) -> str:
    cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
    depth = (len(row[0]) - len(row[0].lstrip())) / 2
    indent = f' style="padding-left: {0.8 + 1.2 * depth:.1f}rem"' if depth else ""
    return f'<tr><th scope="row"{indent}>{html.escape(row[0].strip())}</th>{cells}</tr>'


def agreement_xlsx(table: AgreementTable) -> bytes:
    """Give the agreement as an .xlsx file: numbers as numbers, nothing ever a formula."""
    import xlsxwriter

    from koding.writers.matrix_xlsx import CREATED, OPTIONS

    head, *rows = agreement_lines(table)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        book.set_properties({"title": table.heading(), "created": CREATED})
        bold = book.add_format({"bold": True, "bottom": 2})
        decimals = book.add_format({"num_format": "0.00"})
        sheet = book.add_worksheet(_("Agreement"))
        for column, cell in enumerate(head):
            sheet.write_string(0, column, cell, bold)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if column and _is_number(cell):
                    sheet.write_number(line, column, float(cell), decimals if "." in cell else None)
                else:
                    sheet.write_string(line, column, cell)
        sheet.set_column(0, 0, 40)
        sheet.freeze_panes(1, 1)
        note = book.add_worksheet(_("Method"))
        note.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
        note.write_string(0, 0, table.heading())
        note.write_string(1, 0, table.note)
    return stream.getvalue()


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).removeprefix("-").isdigit()
