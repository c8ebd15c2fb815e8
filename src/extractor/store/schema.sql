-- The store of batch runs: what was read, what was found in it, and when. Places (start, end) count code points of the
-- document's text as it was read. Secondary indexes are made at the end of a run (indexes.sql).

BEGIN IMMEDIATE;

PRAGMA application_id = 1702392946; -- "extr"
PRAGMA user_version = 1;            -- the version of this schema

-- One row a run. A run that was killed has no `ended`; the same run, started again, goes on under its number.
CREATE TABLE runs (
    key       INTEGER PRIMARY KEY,
    program   TEXT NOT NULL,    -- the version of the program
    knowledge TEXT NOT NULL,    -- a hash of dictionaries and rules; empty: a filtered copy, which counts as done by none
    inputs    TEXT NOT NULL,    -- the paths as they were given, a JSON array
    started   TEXT NOT NULL,    -- ISO 8601, UTC
    ended     TEXT,
    documents INTEGER,          -- how many it did,
    failed    INTEGER           -- and how many failed
);

-- One row an input: a document, or what gave none. `key` is the order of the inputs; a changed document keeps its key.
CREATE TABLE documents (
    key     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    source  TEXT,               -- the path it came from
    title   TEXT,
    date    TEXT,               -- as the source has it
    digest  TEXT,               -- a hash of text, title and date; null where the input gave no document
    status  TEXT NOT NULL CHECK (status IN ('done', 'failed')),
    failure TEXT,               -- unreadable, broken, crashed or slow
    error   TEXT,               -- the line that was told
    run     INTEGER NOT NULL REFERENCES runs
);

CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents,
    text     TEXT NOT NULL
);

-- Things of the real world as the dictionaries had them: one that changed between runs, or an unknown name (`?…`) that was
-- read as another type elsewhere, has a row for each form.
CREATE TABLE entities (
    key   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL,
    type  TEXT NOT NULL,        -- company, person, policy, organization or place
    name  TEXT NOT NULL,
    en    TEXT NOT NULL,
    known INTEGER NOT NULL,     -- 0: no dictionary has it
    codes TEXT NOT NULL,        -- a JSON object: {"twse": "2317"}
    UNIQUE (id, type, name, en, known, codes)
);

CREATE TABLE document_entities (
    document INTEGER NOT NULL REFERENCES documents,
    entity   INTEGER NOT NULL REFERENCES entities,
    position INTEGER NOT NULL,  -- in the order of the text
    PRIMARY KEY (document, entity)
) WITHOUT ROWID;

CREATE TABLE mentions (
    document INTEGER NOT NULL,
    entity   INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (document, entity, position),
    FOREIGN KEY (document, entity) REFERENCES document_entities
) WITHOUT ROWID;

CREATE TABLE relations (
    key INTEGER PRIMARY KEY,
    id  TEXT NOT NULL,
    en  TEXT NOT NULL,          -- the labels
    zh  TEXT NOT NULL,
    UNIQUE (id, en, zh)
);

-- One row a fact and document. The key is the document's × 2^24 + the triple's place in it: all of a document lies together.
CREATE TABLE triples (
    key        INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES documents,
    subject    INTEGER NOT NULL REFERENCES entities,
    relation   INTEGER NOT NULL REFERENCES relations,
    object     INTEGER NOT NULL REFERENCES entities,
    modality   TEXT NOT NULL,   -- asserted, planned, rumoured, denied or ended
    inferred   INTEGER NOT NULL,
    trigger    TEXT NOT NULL,   -- the words that state it
    qualifiers TEXT NOT NULL    -- a JSON object: {"date": "11月6日", "date_iso": "2025-11-06"}
);

CREATE TABLE evidence (
    triple   INTEGER NOT NULL REFERENCES triples,
    position INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    rule     TEXT NOT NULL,
    modality TEXT NOT NULL,
    PRIMARY KEY (triple, position)
) WITHOUT ROWID;

-- The documents whose words are not in the full text yet.
CREATE TABLE unindexed (
    document INTEGER PRIMARY KEY REFERENCES documents
);

-- Full text: folded (Simplified, half-width, lower case), a space round every Chinese character, so that names of two
-- characters are found as phrases: MATCH '"鸿 海"'; a punctuation mark is the word U+E000, which parts phrases. Only the
-- index is kept. rowid: the key of the document, of the triple.
CREATE VIRTUAL TABLE documents_fts USING fts5 (title, text, content = '', tokenize = 'unicode61');
CREATE VIRTUAL TABLE triples_fts USING fts5 (evidence, content = '', tokenize = 'unicode61');

-- How the full text folds single characters, for searches in SQL alone.
CREATE TABLE folding (
    character TEXT PRIMARY KEY,
    folded    TEXT NOT NULL
) WITHOUT ROWID;

-- Triples as people read them, with the first of their evidence.
CREATE VIEW triples_readable AS
SELECT
    documents.id AS document,
    documents.title AS title,
    documents.date AS published,
    subjects.en AS subject,
    relations.en AS relation,
    objects.en AS object,
    triples.modality AS modality,
    evidence.text AS evidence,
    subjects.name AS subject_zh,
    relations.zh AS relation_zh,
    objects.name AS object_zh,
    subjects.id AS subject_id,
    relations.id AS relation_id,
    objects.id AS object_id,
    subjects.type AS subject_type,
    objects.type AS object_type,
    triples.inferred AS inferred,
    json_extract(triples.qualifiers, '$.date') AS date,
    json_extract(triples.qualifiers, '$.date_iso') AS date_iso,
    json_extract(triples.qualifiers, '$.amount') AS amount,
    json_extract(triples.qualifiers, '$.amount_value') AS amount_value,
    json_extract(triples.qualifiers, '$.currency') AS currency,
    triples.trigger AS trigger,
    evidence.start AS start,
    evidence."end" AS "end",
    triples.key AS triple_key,
    triples.document AS document_key
FROM triples
    JOIN documents ON documents.key = triples.document
    JOIN entities AS subjects ON subjects.key = triples.subject
    JOIN relations ON relations.key = triples.relation
    JOIN entities AS objects ON objects.key = triples.object
    LEFT JOIN evidence ON evidence.triple = triples.key AND evidence.position = 0;

COMMIT;
