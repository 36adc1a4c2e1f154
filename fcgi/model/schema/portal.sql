-- SPDX-License-Identifier: Apache-2.0
-- What exists for the portal's connection. Each view hides the table of the same name (temp comes
-- before main) and shows the rows of one case, portal_casefile(), without what is for staff only.
-- authorizer.c refuses every other way to the tables. The guards keep writes inside the case too.

CREATE TEMP VIEW casefile AS
  SELECT id, number, title, title_latin, subject_type, program, level, pathway, status, stage, stage_since,
    '9999-12-31' AS stage_due_on, NULL AS risk_level, office, area, owner_id, locality, address, phone, language,
    member_count, needs_open, NULL AS last_score, NULL AS first_score, last_contact_on, next_contact_at, review_on,
    opened_on, closed_on, outcome, created_at, updated_at, revision
  FROM main.casefile WHERE id = portal_casefile();

-- Before anybody is signed in: the row id of the number typed, when the family agreed to use the portal.
CREATE TEMP VIEW portal_door AS
  SELECT id FROM main.casefile WHERE number = portal_number()
    AND EXISTS (SELECT 1 FROM main.consent WHERE consent.casefile_id = casefile.id AND purpose = 'portal'
                AND is_given = 1 AND withdrawn_at IS NULL);

CREATE TEMP VIEW membership AS
  SELECT casefile_id, seq, person_id, role, is_contact, NULL AS note, start_date, end_date
  FROM main.membership WHERE casefile_id = portal_casefile();

-- Birth date, phone and email only of the contact: the others' are theirs.
CREATE TEMP VIEW person AS
  SELECT p.id, p.given_name, p.family_name, p.name_latin, p.known_as, p.sex,
    CASE WHEN m.is_contact THEN p.date_of_birth END AS date_of_birth, p.date_of_birth_is_estimated,
    NULL AS identifier_type, NULL AS identifier_value, CASE WHEN m.is_contact THEN p.phone END AS phone, p.phone_is_safe,
    CASE WHEN m.is_contact THEN p.email END AS email, p.preferred_language, p.interpreter, NULL AS disability_status,
    NULL AS occupation, '' AS name_fold, '' AS name_key, NULL AS phone_digits, p.created_at, p.revision
  FROM main.membership m JOIN main.person p ON p.id = m.person_id
  WHERE m.casefile_id = portal_casefile() AND m.end_date IS NULL;

CREATE TEMP VIEW need AS
  SELECT casefile_id, kind, number, dimension, statement_objective, statement_subjective, severity, meaning,
    client_priority, sensitivity, assessment_seq, NULL AS question, status, NULL AS status_reason, created_by, created_at, revision
  FROM main.need WHERE casefile_id = portal_casefile() AND sensitivity IS NULL;

-- A plan is the family's once the office has approved it. Goals for a need that is kept from the portal are kept from it too:
-- the phone is shared. Where no need is, its words are given as they were kept.
CREATE TEMP VIEW plan AS
  SELECT casefile_id, version, status, contact_schedule, review_on, started_on, proposed_at, proposed_by, approved_at,
    approved_by, NULL AS returned_comment, active_on, iif(NOT EXISTS (SELECT 1 FROM main.need x WHERE x.casefile_id = portal_casefile()
      AND x.kind = 'need' AND x.sensitivity IS NOT NULL), p.body, json_object('goals', json((SELECT json_group_array(json(j.value)) FROM json_each(p.body, '$.goals') j
      WHERE NOT EXISTS (SELECT 1 FROM main.need n WHERE n.casefile_id = portal_casefile() AND n.kind = 'need'
                        AND n.number = j.value ->> 'need_number' AND n.sensitivity IS NOT NULL))))) AS body, revision
  FROM main.plan p WHERE casefile_id = portal_casefile() AND status IN ('approved', 'active', 'replaced');

CREATE TEMP VIEW signature AS
  SELECT casefile_id, version, party, name, user_id, person_id, method, signed_at
  FROM main.signature WHERE casefile_id = portal_casefile();

-- The words of goals and actions are read from the version agreed (plan.body): the rows are the office's working plan.
CREATE TEMP VIEW goal AS
  SELECT casefile_id, need_number, seq, '' AS statement, NULL AS plain, '' AS expected_change, baseline, target, due_on, status, progress,
    NULL AS status_reason, '' AS strengths, since_version, until_version, revision
  FROM main.goal WHERE casefile_id = portal_casefile()
    AND since_version <= (SELECT max(version) FROM main.plan p WHERE p.casefile_id = portal_casefile() AND p.status IN ('approved', 'active'))
    AND NOT EXISTS (SELECT 1 FROM main.need n WHERE n.casefile_id = portal_casefile() AND n.kind = 'need'
                    AND n.number = goal.need_number AND n.sensitivity IS NOT NULL);

CREATE TEMP VIEW goal_need AS
  SELECT casefile_id, need_number, seq, also_need FROM main.goal_need WHERE casefile_id = portal_casefile();

CREATE TEMP VIEW action AS
  SELECT a.casefile_id, a.need_number, a.goal_seq, a.seq, '' AS what, a.actor, '' AS actor_name, a.service, a.starts_on, a.due_on,
    a.status, a.done_on, NULL AS result, a.revision
  FROM main.action a WHERE a.casefile_id = portal_casefile()
    AND NOT EXISTS (SELECT 1 FROM main.need n WHERE n.casefile_id = portal_casefile() AND n.kind = 'need'
                    AND n.number = a.need_number AND n.sensitivity IS NOT NULL);

CREATE TEMP VIEW activity AS
  SELECT id, casefile_id, user_id, kind, planned_at, minutes, place, NULL AS purpose, held_at, outcome, NULL AS summary, from_schedule
  FROM main.activity WHERE casefile_id = portal_casefile() AND kind IN ('home_visit', 'office', 'phone', 'group');

CREATE TEMP VIEW event AS
  SELECT casefile_id, seq, at, kind, message, params, quote, refs, link, sensitivity, visibility, user_id, actor_name
  FROM main.event WHERE casefile_id = portal_casefile() AND visibility = 'shared' AND sensitivity IS NULL;

CREATE TEMP VIEW consent AS
  SELECT casefile_id, seq, purpose, is_given, method, given_by, given_on, expires_on, withdrawn_at, withdrawn_by, text_shown, language
  FROM main.consent WHERE casefile_id = portal_casefile();

-- Who, without the names they sign in with.
CREATE TEMP VIEW access_log AS
  SELECT casefile_id, at, user_id, CASE WHEN user_id IS NULL THEN actor ELSE 'user ' || user_id END AS actor FROM main.audit WHERE casefile_id = portal_casefile() AND action = 'view';

CREATE TEMP VIEW casefile_reader AS
  SELECT casefile_id, CASE WHEN user_id IS NULL THEN actor ELSE 'user ' || user_id END AS actor, user_id, last_at
  FROM main.casefile_reader WHERE casefile_id = portal_casefile();

-- Teams are none of the portal's business; the statements it shares with the staff name the table.
CREATE TEMP VIEW casefile_team AS SELECT 0 AS casefile_id, 0 AS user_id, '' AS reason, '' AS from_on, '' AS until_on WHERE 0;

-- The names of the staff this family meets, and nothing else of them.
CREATE TEMP VIEW user AS
  SELECT id, '' AS username, name, name_native, role, office, title, NULL AS email, NULL AS phone, NULL AS language,
    NULL AS password_hash, is_active, created_at
  FROM main.user u WHERE id = (SELECT owner_id FROM main.casefile WHERE id = portal_casefile())
    OR EXISTS (SELECT 1 FROM main.casefile_reader WHERE casefile_id = portal_casefile() AND user_id = u.id)
    OR EXISTS (SELECT 1 FROM main.activity WHERE casefile_id = portal_casefile() AND user_id = u.id);

CREATE TEMP VIEW office AS SELECT key, name, area FROM main.office;
CREATE TEMP VIEW instance AS
  SELECT key, value FROM main.instance
  WHERE key IN ('bundle', 'bundle_version', 'bundle_digest', 'mode', 'clock_offset_s', 'clock_start', 'created_at') OR key GLOB 'persona:*';

CREATE TEMP VIEW session AS
  SELECT token_digest, site, user_id, casefile_id, person_id, csrf, created_at, seen_at, expires_at
  FROM main.session WHERE site = 'portal';
CREATE TEMP VIEW held_post AS
  SELECT token_digest, site, owner, path, body, created_at FROM main.held_post WHERE site = 'portal';
CREATE TEMP VIEW portal_code AS
  SELECT casefile_id, person_id, code_digest, sent_to, created_at, tries, used_at
  FROM main.portal_code WHERE casefile_id = portal_casefile();

-- Guards.
CREATE TEMP TRIGGER guard_consent BEFORE UPDATE ON main.consent WHEN OLD.casefile_id IS NOT portal_casefile() OR NEW.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_plan BEFORE UPDATE ON main.plan WHEN OLD.casefile_id IS NOT portal_casefile() OR NEW.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_casefile BEFORE UPDATE ON main.casefile WHEN OLD.id IS NOT portal_casefile() OR NEW.id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_signature BEFORE INSERT ON main.signature WHEN NEW.casefile_id IS NOT portal_casefile() OR NEW.party IS NOT 'client'
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_activity BEFORE INSERT ON main.activity WHEN NEW.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_activity_end BEFORE DELETE ON main.activity WHEN OLD.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_event BEFORE INSERT ON main.event WHEN NEW.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_message BEFORE INSERT ON main.message WHEN NEW.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_audit BEFORE INSERT ON main.audit WHEN NEW.casefile_id IS NOT NULL AND NEW.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_code_new BEFORE INSERT ON main.portal_code WHEN NEW.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_code BEFORE UPDATE ON main.portal_code WHEN OLD.casefile_id IS NOT portal_casefile()
  BEGIN SELECT raise(ABORT, 'not the portal''s case'); END;
CREATE TEMP TRIGGER guard_session_new BEFORE INSERT ON main.session WHEN NEW.site IS NOT 'portal'
  BEGIN SELECT raise(ABORT, 'not the portal''s session'); END;
CREATE TEMP TRIGGER guard_session BEFORE UPDATE ON main.session WHEN OLD.site IS NOT 'portal' OR NEW.site IS NOT 'portal'
  BEGIN SELECT raise(ABORT, 'not the portal''s session'); END;
CREATE TEMP TRIGGER guard_session_end BEFORE DELETE ON main.session WHEN OLD.site IS NOT 'portal'
  BEGIN SELECT raise(ABORT, 'not the portal''s session'); END;
CREATE TEMP TRIGGER guard_held_new BEFORE INSERT ON main.held_post WHEN NEW.site IS NOT 'portal'
  BEGIN SELECT raise(ABORT, 'not the portal''s'); END;
CREATE TEMP TRIGGER guard_held_end BEFORE DELETE ON main.held_post WHEN OLD.site IS NOT 'portal'
  BEGIN SELECT raise(ABORT, 'not the portal''s'); END;
