"""The tables of a project file as they are now.

`op`, `text` and `original` are the log: what was done, and the texts and bytes it speaks of. Triggers refuse to change or
delete a row of them. `text_number` and what hangs on it is found out from the texts alone, when they are stored. The other
tables are the projection: the current state, which can be dropped and rebuilt from the log.
Never use `table.transform()` on a guarded table: it drops the triggers without a word.
"""

from __future__ import annotations

APPLICATION_ID = 0x48534859  # "HSHY", see PRAGMA application_id

LOG = (
    """
    CREATE TABLE replica (
        rid INTEGER PRIMARY KEY,
        uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16)
    ) STRICT
    """,
    """
    CREATE TABLE op (
        rid INTEGER NOT NULL REFERENCES replica (rid),
        seq INTEGER NOT NULL CHECK (seq > 0),
        id BLOB NOT NULL CHECK (length(id) = 16),
        step BLOB NOT NULL CHECK (length(step) = 16),
        action TEXT NOT NULL,
        target BLOB,
        reviewer TEXT NOT NULL,
        kind TEXT NOT NULL,
        entity BLOB NOT NULL CHECK (length(entity) = 16),
        parents BLOB NOT NULL CHECK (length(parents) % 16 = 0),
        body TEXT,
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        PRIMARY KEY (rid, seq)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX op_id ON op (id)",
    "CREATE INDEX op_entity ON op (entity, id)",
    """
    CREATE TABLE text (
        sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
        text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE original (
        sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
        packed BLOB NOT NULL
    ) STRICT
    """,
)

# A number for each text, which VACUUM leaves alone as it does not the rowids of `text`.
OF_TEXTS = (
    """
    CREATE TABLE text_number (
        number INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32)
    ) STRICT
    """,
    # By which near copies are found; see annotator/text/shingles.py. Those of texts too short for one are left out.
    """
    CREATE TABLE text_sketch (
        number INTEGER PRIMARY KEY, sketch BLOB NOT NULL
    ) STRICT
    """,
    # By these numbers, and without the words themselves. The tokenizer `ascii` cuts at the spaces that `words_of` leaves and
    # nowhere else; `unicode61` has its own old idea of what a letter is.
    "CREATE VIRTUAL TABLE search USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii')",
)

# By which the log tells what happened in an article, also to annotations that are gone: the first operations of what names its
# article, and all of what lies between two annotations or hangs on something that itself hangs on one.
OF_HISTORY = (
    """
    CREATE INDEX op_in_article ON op (body ->> 'article', entity)
    WHERE parents = x'' AND kind IN ('annotation', 'assignment', 'comment', 'copy', 'decision', 'reading', 'settlement')
    """,
    "CREATE INDEX op_between ON op (kind, entity) WHERE kind IN ('relation', 'resolved')",
)

PROJECTION = (
    """
    CREATE TABLE reviewer (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, name TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    """
    CREATE TABLE label (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, key TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE article (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, sha256 BLOB NOT NULL, title TEXT NOT NULL,
        language TEXT NOT NULL, direction TEXT NOT NULL CHECK (direction IN ('rtl', 'ltr')),
        imported_at TEXT NOT NULL, file TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL, date TEXT NOT NULL,
        replaces BLOB, body TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX article_sha256 ON article (sha256)",
    # Wide, because the queue reads this much of every article, and the table's rows hold whole source records.
    "CREATE INDEX article_order ON article (imported_at, file, id, title, outlet, author, date, replaces)",
    "CREATE INDEX article_replaces ON article (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX article_boilerplate ON article (id) WHERE body -> '$.boilerplate' <> '[]'",
    """
    CREATE TABLE reading (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, article BLOB NOT NULL, reviewer TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('', 'done')), flagged INTEGER NOT NULL, note TEXT NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX reading_article ON reading (article, reviewer)",
    """
    CREATE TABLE assignment (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, article BLOB NOT NULL, reviewer TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX assignment_article ON assignment (article, reviewer)",
    """
    CREATE TABLE copy (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, article BLOB NOT NULL, original BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX copy_article ON copy (article)",
    "CREATE INDEX copy_original ON copy (original)",
    """
    CREATE TABLE filter (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE annotation (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, article BLOB NOT NULL, label TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0), "end" INTEGER NOT NULL CHECK ("end" > start),
        quote TEXT NOT NULL CHECK (length(quote) = "end" - start), note TEXT NOT NULL,
        reviewer TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, form TEXT NOT NULL DEFAULT '',
        label_set INTEGER NOT NULL DEFAULT 1, carried_from BLOB, to_confirm INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    'CREATE INDEX annotation_place ON annotation (article, start, "end" DESC, id)',
    "CREATE INDEX annotation_label ON annotation (label, label_set)",
    "CREATE INDEX annotation_counts ON annotation (article, label, reviewer)",
    # For the claim board, which would else look up each claim among all annotations.
    "CREATE INDEX annotation_claim ON annotation (article, start, id, reviewer, quote) WHERE label = 'claim'",
    "CREATE INDEX annotation_revised ON annotation (label) WHERE updated_at <> created_at",
    """
    CREATE TABLE attribute (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, key TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT
    """,
    # Narrow, because the claim board reads all of it: the whole value stands in the log (`op`) already.
    """
    CREATE TABLE frame (
        claim BLOB PRIMARY KEY, id BLOB NOT NULL UNIQUE, op BLOB NOT NULL, parent BLOB,
        source_kind TEXT NOT NULL, source BLOB, source_words TEXT NOT NULL, cue TEXT NOT NULL,
        mode TEXT NOT NULL, kind TEXT NOT NULL, place BLOB, place_words TEXT NOT NULL, date TEXT NOT NULL,
        label_set INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE verdict (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, claim BLOB NOT NULL, reviewer TEXT NOT NULL, value TEXT NOT NULL,
        reason TEXT NOT NULL, updated_at TEXT NOT NULL, label_set INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX verdict_claim ON verdict (claim, reviewer)",
    """
    CREATE TABLE relation (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, a BLOB NOT NULL, type TEXT NOT NULL, b BLOB NOT NULL,
        note TEXT NOT NULL, reviewer TEXT NOT NULL, updated_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX relation_a ON relation (a)",
    "CREATE INDEX relation_b ON relation (b)",
    """
    CREATE TABLE entity (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('actor', 'place')),
        merged_into BLOB, body TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL",
    """
    CREATE TABLE link (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, annotation BLOB NOT NULL, answer TEXT NOT NULL, entity BLOB
    ) STRICT
    """,
    "CREATE INDEX link_annotation ON link (annotation, entity, answer)",
    "CREATE INDEX link_entity ON link (entity, annotation)",
    """
    CREATE TABLE step (
        id BLOB PRIMARY KEY, rid INTEGER NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL,
        action TEXT NOT NULL, reviewer TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'spent'))
    ) STRICT
    """,
    "CREATE INDEX step_state ON step (reviewer, state, id) WHERE state <> 'spent'",
    "CREATE INDEX step_reviewer ON step (reviewer, id)",
)

PROJECTION_TABLES = (
    "annotation", "article", "assignment", "attribute", "copy", "entity", "filter", "frame", "label", "link", "reading",
    "relation", "reviewer", "step", "verdict",
)  # fmt: skip
GUARDED_TABLES = ("op", "text", "original")
