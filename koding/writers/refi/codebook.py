"""A codebook written as REFI-QDA (.qdc), valid by the standard's schema."""

from __future__ import annotations

from typing import Any

from lxml import etree

from koding import __version__
from koding.model.codebook import Codebook
from koding.model.describing import describe
from koding.model.refi import CODEBOOK, Checker, xml_text
from koding.writers.refi.elements import local
from koding.writers.refi.tools import STANDARD, Tool


def codebook_qdc(codebook: Codebook, sensitive: str, tool: Tool = STANDARD) -> bytes:
    """Give the file of a codebook; `sensitive` is the GUID of the set that tells which codes are sensitive.

    A code's parts stand in its description under headings, its key last. Facets, rules and indicators have no place.
    The codebook must have codes: the standard knows no empty one.
    """
    prefix = f"{{{tool.codebook}}}"
    root = etree.Element(prefix + "CodeBook", {"origin": f"koding {__version__}"}, {None: tool.codebook})
    places: dict[str | None, Any] = {None: etree.SubElement(root, prefix + "Codes")}
    for code in codebook.codes:
        attributes = {"guid": code.guid, "name": xml_text(code.label), "isCodable": "true" if code.codable else "false"}
        colour = codebook.colour(code.key)
        if colour:
            attributes["color"] = colour
        made = etree.SubElement(places[code.parent], prefix + "Code", attributes)
        etree.SubElement(made, prefix + "Description").text = xml_text(describe(code, codebook.language, with_key=True))
        places[code.key] = made
    members = [code.guid for code in codebook.codes if code.sensitive]
    if members:
        one = etree.SubElement(
            etree.SubElement(root, prefix + "Sets"), prefix + "Set", {"guid": sensitive, "name": "Sensitive"}
        )
        for guid in members:
            etree.SubElement(one, prefix + "MemberCode", {"guid": guid})
    checker = Checker(CODEBOOK, "CodeBook")
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            checker.begin(local(str(node.tag)), node.attrib)
        else:
            checker.end(node.text or "")
    assert not checker.findings, checker.findings
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return data
