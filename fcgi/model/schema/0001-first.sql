-- SPDX-License-Identifier: Apache-2.0
-- The first schema. Instants (*_at) are seconds since 1970 UTC, dates (*_on) 'YYYY-MM-DD'.
-- Child tables of a case are clustered by it: primary key (casefile_id, …) WITHOUT ROWID.
-- JSON columns have no CHECK: json_valid() counts as unsafe in a schema (trusted_schema off); the model writes them by
-- json functions, which refuse what is malformed.
-- "P" marks columns with personal data; what is not marked is not personal.

-- What this instance is: bundle, mode, clock, seed. One row a fact.
CREATE TABLE instance (
  key   TEXT NOT NULL PRIMARY KEY,  -- bundle, bundle_version, mode (demo|trial), clock_offset_s, clock_start, seed, created_at,
                                    -- audit_spool (number of the last absorbed), persona:KEY (casefile_id/person_id)
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A form as it was when somebody filled it: a case keeps its version.
CREATE TABLE form_version (
  id         INTEGER PRIMARY KEY,
  form       TEXT NOT NULL,         -- key in the bundle's forms/
  digest     TEXT NOT NULL,         -- of the definition's bytes
  definition TEXT NOT NULL,         -- the JSON
  first_at   INTEGER NOT NULL,
  UNIQUE (form, digest)
) STRICT;

-- Where staff sit.
CREATE TABLE office (
  key  TEXT NOT NULL PRIMARY KEY,   -- key in offices.json
  name TEXT NOT NULL,
  area TEXT NOT NULL                -- area code
) STRICT, WITHOUT ROWID;

-- Staff.
CREATE TABLE user (
  id            INTEGER PRIMARY KEY,
  username      TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name          TEXT NOT NULL,      -- P
  name_native   TEXT,               -- P, in the country's script
  role          TEXT NOT NULL,      -- key in roles.json
  office        TEXT REFERENCES office(key),
  title         TEXT,               -- what the person is called in the office
  email         TEXT,               -- P
  phone         TEXT,               -- P
  language      TEXT,               -- preferred screen language
  password_hash TEXT,               -- argon2id; NULL: cannot sign in with a password
  is_active     INTEGER NOT NULL DEFAULT 1,
  created_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX user_office ON user(office, role);

-- Single-use sign-in links for staff (first administrator, new users).
CREATE TABLE sign_in_link (
  token_digest TEXT NOT NULL PRIMARY KEY,
  user_id      INTEGER NOT NULL REFERENCES user(id),
  expires_at   INTEGER NOT NULL,
  used_at      INTEGER
) STRICT, WITHOUT ROWID;

-- Who is signed in. Only digests of tokens are kept.
CREATE TABLE session (
  token_digest TEXT NOT NULL PRIMARY KEY,
  site         TEXT NOT NULL CHECK (site IN ('staff', 'portal')),
  user_id      INTEGER REFERENCES user(id),
  casefile_id  INTEGER REFERENCES casefile(id),
  person_id    INTEGER REFERENCES person(id),
  csrf         TEXT NOT NULL,
  created_at   INTEGER NOT NULL,    -- machine's clock, not the instance's
  seen_at      INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expiry ON session(expires_at);

-- Failed sign-ins, for throttling.
CREATE TABLE sign_in_failure (
  subject TEXT NOT NULL,            -- digest of user name, case number or address
  at      INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (subject, at, seq)
) STRICT, WITHOUT ROWID;

-- One-time codes for the portal.
CREATE TABLE portal_code (
  casefile_id INTEGER NOT NULL REFERENCES casefile(id),
  person_id   INTEGER NOT NULL REFERENCES person(id),
  code_digest TEXT NOT NULL,
  sent_to     TEXT NOT NULL,        -- P
  created_at  INTEGER NOT NULL,
  tries       INTEGER NOT NULL DEFAULT 0,
  used_at     INTEGER,
  PRIMARY KEY (casefile_id, person_id, created_at)
) STRICT, WITHOUT ROWID;

-- A human being.
CREATE TABLE person (
  id                         INTEGER PRIMARY KEY,
  given_name                 TEXT NOT NULL,   -- P, in the country's script
  family_name                TEXT NOT NULL,   -- P
  name_latin                 TEXT,            -- P, whole name in Latin letters when the script is another
  known_as                   TEXT,            -- P
  sex                        TEXT CHECK (sex IN ('female', 'male', 'other')),
  date_of_birth              TEXT,            -- P
  date_of_birth_is_estimated INTEGER NOT NULL DEFAULT 0,
  identifier_type            TEXT,
  identifier_value           TEXT,            -- P
  phone                      TEXT,            -- P
  phone_is_safe              INTEGER NOT NULL DEFAULT 1, -- may we call or text without danger to the person
  email                      TEXT,            -- P
  preferred_language         TEXT,
  interpreter                INTEGER NOT NULL DEFAULT 0,
  disability_status          TEXT,            -- P
  occupation                 TEXT,            -- P
  name_fold                  TEXT NOT NULL,   -- P, text_fold of the whole name
  name_key                   TEXT NOT NULL,   -- P, text_name_key, for duplicates
  phone_digits               TEXT,            -- P, digits only
  created_at                 INTEGER NOT NULL,
  revision                   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX person_name_key ON person(name_key);
CREATE INDEX person_birth ON person(date_of_birth);
CREATE INDEX person_identifier ON person(identifier_value) WHERE identifier_value IS NOT NULL;
CREATE INDEX person_phone ON person(phone_digits) WHERE phone_digits IS NOT NULL;

-- One intervention with one family or person. `case` is a keyword in C and SQL.
CREATE TABLE casefile (
  id            INTEGER PRIMARY KEY,
  number        TEXT NOT NULL UNIQUE,         -- DEM-2026-000123, the public key
  title         TEXT NOT NULL,                -- P, family name or person
  title_latin   TEXT,                         -- P
  subject_type  TEXT NOT NULL CHECK (subject_type IN ('household', 'person')),
  program       TEXT,
  level         INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
  pathway       TEXT,                         -- key in workflow.json
  status        TEXT NOT NULL,                -- canonical status of the domain guide, section 3
  stage         TEXT NOT NULL,                -- stage key in workflow.json
  stage_since   TEXT NOT NULL,                -- date
  stage_due_on  TEXT NOT NULL DEFAULT '9999-12-31', -- deadline of the stage; none: far away, so that sorting needs no test
  risk_level    TEXT,                         -- low, medium, high by the last assessment or profile
  office        TEXT NOT NULL REFERENCES office(key),
  area          TEXT NOT NULL,                -- area code, copied from the office for scope and search
  owner_id      INTEGER REFERENCES user(id),  -- the worker; NULL until assigned
  locality      TEXT,                         -- P, place name
  address       TEXT,                         -- P
  phone         TEXT,                         -- P, how to reach the family
  language      TEXT,                         -- the family's language
  member_count  INTEGER NOT NULL DEFAULT 0,
  needs_open    INTEGER NOT NULL DEFAULT 0,
  last_score    REAL,                         -- total of the last submitted assessment
  first_score   REAL,                         -- the same of the first
  last_contact_on TEXT NOT NULL,              -- the intake counts as one
  next_contact_at INTEGER,
  review_on     TEXT,
  opened_on     TEXT NOT NULL,
  closed_on     TEXT,
  outcome       TEXT,                         -- closure outcome of the domain guide
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  revision      INTEGER NOT NULL DEFAULT 1
) STRICT;
-- One index for each order of the list; the scope is tested row by row on the way.
CREATE INDEX casefile_owner ON casefile(owner_id, closed_on, stage_due_on);
CREATE INDEX casefile_stage ON casefile(stage, stage_due_on);
CREATE INDEX casefile_due ON casefile(stage_due_on, id);
CREATE INDEX casefile_title ON casefile(title, id);
CREATE INDEX casefile_opened ON casefile(opened_on, id);
CREATE INDEX casefile_contact ON casefile(last_contact_on, id);
CREATE INDEX casefile_unassigned ON casefile(office, opened_on) WHERE owner_id IS NULL AND closed_on IS NULL;
CREATE INDEX casefile_closed ON casefile(closed_on, id) WHERE closed_on IS NOT NULL;
CREATE INDEX casefile_review ON casefile(review_on) WHERE review_on IS NOT NULL AND closed_on IS NULL;
CREATE INDEX casefile_status ON casefile(status, stage_since);

-- How many cases there are of each sort, kept by the triggers below: a list's total costs no scan.
CREATE TABLE casefile_count (
  office     TEXT NOT NULL,
  owner_id   INTEGER NOT NULL,                -- 0: unassigned
  stage      TEXT NOT NULL,
  risk_level TEXT NOT NULL,                   -- '' unknown
  is_open    INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  PRIMARY KEY (owner_id, is_open, office, stage, risk_level)
) STRICT, WITHOUT ROWID;
CREATE INDEX casefile_count_office ON casefile_count(office, is_open, n);
CREATE TRIGGER casefile_counted AFTER INSERT ON casefile BEGIN
  INSERT INTO casefile_count (office, owner_id, stage, risk_level, is_open, n)
    VALUES (NEW.office, ifnull(NEW.owner_id, 0), NEW.stage, ifnull(NEW.risk_level, ''), NEW.closed_on IS NULL, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER casefile_recounted AFTER UPDATE OF office, owner_id, stage, risk_level, closed_on ON casefile BEGIN
  UPDATE casefile_count SET n = n - 1 WHERE office = OLD.office AND owner_id = ifnull(OLD.owner_id, 0)
    AND stage = OLD.stage AND risk_level = ifnull(OLD.risk_level, '') AND is_open = (OLD.closed_on IS NULL);
  INSERT INTO casefile_count (office, owner_id, stage, risk_level, is_open, n)
    VALUES (NEW.office, ifnull(NEW.owner_id, 0), NEW.stage, ifnull(NEW.risk_level, ''), NEW.closed_on IS NULL, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

-- What a worker remembers of a case, folded; rowid = casefile.id. P. `scope` holds who may find it:
-- 'all o<office> a<area> u<user id>', letters and digits only, so that the match itself stays inside the scope.
CREATE VIRTUAL TABLE casefile_search USING fts5(
  number, names, name_keys, place, phone, identifiers, scope,
  tokenize = "unicode61 remove_diacritics 0", prefix = '2 3'
);

-- Staff who may see a case beside its owner (team, cover, cases shared with an assistant).
CREATE TABLE casefile_team (
  casefile_id INTEGER NOT NULL REFERENCES casefile(id),
  user_id     INTEGER NOT NULL REFERENCES user(id),
  reason      TEXT,
  from_on     TEXT NOT NULL,
  until_on    TEXT,
  PRIMARY KEY (casefile_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX casefile_team_user ON casefile_team(user_id);

-- Who belongs to the household of a case.
CREATE TABLE membership (
  casefile_id INTEGER NOT NULL REFERENCES casefile(id),
  seq         INTEGER NOT NULL,
  person_id   INTEGER NOT NULL REFERENCES person(id),
  role        TEXT NOT NULL,                  -- head, spouse, child, parent, grandparent, sibling, other
  is_contact  INTEGER NOT NULL DEFAULT 0,     -- speaks for the family, signs, has the portal
  note        TEXT,                           -- P
  start_date  TEXT,
  end_date    TEXT,
  PRIMARY KEY (casefile_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_person ON membership(person_id);

-- How the family came.
CREATE TABLE intake (
  casefile_id  INTEGER NOT NULL PRIMARY KEY REFERENCES casefile(id),
  form_version INTEGER NOT NULL REFERENCES form_version(id),
  answers      TEXT NOT NULL,  -- P, JSON
  intake_point TEXT,
  channel      TEXT,
  urgency      TEXT,
  decision     TEXT,
  taken_by     INTEGER REFERENCES user(id),
  taken_at     INTEGER NOT NULL
) STRICT;

-- One row per purpose. A withdrawal sets withdrawn_at, the row stays.
CREATE TABLE consent (
  casefile_id  INTEGER NOT NULL REFERENCES casefile(id),
  seq          INTEGER NOT NULL,
  purpose      TEXT NOT NULL,                 -- key in the bundle's consents
  is_given     INTEGER NOT NULL,
  method       TEXT NOT NULL,                 -- written, verbal, portal
  given_by     TEXT NOT NULL,                 -- P, name as typed
  given_on     TEXT NOT NULL,
  expires_on   TEXT,
  withdrawn_at INTEGER,
  withdrawn_by TEXT,                          -- P
  language     TEXT NOT NULL,
  text_shown   TEXT NOT NULL,                 -- the words the person saw
  PRIMARY KEY (casefile_id, seq)
) STRICT, WITHOUT ROWID;

-- A form filled about a case: profile, assessment, review.
CREATE TABLE assessment (
  casefile_id  INTEGER NOT NULL REFERENCES casefile(id),
  seq          INTEGER NOT NULL,
  form         TEXT NOT NULL,                 -- key in the bundle
  kind         TEXT NOT NULL CHECK (kind IN ('profile', 'assessment', 'review')),
  form_version INTEGER NOT NULL REFERENCES form_version(id),
  round        TEXT NOT NULL CHECK (round IN ('initial', 'interim', 'exit')),
  status       TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'amended', 'returned')),
  score        REAL,                          -- total, NULL until it can be scored
  band         TEXT,
  segment      TEXT,                          -- profile: the computed segment
  segment_override TEXT,                      -- profile: what a supervisor set instead
  override_reason  TEXT,
  started_by   INTEGER NOT NULL REFERENCES user(id),
  started_at   INTEGER NOT NULL,
  submitted_by INTEGER REFERENCES user(id),
  submitted_at INTEGER,
  performed_on TEXT NOT NULL,
  revision     INTEGER NOT NULL DEFAULT 1,
  -- Long columns stand last: what is before them is read without their overflow pages.
  group_states TEXT NOT NULL DEFAULT '{}', -- {group: {revision, saved_at, saved_by, state}}
  answers      TEXT NOT NULL,              -- P, JSON by groups
  PRIMARY KEY (casefile_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX assessment_draft ON assessment(started_by, status) WHERE status = 'draft';

-- Scores of a submitted assessment, one row per dimension.
CREATE TABLE assessment_score (
  casefile_id INTEGER NOT NULL,
  seq         INTEGER NOT NULL,               -- assessment
  position    INTEGER NOT NULL,               -- order of the dimension in the form
  dimension   TEXT NOT NULL,
  score       REAL,
  meaning     INTEGER NOT NULL DEFAULT 0,     -- 1 worst … 5 best, 0 not answered or does not apply
  word        TEXT,                           -- the band's label, source language
  PRIMARY KEY (casefile_id, seq, position),
  FOREIGN KEY (casefile_id, seq) REFERENCES assessment(casefile_id, seq)
) STRICT, WITHOUT ROWID;

-- Numbered needs (N1 …) and strengths (S1 …). A number is never reused.
CREATE TABLE need (
  casefile_id          INTEGER NOT NULL REFERENCES casefile(id),
  kind                 TEXT NOT NULL CHECK (kind IN ('need', 'strength')),
  number               INTEGER NOT NULL,
  dimension            TEXT NOT NULL,
  statement_objective  TEXT NOT NULL,         -- P
  statement_subjective TEXT,                  -- P, the client's words
  severity             REAL,                  -- the country's own number
  meaning              INTEGER NOT NULL DEFAULT 0,
  client_priority      INTEGER,               -- 1 first
  sensitivity          TEXT,                  -- tag; NULL none
  assessment_seq       INTEGER,               -- NULL: written by hand
  question             TEXT,                  -- the item it came from
  status               TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'met', 'set_aside')),
  status_reason        TEXT,                  -- P, why it is set aside or not planned for
  created_by           INTEGER REFERENCES user(id),
  created_at           INTEGER NOT NULL,
  revision             INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (casefile_id, kind, number)
) STRICT, WITHOUT ROWID;

-- Versions of the intervention plan. Goals and actions hang on the case and carry the
-- working plan; a proposed version keeps its words in `body`.
CREATE TABLE plan (
  casefile_id      INTEGER NOT NULL REFERENCES casefile(id),
  version          INTEGER NOT NULL,
  status           TEXT NOT NULL CHECK (status IN ('draft', 'proposed', 'returned', 'approved', 'active', 'replaced')),
  contact_schedule TEXT,                      -- words agreed with the family
  review_on        TEXT,
  started_on       TEXT NOT NULL,
  proposed_at      INTEGER,
  proposed_by      INTEGER REFERENCES user(id),
  approved_at      INTEGER,
  approved_by      INTEGER REFERENCES user(id),
  returned_comment TEXT,
  active_on        TEXT,                      -- both have signed
  revision         INTEGER NOT NULL DEFAULT 1,
  body             TEXT,                      -- P, JSON: goals and actions as proposed
  PRIMARY KEY (casefile_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_waiting ON plan(casefile_id) WHERE status IN ('returned', 'approved');
CREATE INDEX plan_proposed ON plan(status, proposed_at) WHERE status = 'proposed';

-- Who agreed to a version, by typed name.
CREATE TABLE signature (
  casefile_id INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  party       TEXT NOT NULL CHECK (party IN ('client', 'worker')),
  name        TEXT NOT NULL,                  -- P
  user_id     INTEGER REFERENCES user(id),
  person_id   INTEGER REFERENCES person(id),
  method      TEXT NOT NULL,                  -- tablet, paper, portal
  signed_at   INTEGER NOT NULL,
  PRIMARY KEY (casefile_id, version, party),
  FOREIGN KEY (casefile_id, version) REFERENCES plan(casefile_id, version)
) STRICT, WITHOUT ROWID;

-- A goal: expected change with measure and date. Number 1.2 = need_number.seq.
CREATE TABLE goal (
  casefile_id     INTEGER NOT NULL REFERENCES casefile(id),
  need_number     INTEGER NOT NULL,           -- the need it is numbered by
  seq             INTEGER NOT NULL,
  statement       TEXT NOT NULL,              -- P
  plain           TEXT,                       -- P, the same in the family's words, for the portal
  expected_change TEXT NOT NULL,              -- P, "we will know because"
  baseline        REAL,
  target          REAL,
  due_on          TEXT NOT NULL,
  status          TEXT NOT NULL DEFAULT 'not_started'
                  CHECK (status IN ('not_started', 'in_progress', 'achieved', 'partly_achieved', 'not_achieved', 'dropped')),
  progress        INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  status_reason   TEXT,                       -- P
  strengths       TEXT NOT NULL DEFAULT '',   -- "1,2": strengths used
  since_version   INTEGER NOT NULL,           -- plan version that brought it
  until_version   INTEGER,                    -- version that dropped it
  revision        INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (casefile_id, need_number, seq)
) STRICT, WITHOUT ROWID;

-- Other needs a goal answers too.
CREATE TABLE goal_need (
  casefile_id INTEGER NOT NULL,
  need_number INTEGER NOT NULL,               -- of the goal
  seq         INTEGER NOT NULL,               -- of the goal
  also_need   INTEGER NOT NULL,
  PRIMARY KEY (casefile_id, need_number, seq, also_need),
  FOREIGN KEY (casefile_id, need_number, seq) REFERENCES goal(casefile_id, need_number, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Who does what by when.
CREATE TABLE action (
  casefile_id INTEGER NOT NULL,
  need_number INTEGER NOT NULL,
  goal_seq    INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  what        TEXT NOT NULL,                  -- P
  actor       TEXT NOT NULL CHECK (actor IN ('client', 'relative', 'worker', 'provider', 'community')),
  actor_name  TEXT NOT NULL,                  -- P
  service     TEXT,                           -- key in the catalogue
  starts_on   TEXT,
  due_on      TEXT NOT NULL,
  status      TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in_progress', 'done', 'not_done', 'dropped')),
  done_on     TEXT,
  result      TEXT,                           -- P
  revision    INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (casefile_id, need_number, goal_seq, seq),
  FOREIGN KEY (casefile_id, need_number, goal_seq) REFERENCES goal(casefile_id, need_number, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Visits and sessions, planned by the cadence or by hand, and the worker's other hours.
CREATE TABLE activity (
  id          INTEGER PRIMARY KEY,
  casefile_id INTEGER REFERENCES casefile(id), -- NULL: not about one case (notes, travel, supervision)
  user_id     INTEGER NOT NULL REFERENCES user(id),
  kind        TEXT NOT NULL,                  -- home_visit, office, phone, group, conference, documentation, supervision, self_care, travel
  planned_at  INTEGER NOT NULL,
  minutes     INTEGER NOT NULL,
  place       TEXT,                           -- P
  purpose     TEXT,                           -- P
  held_at     INTEGER,
  outcome     TEXT,                           -- held, missed, cancelled
  summary     TEXT,                           -- P
  from_schedule INTEGER NOT NULL DEFAULT 0    -- laid by the plan's contact schedule, taken away by the next version's
) STRICT;
CREATE INDEX activity_user ON activity(user_id, planned_at);
CREATE INDEX activity_planned ON activity(planned_at) WHERE outcome IS NULL;
CREATE INDEX activity_casefile ON activity(casefile_id, planned_at);

-- The chronological story of a case: one row for everything that happened. `message` is a key
-- of the translations with %1 %2 …, `params` their values.
CREATE TABLE event (
  casefile_id INTEGER NOT NULL REFERENCES casefile(id),
  seq         INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL,                  -- milestone, assessment, plan, visit, note, consent, household, transition
  message     TEXT NOT NULL,
  params      TEXT NOT NULL DEFAULT '[]', -- P
  quote       TEXT,                           -- P, words of the client or the writer
  refs        TEXT NOT NULL DEFAULT '',       -- "N1 1.2 S1": signs mentioned
  link        TEXT,                           -- path below the case
  sensitivity TEXT,
  visibility  TEXT NOT NULL DEFAULT 'staff' CHECK (visibility IN ('staff', 'shared', 'private')),
  user_id     INTEGER REFERENCES user(id),    -- NULL: system or client
  actor_name  TEXT NOT NULL,
  PRIMARY KEY (casefile_id, seq)
) STRICT, WITHOUT ROWID;

-- Every step along the workflow, with the comment a return must carry.
CREATE TABLE transition (
  casefile_id INTEGER NOT NULL REFERENCES casefile(id),
  seq         INTEGER NOT NULL,
  name        TEXT NOT NULL,                  -- transition key in workflow.json
  from_stage  TEXT NOT NULL,
  to_stage    TEXT NOT NULL,
  comment     TEXT,                           -- P
  at          INTEGER NOT NULL,
  user_id     INTEGER REFERENCES user(id),
  PRIMARY KEY (casefile_id, seq)
) STRICT, WITHOUT ROWID;

-- Half-typed intake forms, saved page by page.
CREATE TABLE draft (
  id         INTEGER PRIMARY KEY,
  user_id    INTEGER NOT NULL REFERENCES user(id),
  kind       TEXT NOT NULL,                   -- intake
  form_version INTEGER NOT NULL REFERENCES form_version(id),
  answers    TEXT NOT NULL, -- P
  group_states TEXT NOT NULL DEFAULT '{}',
  revision   INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  finished_casefile_id INTEGER REFERENCES casefile(id)
) STRICT;
CREATE INDEX draft_user ON draft(user_id, kind, updated_at);

-- What somebody sent after the session had ended: shown again after signing in, never acted on by itself.
CREATE TABLE held_post (
  token_digest TEXT NOT NULL PRIMARY KEY,
  site         TEXT NOT NULL,
  owner        TEXT NOT NULL,                 -- whose: 'user 12', 'person 7'; '' when not known
  path         TEXT NOT NULL,                 -- of the page to show it on
  body         TEXT NOT NULL,                 -- P, the declared fields, url-encoded
  created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX held_post_age ON held_post(created_at);

-- Append-only, hash-chained: digest = BLAKE2b(previous digest, this row). Checked by `compass verify-audit`.
CREATE TABLE audit (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,               -- the instance's clock
  machine_at  INTEGER NOT NULL,
  actor       TEXT NOT NULL,                  -- user name, "beneficiary", "system"
  user_id     INTEGER,
  action      TEXT NOT NULL,                  -- view, create, update, submit, approve, sign_in …
  object      TEXT NOT NULL,                  -- casefile, assessment, plan, user …
  object_key  TEXT NOT NULL,                  -- case number, user name …
  casefile_id INTEGER,
  detail      TEXT NOT NULL DEFAULT '{}', -- P: before, after, reason
  previous    TEXT NOT NULL,
  digest      TEXT NOT NULL
) STRICT;
CREATE INDEX audit_casefile ON audit(casefile_id, at) WHERE casefile_id IS NOT NULL;
CREATE INDEX audit_actor ON audit(actor, at);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

-- Case numbers: the last one given, per year.
CREATE TABLE casefile_counter (
  year INTEGER NOT NULL PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

-- Emails and text messages to send, and those sent: the outbox.
CREATE TABLE message (
  id          INTEGER PRIMARY KEY,
  occasion    TEXT NOT NULL,                  -- portal_code, …
  channel     TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  recipient   TEXT NOT NULL,                  -- P, address or number
  language    TEXT NOT NULL,
  body        TEXT NOT NULL,                  -- P
  casefile_id INTEGER REFERENCES casefile(id),
  created_at  INTEGER NOT NULL,
  sent_at     INTEGER
) STRICT;
CREATE INDEX message_unsent ON message(created_at) WHERE sent_at IS NULL;

-- Who opened a case, for staff and for the family itself.
CREATE VIEW access_log AS SELECT casefile_id, at, user_id, actor FROM audit WHERE casefile_id IS NOT NULL AND action = 'view';
