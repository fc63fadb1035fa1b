/* SPDX-License-Identifier: MIT */
/* A return notice, whole or pasted. */
#include "net/dsn.h"
#include "net/parts.h"
#include "tests/fuzz/fuzz.h"

static void check_text(const char *text, size_t size)
{
    HOLDS(memchr(text, '\0', size) != NULL);
}

static void check_recipient(const struct dsn_recipient *recipient)
{
    check_text(recipient->address, sizeof(recipient->address));
    check_text(recipient->words, sizeof(recipient->words));
    check_text(recipient->remote, sizeof(recipient->remote));
    HOLDS(recipient->code == 0 ||
          (recipient->code >= 400 && recipient->code <= 579));
    HOLDS(recipient->status[0] == '\0' || recipient->status[1] == '.');
    HOLDS(recipient->action < DSN_ACTION_COUNT);
}

static void check_parts(const char *mail, size_t length)
{
    struct parts *parts = malloc(sizeof(*parts));
    char out[256];

    if (!parts)
        abort();
    parts_read(parts, mail, length);
    HOLDS(parts->count <= PARTS_MAX);
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->parts[i];

        HOLDS(part->header >= mail && part->body >= part->header);
        HOLDS(part->body + part->body_length <= mail + length);
        HOLDS(part_decode(part, out, sizeof(out)) < sizeof(out));
    }
    free(parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dsn *dsn = malloc(sizeof(*dsn));

    if (!dsn)
        abort();
    check_parts((const char *)data, size);
    dsn_read(dsn, (const char *)data, size);
    HOLDS(dsn->count <= DSN_RECIPIENTS_MAX);
    HOLDS((dsn_worst(dsn) != NULL) == (dsn->count > 0));
    check_text(dsn->reporting, sizeof(dsn->reporting));
    for (size_t i = 0; i < dsn->count; i++)
        check_recipient(&dsn->recipients[i]);
    free(dsn);
    return 0;
}
