/* SPDX-License-Identifier: MIT */
/* What the digits of a refusal mean: the tables of assets/codes.def. */
#include "steps/reply_code.h"

#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct enhanced_row {
    uint8_t digit, subject;
    uint16_t from, to;
    struct code_row says;
} own[] =
    {
#define OWN(vendor, digit, subject, from, to, rank, cause)                     \
    {digit,                                                                    \
     subject,                                                                  \
     from,                                                                     \
     to,                                                                       \
     {RANK_##rank, CAUSE_##cause, SIDE_COUNT, vendor}},
#include "assets/codes.def"
#undef OWN
},
  common[] = {
#define ENHANCED(digit, subject, from, to, rank, cause, side, vendor)          \
    {digit,                                                                    \
     subject,                                                                  \
     from,                                                                     \
     to,                                                                       \
     {RANK_##rank, CAUSE_##cause, SIDE_##side, vendor}},
#include "assets/codes.def"
#undef ENHANCED
};

struct range_row {
    int from, to;
    enum cause cause;
};

#define RANGE(from, to, cause) {from, to, CAUSE_##cause},

static const struct range_row replies[] = {
#define REPLY RANGE
#include "assets/codes.def"
#undef REPLY
};

static const struct range_row apis[] = {
#define API RANGE
#include "assets/codes.def"
#undef API
};

static const struct range_row https[] = {
#define HTTP RANGE
#include "assets/codes.def"
#undef HTTP
};

static const struct bounce_row {
    const char *type;
    enum cause cause;
} bounces[] = {
#define BOUNCE(type, cause) {type, CAUSE_##cause},
#include "assets/codes.def"
#undef BOUNCE
};

static bool row_fits(const struct enhanced_row *row, struct enhanced status)
{
    if (row->digit ? row->digit != status.digit
                   : status.digit != 4 && status.digit != 5)
        return false;
    return row->subject == status.subject && status.detail >= row->from &&
           status.detail <= row->to;
}

const struct code_row *code_enhanced(struct enhanced status, const char *vendor)
{
    for (size_t i = 0; vendor && i < COUNT(own); i++) {
        if (strcmp(own[i].says.vendor, vendor) == 0 &&
            row_fits(&own[i], status))
            return &own[i].says;
    }
    for (size_t i = 0; i < COUNT(common); i++) {
        if (row_fits(&common[i], status))
            return &common[i].says;
    }
    return NULL;
}

static enum cause in_range(const struct range_row *rows, size_t count, int code)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= rows[i].from && code <= rows[i].to)
            return rows[i].cause;
    }
    return CAUSE_UNKNOWN;
}

enum cause code_reply(int code)
{
    return in_range(replies, COUNT(replies), code);
}

enum cause code_api(int code)
{
    return in_range(apis, COUNT(apis), code);
}

enum cause code_http(int status)
{
    return in_range(https, COUNT(https), status);
}

enum cause code_bounce(const char *type)
{
    for (size_t i = 0; type && i < COUNT(bounces); i++) {
        if (strcasecmp(bounces[i].type, type) == 0)
            return bounces[i].cause;
    }
    return CAUSE_UNKNOWN;
}
