/* SPDX-License-Identifier: MIT */
/* What the digits of a refusal mean: the tables of assets/codes.def. */
#ifndef STEPS_REPLY_CODE_H
#define STEPS_REPLY_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "steps/cause.h"

/* How much a piece of evidence says. Of two pieces the higher one rules; of
 * equals the words before the codes. */
enum rank {
    RANK_NONE,
    RANK_VAGUE, /* fits many causes */
    RANK_USUAL, /* mostly means it */
    RANK_SURE,  /* means nothing else */
};

/* An enhanced status code (RFC 3463); digit 0: none. */
struct enhanced {
    uint8_t digit, subject;
    uint16_t detail;
};

/* Which codes a line asks for; 0 asks for nothing. Where `enhanced` is set its
 * digit may be 0, for 4 and 5. */
struct code_pattern {
    uint16_t code;
    uint8_t digit; /* first digit of the reply */
    bool enhanced;
    struct enhanced status;
};

/* What a code says. */
struct code_row {
    enum rank rank;
    enum cause cause;
    enum side side;     /* SIDE_COUNT: that of the cause */
    const char *vendor; /* who uses the code so, or NULL */
};

/* The row of an enhanced code, or NULL. `vendor` (may be NULL) is whose words
 * stand beside it: some use a code in their own way. */
const struct code_row *code_enhanced(struct enhanced status,
                                     const char *vendor);

/* The cause of a three-digit reply code alone (RFC 5321 4.2.3). */
enum cause code_reply(int code);

/* The cause of an ErrorCode of the service, of an HTTP status, of a bounce's
 * Type (case ignored, may be NULL). */
enum cause code_api(int code);
enum cause code_http(int status);
enum cause code_bounce(const char *type);

#endif
