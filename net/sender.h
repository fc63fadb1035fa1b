/* SPDX-License-Identifier: MIT */
/* What the sender's domain says of who may send in its name. */
#ifndef NET_SENDER_H
#define NET_SENDER_H

#include "net/request.h"
#include "net/survey.h"

/* Each tells one finding or more. `domain` is in its ASCII form.
 *
 * "sender.spf": with the sending address (ip "": not known) pass (good),
 * fail, softfail, neutral (bad); without it sound (good), missing (lacks the
 * include that is asked for: bad); in any case none, multiple, lookups, voids,
 * syntax, include, plus_all, permerror (bad), no_all (info), or unknown.
 * Members: lookups, voids, include (who eats them), shares (see
 * `spf_write_shares`), term, at (whose record is at fault), publish (see
 * `spf_publish`). Of `request`: from, ip, spf_include. */
void sender_tell_spf(struct survey *survey, const char *domain,
                     const struct request *request);

/* "sender.dmarc": none, multiple, no_policy (bad), monitoring, quarantine,
 * reject (good), or unknown. Member: policy_domain. */
void sender_tell_dmarc(struct survey *survey, const char *domain);

/* "sender.dkim": for `selector`, or with "" for each of assets/selectors.def
 * that is there: key (good), testing, revoked, weak, malformed, missing (bad),
 * none (no key can be there: bad), not_found (nothing is known), or unknown.
 * Members: selector, bits, alias. */
void sender_tell_dkim(struct survey *survey, const char *domain,
                      const char *selector);

/* "sender.alignment": free (bad) or possible (good). */
void sender_tell_alignment(struct survey *survey, const char *domain);

#endif
