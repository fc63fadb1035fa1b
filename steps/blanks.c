/* SPDX-License-Identifier: MIT */
#include "steps/blanks.h"

#include <string.h>

#include "steps/provider.h"
#include "steps/report.h"
#include "steps/when.h"

static const char *sender(const struct blanks *blanks)
{
    bool other = trail_part(blanks->trail) == PART_SENDER;

    return trail_fact(blanks->trail, other ? "other_from" : "from");
}

static const char *recipient(const struct blanks *blanks)
{
    return trail_recipient(blanks->trail);
}

static const char *via(const struct blanks *blanks)
{
    static const enum text_id words[VIA_COUNT] = {
        [VIA_API] = T_VIA_API,
        [VIA_SMTP] = T_VIA_SMTP,
        [VIA_MANUAL] = T_VIA_MANUAL,
    };

    return blanks->settings
               ? text(words[when_via(blanks->trail, blanks->settings)])
               : NULL;
}

static const char *server(const struct blanks *blanks)
{
    return blanks->settings ? blanks->settings->smtp.host : NULL;
}

static const char *subject(const struct blanks *blanks)
{
    const struct attempt *last = trail_last(blanks->trail);

    return last ? last->subject : "";
}

static const char *access(const struct blanks *blanks)
{
    struct provider provider;

    provider_of(&provider, trail_recipient(blanks->trail));
    return text(provider.how);
}

static const char *where(const struct blanks *blanks)
{
    struct provider provider;

    provider_of(&provider, trail_recipient(blanks->trail));
    return text(provider.where);
}

static const char *support(const struct blanks *blanks)
{
    (void)blanks;
    return SUPPORT_ADDRESS;
}

static const struct {
    const char *name;
    const char *(*value)(const struct blanks *);
} values[] = {
    {"sender", sender}, {"recipient", recipient}, {"via", via},
    {"server", server}, {"subject", subject},     {"support", support},
    {"access", access}, {"where", where},
};

static const char *lookup(const char *name, const void *arg)
{
    const struct blanks *blanks = arg;

    for (const char *const *extra = blanks->extra; extra && *extra; extra += 2)
        if (strcmp(extra[0], name) == 0)
            return extra[1];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strcmp(values[i].name, name) == 0)
            return values[i].value(blanks);
    return trail_fact(blanks->trail, name);
}

size_t blanks_fill(char *out, size_t size, const char *pattern,
                   const struct blanks *blanks)
{
    return text_fill(out, size, pattern, lookup, blanks);
}
