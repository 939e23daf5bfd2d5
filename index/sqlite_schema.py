"""The relational form of a report: one schema, written so that another SQL engine can take it over.

Decimals are text (exact), lists of short texts are JSON arrays, places count from 0 in reading order. Everything hangs
on `documents.key`, so that one report is read from neighbouring pages of the file.
"""

from __future__ import annotations

VERSION = 3  # of the schema, kept in PRAGMA user_version
APPLICATION_ID = 0x434F4E53  # "CONS": tells our file from any other SQLite file

_PERIOD = "period_year INTEGER, period_last_year INTEGER, period_first INTEGER, period_last INTEGER"
_OWNER = "document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE"

# By the id of the document and not its key: correcting a report writes its rows anew, its file stays.
_ORIGINALS = "CREATE TABLE originals (id TEXT PRIMARY KEY, data BLOB NOT NULL)"

UPGRADES = {  # what brings a store of each older version to the next one
    1: (_ORIGINALS,),
    2: (
        "ALTER TABLE documents ADD COLUMN scanned TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE documents ADD COLUMN unread TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE tables ADD COLUMN trust TEXT NOT NULL DEFAULT '[0, 0, []]'",
        "ALTER TABLE cells ADD COLUMN verified INTEGER",
    ),
}

STATEMENTS = (
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO counters VALUES ('revision', 0)",
    f"""CREATE TABLE documents (
        key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
        institution TEXT, aliases TEXT NOT NULL, country TEXT, currency TEXT, {_PERIOD}, pages INTEGER,
        warnings TEXT NOT NULL, edited TEXT NOT NULL, scanned TEXT NOT NULL DEFAULT '[]',
        unread TEXT NOT NULL DEFAULT '[]')""",
    f"""CREATE TABLE left_out (
        {_OWNER}, place INTEGER NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, page INTEGER,
        PRIMARY KEY (document, place)) WITHOUT ROWID""",
    f"""CREATE TABLE facts (
        {_OWNER}, place INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, quote TEXT NOT NULL,
        detail TEXT NOT NULL, page INTEGER, tables TEXT NOT NULL,
        PRIMARY KEY (document, place)) WITHOUT ROWID""",
    f"""CREATE TABLE chunks (
        {_OWNER}, place INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, section TEXT NOT NULL,
        text TEXT NOT NULL, lead TEXT NOT NULL, items TEXT NOT NULL, pages TEXT NOT NULL, block INTEGER NOT NULL,
        PRIMARY KEY (document, place)) WITHOUT ROWID""",
    f"""CREATE TABLE tables (
        {_OWNER}, place INTEGER NOT NULL, id TEXT NOT NULL, caption TEXT NOT NULL, number TEXT, section TEXT NOT NULL,
        sheet TEXT, pages TEXT NOT NULL, currency TEXT, {_PERIOD}, notes TEXT NOT NULL, lead TEXT NOT NULL,
        block INTEGER NOT NULL, trust TEXT NOT NULL DEFAULT '[0, 0, []]',
        PRIMARY KEY (document, place)) WITHOUT ROWID""",
    f"""CREATE TABLE table_columns (
        document INTEGER NOT NULL, table_place INTEGER NOT NULL, place INTEGER NOT NULL, number INTEGER NOT NULL,
        path TEXT NOT NULL, role TEXT NOT NULL, measure TEXT, level TEXT, {_PERIOD}, accumulated INTEGER NOT NULL,
        unit TEXT, scale TEXT NOT NULL, convention TEXT, derived_from INTEGER, derived_by INTEGER,
        PRIMARY KEY (document, table_place, place),
        FOREIGN KEY (document, table_place) REFERENCES tables(document, place) ON DELETE CASCADE) WITHOUT ROWID""",
    """CREATE TABLE table_rows (
        document INTEGER NOT NULL, table_place INTEGER NOT NULL, place INTEGER NOT NULL, number INTEGER NOT NULL,
        kind TEXT NOT NULL, label TEXT NOT NULL, code TEXT, parent INTEGER, depth INTEGER NOT NULL, page INTEGER,
        PRIMARY KEY (document, table_place, place),
        FOREIGN KEY (document, table_place) REFERENCES tables(document, place) ON DELETE CASCADE) WITHOUT ROWID""",
    """CREATE TABLE cells (
        document INTEGER NOT NULL, table_place INTEGER NOT NULL, row_place INTEGER NOT NULL, place INTEGER NOT NULL,
        text TEXT NOT NULL, value TEXT, page INTEGER, x0 REAL, top REAL, x1 REAL, bottom REAL,
        inferred TEXT, candidates TEXT, undecided TEXT, verified INTEGER,
        PRIMARY KEY (document, table_place, row_place, place),
        FOREIGN KEY (document, table_place, row_place) REFERENCES table_rows(document, table_place, place)
        ON DELETE CASCADE) WITHOUT ROWID""",
    _ORIGINALS,
    """CREATE TABLE derived (
        name TEXT NOT NULL, document INTEGER REFERENCES documents(key) ON DELETE CASCADE, version TEXT NOT NULL,
        data BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX derived_of_store ON derived (name) WHERE document IS NULL",
    "CREATE UNIQUE INDEX derived_of_document ON derived (document, name) WHERE document IS NOT NULL",
)
