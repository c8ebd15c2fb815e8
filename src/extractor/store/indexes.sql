-- The secondary indexes: made at the end of the first run, when all rows are there, and kept up by later ones.
CREATE INDEX IF NOT EXISTS documents_date ON documents (date);
CREATE INDEX IF NOT EXISTS document_entities_entity ON document_entities (entity);
CREATE INDEX IF NOT EXISTS triples_document ON triples (document);
CREATE INDEX IF NOT EXISTS triples_subject ON triples (subject);
CREATE INDEX IF NOT EXISTS triples_object ON triples (object);
CREATE INDEX IF NOT EXISTS triples_relation ON triples (relation);
