-- SPDX-License-Identifier: Apache-2.0
-- Totals that do not grow with the number of workers, and decisions that wait, by office.

-- casefile_count without the owner: as many rows as a country has offices, stages and risks.
CREATE TABLE casefile_total (
  office     TEXT NOT NULL,
  is_open    INTEGER NOT NULL,
  status     TEXT NOT NULL,
  stage      TEXT NOT NULL,
  risk_level TEXT NOT NULL,                   -- '' unknown
  n          INTEGER NOT NULL,
  PRIMARY KEY (office, is_open, status, stage, risk_level)
) STRICT, WITHOUT ROWID;
INSERT INTO casefile_total (office, is_open, status, stage, risk_level, n)
  SELECT office, closed_on IS NULL, status, stage, ifnull(risk_level, ''), count(*) FROM casefile GROUP BY 1, 2, 3, 4, 5;
CREATE TRIGGER casefile_totalled AFTER INSERT ON casefile BEGIN
  INSERT INTO casefile_total (office, is_open, status, stage, risk_level, n)
    VALUES (NEW.office, NEW.closed_on IS NULL, NEW.status, NEW.stage, ifnull(NEW.risk_level, ''), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER casefile_retotalled AFTER UPDATE OF office, status, stage, risk_level, closed_on ON casefile BEGIN
  UPDATE casefile_total SET n = n - 1 WHERE office = OLD.office AND is_open = (OLD.closed_on IS NULL) AND status = OLD.status
    AND stage = OLD.stage AND risk_level = ifnull(OLD.risk_level, '');
  INSERT INTO casefile_total (office, is_open, status, stage, risk_level, n)
    VALUES (NEW.office, NEW.closed_on IS NULL, NEW.status, NEW.stage, ifnull(NEW.risk_level, ''), 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- Sums by office are read from casefile_total now.
DROP INDEX casefile_count_office;

-- What a supervisor decides on, the oldest first.
CREATE INDEX casefile_waiting ON casefile(office, status, stage_since) WHERE status IN ('plan_pending_approval', 'closure_pending_approval');
