/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of a form version: its labels in the bundle's languages, kept with the definition,
 * so that a case opened in five years reads as it was filled, whatever the bundle calls things then. */
#ifndef COUNTRY_FORM_WORDS_H
#define COUNTRY_FORM_WORDS_H

#include "bundle.h"
#include "model/instance_meta.h"

/* The bundle's form as a version that answers can point to; the first use keeps definition and words. */
enum err form_words_keep(const struct context *c, const struct bundle *bundle, const struct form *form, int64_t *id);
/* Brings the words of the bundle's forms up to date: before another bundle takes its place. */
enum err form_words_refresh(const struct context *c, const struct bundle *bundle);
/* The form of a version: the bundle's own while it is the same, else the definition that was kept, speaking the
 * language in the words kept with it. NULL and `why` when it cannot be read. */
const struct form *form_of_version(const struct context *c, const struct bundle *bundle, const struct form_version *version, const char *language);

#endif
