/* SPDX-License-Identifier: MIT */
/* The header of a mail: alone, and below a receiver's own fields, which nothing
 * that comes with a mail may overrule. */
#include "net/copy_finding.h"
#include "tests/fuzz/fuzz.h"

static const char own[] =
    "Received: from evil.example (evil.example. [198.51.100.66])\r\n"
    "        by mx.google.com with ESMTPS id x1; Mon, 02 Nov 2026 06:00:01\r\n"
    "Authentication-Results: mx.google.com; dkim=none; spf=fail\r\n"
    " smtp.mailfrom=a@tienda.example; dmarc=fail header.from=tienda.example\r\n"
    "X-End: 1\r\n";

static void check_text(const char *text, size_t size)
{
    HOLDS(memchr(text, '\0', size) != NULL);
}

static void check_copy(const struct copy *copy)
{
    check_text(copy->from, sizeof(copy->from));
    check_text(copy->return_path, sizeof(copy->return_path));
    check_text(copy->raw, sizeof(copy->raw));
    HOLDS(copy->signature_count <= COPY_SIGNATURES_MAX);
    HOLDS(copy->doubtful_count <= COPY_DOUBTFUL_MAX);
    HOLDS(copy->filters.count <= FILTERS_MAX);
    HOLDS(copy->signature_count == 0 || copy->signatures[0].domain[0]);
    for (int i = 0; i < COPY_METHOD_COUNT; i++) {
        check_text(copy->checks[i].note, sizeof(copy->checks[i].note));
        HOLDS(copy->checks[i].result[0] || !copy->checks[i].domain[0]);
    }
    HOLDS(copy_finding_name(copy_find(copy)) != NULL);
}

static void check_alone(struct copy *copy, const uint8_t *data, size_t size)
{
    copy_read(copy, (const char *)data, size, &(struct copy_ask){"", ""});
    check_copy(copy);
}

static void check_below(struct copy *copy, const uint8_t *data, size_t size)
{
    size_t head = sizeof(own) - 1;
    char *whole = malloc(head + size);

    if (!whole)
        abort();
    memcpy(whole, own, head);
    if (size > 0)
        memcpy(whole + head, data, size);
    copy_read(copy, whole, head + size, &(struct copy_ask){"", ""});
    check_copy(copy);
    HOLDS(strcmp(copy->ip, "198.51.100.66") == 0);
    HOLDS(strcmp(copy->checks[COPY_SPF].result, "fail") == 0);
    HOLDS(strcmp(copy->checks[COPY_DKIM].result, "none") == 0);
    HOLDS(strcmp(copy->checks[COPY_DMARC].result, "fail") == 0);
    HOLDS(!copy_is_authentic(copy));
    free(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct copy *copy = malloc(sizeof(*copy));

    if (!copy)
        abort();
    check_alone(copy, data, size);
    check_below(copy, data, size);
    free(copy);
    return 0;
}
