"""Small projects of other tools, made as those tools make them (their tables as their own databases have them)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

TAGUETTE = """
CREATE TABLE users (login VARCHAR(30) NOT NULL PRIMARY KEY, created DATETIME NOT NULL, hashed_password VARCHAR(192),
    disabled BOOLEAN NOT NULL, password_set_date DATETIME, language VARCHAR(10), email VARCHAR(256));
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE project_members (project_id INTEGER NOT NULL, user_login VARCHAR(30) NOT NULL,
    privileges VARCHAR(11) NOT NULL, PRIMARY KEY (project_id, user_login));
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, project_id INTEGER NOT NULL,
    text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL,
    user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL,
    path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
    start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
    PRIMARY KEY (highlight_id, tag_id));
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
"""

QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, bookmarkfile integer,
    bookmarkpos integer, codername text, recently_used_codes text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer,
    cid integer, memo text, date text, owner text, important integer, pdf_page integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text,
    date text, owner text, important integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text, unique(fid, pos0, pos1, owner));
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
    owner text, unique(name, attr_type, id));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
    date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer,
    unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer, unique(cid, fid, pos0, pos1, owner));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text, unique(name));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text, unique(name));
CREATE TABLE stored_sql (title text, description text, grouper text, ssql text, unique(title));
"""

QC = """
CREATE TABLE document (file_path VARCHAR NOT NULL PRIMARY KEY, file_hash VARCHAR NOT NULL);
CREATE TABLE document_index (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL, time_series BOOLEAN NOT NULL,
    document_id VARCHAR NOT NULL, UNIQUE (document_id, name));
CREATE TABLE location (id INTEGER NOT NULL PRIMARY KEY, start_line INTEGER NOT NULL, end_line INTEGER NOT NULL,
    document_index_id VARCHAR NOT NULL, CHECK (start_line <= end_line));
CREATE TABLE code (name VARCHAR NOT NULL PRIMARY KEY);
CREATE TABLE coder (name VARCHAR NOT NULL PRIMARY KEY);
CREATE TABLE coded_line (id INTEGER NOT NULL PRIMARY KEY, line INTEGER NOT NULL, coder_id VARCHAR NOT NULL,
    code_id VARCHAR NOT NULL);
CREATE TABLE coded_line_location_association (coded_line_id INTEGER NOT NULL, location_id INTEGER NOT NULL,
    PRIMARY KEY (coded_line_id, location_id));
"""

Rows = Mapping[str, Iterable[Mapping[str, object]]]


def database(path: Path, schema: str, rows: Rows) -> Path:
    """Make a database with rows by table."""
    connection = sqlite3.connect(path)
    connection.executescript(schema)
    for table, contents in rows.items():
        for row in contents:
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
    connection.commit()
    connection.close()
    return path


PAGE = (
    "\n<p>I: Hvorfor flyttet du, <b>Åse</b>?</p>\n<p>R: Det var ingen jobb på øya 😀 for meg &amp; ham.<br/>"
    'Og så <a href="x" title="a &gt; b">ensomt</a>.</p><ul><li>én</li><li>to</li></ul>'
)
#: The text of the page as Taguette counts it: tags out, nothing in their place.
PAGE_RUN = "I: Hvorfor flyttet du, Åse?\nR: Det var ingen jobb på øya 😀 for meg & ham.Og så ensomt.énto"
WHEN = "2026-11-22 15:15:45.372958"


def taguette(path: Path, highlights: Iterable[tuple[str, list[int]]], projects: int = 1) -> Path:
    """Make a Taguette database: one document, three tags and highlights of quoted text with tags by number."""
    made = []
    for number, (quote, tags) in enumerate(highlights, start=1):
        start = len(PAGE_RUN[: PAGE_RUN.index(quote)].encode())
        made.append((number, start, start + len(quote.encode()), quote, tags))
    return database(
        path,
        TAGUETTE,
        {
            "users": [{"login": login, "created": WHEN, "disabled": 0} for login in ("admin", "kari")],
            "projects": [
                {"id": number, "name": f"Prosjekt {number}", "description": "Om flytting", "created": WHEN}
                for number in range(1, projects + 1)
            ],
            "project_members": [{"project_id": 1, "user_login": "kari", "privileges": "ADMIN"}],
            "documents": [
                {"id": 1, "name": "intervju1.docx", "description": "Første", "filename": "intervju1.docx",
                 "created": WHEN, "project_id": 1, "text_direction": "LEFT_TO_RIGHT", "contents": PAGE},
            ],
            "tags": [
                {"id": 1, "project_id": 1, "path": "arbeid.mangel", "description": ""},
                {"id": 2, "project_id": 1, "path": "arbeid", "description": "Om arbeid"},
                {"id": 3, "project_id": 1, "path": "St. Olav", "description": ""},
            ],
            "highlights": [
                {"id": number, "document_id": 1, "start_offset": start, "end_offset": end, "snippet": f"<p>{quote}</p>"}
                for number, start, end, quote, _tags in made
            ],
            "highlight_tags": [{"highlight_id": one[0], "tag_id": tag} for one in made for tag in one[4]],
            "commands": [
                {"date": WHEN, "user_login": "admin", "project_id": 1, "document_id": 1,
                 "payload": json.dumps({"type": "highlight_add", "highlight_id": 1, "tags": [1]})},
            ],
        },
    )  # fmt: skip


#: An emoji before the codings, and line ends as Windows has them.
INTERVIEW = "I: Hei 😀\r\nHvorfor flyttet du?\r\nR: Det var ingen jobb der.\r\n"


def coded(quote: str, cid: int, owner: str = "Kari", **more: object) -> dict[str, object]:
    start = INTERVIEW.index(quote)
    return {"cid": cid, "fid": 1, "seltext": quote, "pos0": start, "pos1": start + len(quote), "owner": owner,
            "date": "2026-11-22 10:00:00", "memo": ""} | more  # fmt: skip


def qualcoder(folder: Path, rows: Rows, schema: str = QUALCODER) -> Path:
    """Make a QualCoder project folder with an interview, categories, codes and the rows given beside them."""
    folder.mkdir()
    base: dict[str, Iterable[Mapping[str, object]]] = {
        "project": [{"databaseversion": "v11", "memo": "Om prosjektet", "about": "QualCoder 3.6"}],
        "source": [
            {"id": 1, "name": "intervju.txt", "fulltext": INTERVIEW, "mediapath": "/docs/intervju.txt", "memo": "God",
             "owner": "Kari", "date": "2026-11-20 09:00:00"},
            {"id": 2, "name": "bilde.png", "mediapath": "/images/bilde.png", "memo": "", "owner": "Kari"},
        ],
        "code_cat": [
            {"catid": 1, "name": "Grunner", "memo": "Alle", "supercatid": None},
            {"catid": 2, "name": "Arbeid", "memo": "", "supercatid": 1},
        ],
        "code_name": [
            {"cid": 1, "name": "ingen jobb", "memo": "Mangler jobb", "catid": 2, "color": "#FF6600"},
            {"cid": 2, "name": "Arbeid!", "memo": "", "catid": None, "color": ""},
        ],
    }  # fmt: skip
    database(folder / "data.qda", schema, base | dict(rows))
    return folder


QC_CODEBOOK = "- grunner:\n  - arbeid:\n    - ingen_jobb\n  - ensomhet\n- annet\n"
QC_TEXT = "Jeg flyttet fordi det\nikke var jobb der.\n\nOg så var det ensomt.\n"


def qc(
    folder: Path, lines: Iterable[tuple[int, str, str]], settings: str = "qc_version: 1.7.8\ncorpus_dir: corpus\n"
) -> Path:
    """Make a `qc` project folder with one text and coded lines (line from 0, code, coder)."""
    (folder / "corpus" / "runde1").mkdir(parents=True)
    (folder / "memos").mkdir()
    (folder / "settings.yaml").write_text(settings, encoding="utf-8")
    (folder / "codebook.yaml").write_text(QC_CODEBOOK, encoding="utf-8")
    (folder / "corpus" / "runde1" / "amina.txt").write_text(QC_TEXT, encoding="utf-8")
    (folder / "memos" / "2026-11-22_tanker.md").write_text("Noe slår meg.\n", encoding="utf-8")
    coded_lines = list(enumerate(lines, start=1))
    database(
        folder / "qualitative_coding.sqlite3",
        QC,
        {
            "document": [{"file_path": "runde1/amina.txt", "file_hash": "x"}],
            "document_index": [{"id": 1, "name": "paragraphs", "time_series": 0, "document_id": "runde1/amina.txt"}],
            "location": [
                {"id": 1, "start_line": 0, "end_line": 3, "document_index_id": 1},
                {"id": 2, "start_line": 3, "end_line": 4, "document_index_id": 1},
            ],
            "coder": [{"name": "kari"}, {"name": "ola"}],
            "code": [{"name": name} for name in ("ingen_jobb", "ensomhet", "ny_kode")],
            "coded_line": [
                {"id": number, "line": line, "coder_id": coder, "code_id": code}
                for number, (line, code, coder) in coded_lines
            ],
            "coded_line_location_association": [
                {"coded_line_id": number, "location_id": 1 if line < 3 else 2} for number, (line, *_rest) in coded_lines
            ],
        },
    )
    return folder
