-- SPDX-License-Identifier: Apache-2.0
-- How many answers each version of a form has, counted along an index and not over the answers themselves.

CREATE INDEX assessment_form_version ON assessment(form_version, status);
CREATE INDEX intake_form_version ON intake(form_version);
