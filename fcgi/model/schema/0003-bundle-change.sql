-- SPDX-License-Identifier: Apache-2.0
-- What an instance ran on, and when that changed. `instance` has bundle_digest: the copy of the bundle it runs on now.

-- A bundle taken over: by itself in a demonstration (live), or by an upgrade, which kept the state before it.
CREATE TABLE bundle_change (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,      -- the instance's clock
  kind         TEXT NOT NULL CHECK (kind IN ('live', 'upgrade')),
  actor        TEXT NOT NULL,         -- user name, or system
  bundle       TEXT NOT NULL,         -- folder name before
  from_digest  TEXT NOT NULL,         -- copies in var/bundles; '' when there was none
  to_digest    TEXT NOT NULL,
  from_version TEXT NOT NULL,
  to_version   TEXT NOT NULL,
  audit_id     INTEGER NOT NULL,      -- last row of the audit log when it was done: newer ones are work done since
  summary      TEXT NOT NULL          -- JSON: the sentences of the preview
) STRICT;

-- A form's labels in the languages of the bundle it came from, by source text: what a later bundle no longer translates is still shown
-- in the reader's language.
ALTER TABLE form_version ADD COLUMN words TEXT NOT NULL DEFAULT '{}'; -- JSON {language: {source: translation}}
