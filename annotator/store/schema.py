"""The tables of a project file as they are now.

`op`, `text` and `original` are the log: what was done, and the texts and bytes it speaks of. Triggers refuse to change or
delete a row of them. `text_number` and what hangs on it is found out from the texts alone, when they are stored. The other
tables are the projection: the current state, which can be dropped and rebuilt from the log.
Never use `table.transform()` on a guarded table: it drops the triggers without a word.
"""

from __future__ import annotations

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
        id BLOB PRIMARY KEY, op BLOB NOT NULL, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL
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
    CREATE TABLE apart (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, one BLOB NOT NULL, other BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX apart_one ON apart (one, other)",
    "CREATE INDEX apart_other ON apart (other, one)",
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
        label_set INTEGER NOT NULL, digest BLOB NOT NULL
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
        merged_into BLOB, merged_as BLOB, body TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL",
    # What its own operation says; `merged_into` is where that leads in the end. See mergers.py.
    "CREATE INDEX entity_merged_as ON entity (merged_as) WHERE merged_as IS NOT NULL",
    """
    CREATE TABLE link (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, annotation BLOB NOT NULL, answer TEXT NOT NULL, entity BLOB
    ) STRICT
    """,
    "CREATE INDEX link_annotation ON link (annotation, entity, answer)",
    "CREATE INDEX link_entity ON link (entity, annotation)",
    """
    CREATE TABLE setting (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL
    ) STRICT
    """,
    # Narrow, like `frame`: the whole decision stands in the log.
    """
    CREATE TABLE decision (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, article BLOB NOT NULL, reviewer TEXT NOT NULL, outcome TEXT NOT NULL,
        reason TEXT NOT NULL, updated_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX decision_article ON decision (article)",
    # The annotations that decisions made; written and removed with these.
    """
    CREATE TABLE final (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, decision BLOB NOT NULL, article BLOB NOT NULL, label TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0), "end" INTEGER NOT NULL CHECK ("end" > start),
        quote TEXT NOT NULL CHECK (length(quote) = "end" - start)
    ) STRICT
    """,
    'CREATE INDEX final_place ON final (article, start, "end" DESC, id)',
    "CREATE INDEX final_decision ON final (decision)",
    """
    CREATE TABLE settlement (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, article BLOB NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('settled', 'open')), layers TEXT NOT NULL, reviewer TEXT NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE comment (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, annotation BLOB NOT NULL, article BLOB NOT NULL, text TEXT NOT NULL,
        answer_to BLOB, reviewer TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX comment_article ON comment (article, id)",
    # Of its own, because anybody may call anybody's comment resolved.
    """
    CREATE TABLE resolved (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, comment BLOB NOT NULL UNIQUE, reviewer TEXT NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE step (
        id BLOB PRIMARY KEY, rid INTEGER NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL,
        action TEXT NOT NULL, reviewer TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'spent'))
    ) STRICT
    """,
    "CREATE INDEX step_state ON step (reviewer, state, id) WHERE state <> 'spent'",
    "CREATE INDEX step_reviewer ON step (reviewer, id)",
)

# What this copy of the project alone remembers: neither log nor projection, and not sent to anybody.
EXCHANGE = (
    # How far somebody (empty: everybody) is known to have each replica.
    """
    CREATE TABLE peer (
        name TEXT NOT NULL, replica BLOB NOT NULL CHECK (length(replica) = 16), seq INTEGER NOT NULL,
        PRIMARY KEY (name, replica)
    ) STRICT, WITHOUT ROWID
    """,
    # What was received, by merge: the ranges of the log it brought and the report, as JSON.
    """
    CREATE TABLE received (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, backup TEXT NOT NULL, ranges TEXT NOT NULL, report TEXT NOT NULL,
        taken_back TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # Things whose values were changed side by side, settled since or not: where conflicts are looked for.
    """
    CREATE TABLE divided (entity BLOB PRIMARY KEY CHECK (length(entity) = 16)) STRICT, WITHOUT ROWID
    """,
)

PROJECTION_TABLES = (
    "annotation", "apart", "article", "assignment", "attribute", "comment", "copy", "decision", "entity", "filter", "final",
    "frame", "label", "link", "reading", "relation", "resolved", "reviewer", "setting", "settlement", "step", "verdict",
)  # fmt: skip
GUARDED_TABLES = ("op", "text", "original")
UPDATE_GUARD, DELETE_GUARD = (
    f"CREATE TRIGGER {{table}}_no_{event.lower()} BEFORE {event} ON {{table}} "
    "BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
    for event in ("UPDATE", "DELETE")
)
