/* SPDX-License-Identifier: MIT */
/* What to tell who manages a domain: which includes eat its lookups, and the
 * one record to publish in the place of what is there. */
#ifndef NET_SPF_PUBLISH_H
#define NET_SPF_PUBLISH_H

#include "net/spf_survey.h"

/* Whether an include is wanted ("": none) that the record does not have. */
bool spf_lacks(const struct spf_survey *survey, const char *include);

/* Writes "a.example 4, b.example 1" into `out`: what each include of the
 * domain's own record costs with all below it, the most first. */
void spf_write_shares(char *out, size_t size, const struct spf_survey *survey);

/* Writes the record to publish at the domain: all that is there merged into
 * one, `include` in it where it is lacking. "" where nothing is to change,
 * where a record is malformed, and where the include would bring it above the
 * ten lookups. Asks for the records and for the include's. */
void spf_publish(char out[SPF_RECORD_TEXT], const struct resolver *resolver,
                 const char *domain, const struct spf_survey *survey,
                 const char *include);

#endif
