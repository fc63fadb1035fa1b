/* SPDX-License-Identifier: MIT */
#include "steps/secure.h"

#include <string.h>

static const struct {
    const char *problem;
    enum text_id id;
} problems[] = {
    {"expired", T_SECURE_EXPIRED},
    {"not_yet_valid", T_SECURE_NOT_YET},
    {"wrong_host", T_SECURE_WRONG_HOST},
    {"self_signed", T_SECURE_SELF_SIGNED},
    {"unknown_issuer", T_SECURE_UNKNOWN_ISSUER},
    {"weak", T_SECURE_WEAK},
    {"old_protocol", T_SECURE_WEAK},
    {"no_common_cipher", T_SECURE_WEAK},
    {"not_tls", T_SECURE_NOT_TLS},
};

enum text_id secure_problem(const struct attempt *attempt)
{
    const struct ending *ending = &attempt->ending;

    if (ending->fault == FAULT_FEATURE && ending->phase == PHASE_STARTTLS)
        return T_SECURE_NOT_OFFERED;
    if (ending->fault != FAULT_TLS)
        return T_NONE;
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
        if (strcmp(attempt->certificate.problem, problems[i].problem) == 0)
            return problems[i].id;
    return T_NONE;
}

void secure_words(struct secure_words *words, const struct attempt *attempt)
{
    const struct certificate *certificate = &attempt->certificate;
    const char *extra[SECURE_EXTRA_MAX] = {
        "subject",           certificate->subject, "issuer",
        certificate->issuer, "not_before",         words->not_before,
        "not_after",         words->not_after,     NULL,
    };

    moment_day(words->not_before, certificate->not_before);
    moment_day(words->not_after, certificate->not_after);
    memcpy(words->extra, extra, sizeof extra);
}
