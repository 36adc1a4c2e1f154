-- SPDX-License-Identifier: Apache-2.0
-- Who has opened which case, and when last: one row where the audit log has one for each time. What pages show of it on every
-- request (last opened, opened by how many) is read from here, so that it does not grow with the log.
CREATE TABLE casefile_reader (
  casefile_id INTEGER NOT NULL,               -- no reference: the log may name what a reset took away
  actor       TEXT NOT NULL,                  -- as in audit
  user_id     INTEGER,
  last_at     INTEGER NOT NULL,
  PRIMARY KEY (casefile_id, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX casefile_reader_last ON casefile_reader(actor, last_at);

INSERT INTO casefile_reader (casefile_id, actor, user_id, last_at)
  SELECT casefile_id, actor, max(user_id), max(at) FROM audit WHERE casefile_id IS NOT NULL AND action = 'view' GROUP BY casefile_id, actor;

CREATE TRIGGER audit_read AFTER INSERT ON audit WHEN NEW.action = 'view' AND NEW.casefile_id IS NOT NULL BEGIN
  INSERT INTO casefile_reader (casefile_id, actor, user_id, last_at) VALUES (NEW.casefile_id, NEW.actor, NEW.user_id, NEW.at)
    ON CONFLICT DO UPDATE SET last_at = max(last_at, excluded.last_at), user_id = excluded.user_id;
END;
