"""Two people's full path through the commands: from transcripts to a replication that others can check."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.studies import CODEBOOK, INFORMANTS, TEXTS, json_lines

KARI = """\
source,start,end,code,text
samira,{telefonen},ensomhet,Telefonen ringte aldri
samira,{jobb},arbeid,jobb hadde jeg
meeting,{husleia},hverdag.bolig.leie,Husleia var høy
essay,{arbeid},arbeid,arbeid
"""
OLA = """\
source,start,end,code,text
samira,{telefonen},ensomhet,Telefonen ringte aldri
samira,{jobb},arbeid.inntekt,jobb hadde jeg
meeting,{alene},ensomhet,alene
essay,{arbeid},arbeid,arbeid
"""
WORDS = {
    "telefonen": ("samira", "Telefonen ringte aldri"),
    "jobb": ("samira", "jobb hadde jeg"),
    "husleia": ("meeting", "Husleia var høy"),
    "alene": ("meeting", "alene"),
    "arbeid": ("essay", "arbeid"),
}


def places() -> dict[str, str]:
    """Give `start,end` of the words that are coded."""
    found = {}
    for name, (source, words) in WORDS.items():
        start = TEXTS[source].index(words)
        found[name] = f"{start},{start + len(words)}"
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "mini.yaml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "informants.csv").write_text(INFORMANTS, encoding="utf-8")
    (tmp_path / "kari.csv").write_text(KARI.format(**places()), encoding="utf-8")
    (tmp_path / "ola.csv").write_text(OLA.format(**places()), encoding="utf-8")
    return tmp_path


def test_two_people_from_transcripts_to_replication(koding, desk: Path) -> None:
    study, copy = desk / "study.koding", desk / "ola.koding"

    def done(*arguments: object) -> str:
        ran = koding(*arguments)
        assert ran.code == 0, ran.err
        return str(ran.out)

    done("init", study, "--codebook", desk / "mini.yaml")
    done("import", study, desk / "texts", "--informants", desk / "informants.csv")
    done("round", "new", study, "pilot", "--coders", "Kari,Ola", "--mode", "blind")
    shutil.copy(study, copy)
    # Each codes apart, in a copy of their own.
    done("codings", "import", study, desk / "kari.csv", "--coder", "Kari", "--round", "pilot")
    done("codings", "import", copy, desk / "ola.csv", "--coder", "Ola", "--round", "pilot")
    done("merge", study, copy)
    done("merge", study, copy)
    done("check", study)
    done("round", "close", study, "pilot")
    shown = json_lines(done("round", "show", study, "pilot", "--format", "jsonl"))[0]
    assert shown["codings"] == {"Kari": 4, "Ola": 4}
    agreed = json.loads(done("agree", study, "--round", "pilot", "--format", "json"))
    by_code = {one["code"]: one for one in agreed["codes"]}
    assert by_code["arbeid"]["given"] == [2, 1]
    assert agreed["overall"]["krippendorff_alpha"] < 1
    listed = json_lines(done("disagreements", study, "--round", "pilot", "--format", "jsonl"))
    kinds = {str(row["id"]): row["kind"] for row in listed}
    assert sorted(kinds.values()) == ["code", "only", "only"]
    for identity, kind in kinds.items():
        take = "Kari" if kind == "code" else "both"
        done("resolve", study, identity, "--coder", "Kari", "--round", "pilot", "--take", take, "--why", "Talt om.")
    assert done("disagreements", study, "--round", "pilot", "--open", "--format", "jsonl") == ""
    matrix = json.loads(done("matrix", study, "--by", "gruppe", "--resolved", "--round", "pilot", "--format", "json"))
    assert {row["code"]: row["total"] for row in matrix["rows"] if row["total"]} == {
        "arbeid": 2, "ensomhet": 2, "hverdag": 1, "hverdag.bolig": 1, "hverdag.bolig.leie": 1,
    }  # fmt: skip
    assert "3 disagreements were decided by Kari" in done("report", "methods", study)
    done("replicate", "pack", study, desk / "pakke", "--key", desk / "key")
    done("replicate", "verify", desk / "pakke")
    # A student with the transcripts codes anew, as Ola did, and meets the record.
    student = desk / "student.koding"
    texts = ("--texts", desk / "texts", "--key", desk / "key")
    done("replicate", "open", desk / "pakke", student, "--coder", "Stine", *texts)
    done("codings", "import", student, desk / "ola.csv", "--coder", "Stine", "--round", "replication")
    compared = json.loads(done("replicate", "compare", student, desk / "pakke", "--format", "json"))
    assert compared["coders"] == ["original", "Stine"]
    assert {one["code"]: one["given"] for one in compared["codes"]}["arbeid"] == [2, 1]
    done("check", study)
    done("check", student)
