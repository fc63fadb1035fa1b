/* SPDX-License-Identifier: MIT */
/* Records of DMARC: each line of the input is a record of the next name of a
 * walk; what rules is a record of the walk. */
#include "net/dmarc.h"
#include "tests/fuzz/fuzz.h"

struct lines {
    const char *at;
    size_t left;
};

static void answer(struct dns_query *query, struct lines *lines)
{
    const char *end = memchr(lines->at, '\n', lines->left);
    size_t length = end ? (size_t)(end - lines->at) : lines->left;
    char text[4096];
    struct dns_record record = {.text = text};

    record.length = length < sizeof(text) ? length : sizeof(text) - 1;
    memcpy(text, lines->at, record.length);
    text[record.length] = '\0';
    lines->at += length + (end != NULL);
    lines->left -= length + (end != NULL);
    if (length == 1)
        query->answer.state = text[0] % DNS_STATE_COUNT;
    else if (length > 0)
        dns_answer_add(&query->answer, DNS_TXT, &record);
    if (query->answer.count == 0 && query->answer.state == DNS_OK)
        query->answer.state = DNS_NODATA;
}

static void ask(void *context, struct dns_query *queries, size_t count)
{
    struct lines *lines = context;

    for (size_t i = 0; i < count; i++) {
        queries[i].answer.state = DNS_NXDOMAIN;
        if (queries[i].type == DNS_TXT && lines->left > 0)
            answer(&queries[i], lines);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char author[] = "a.b.c.d.e.f.g.shop.example";
    struct lines lines = {(const char *)data, size};
    struct resolver resolver = {ask, &lines};
    struct dmarc_ruling ruling;
    const struct dmarc_step *step;
    size_t tail;

    dmarc_discover(&ruling, &resolver, author);
    step = &ruling.walk.steps[ruling.step];
    tail = strlen(ruling.walk.organization);
    HOLDS(ruling.walk.count > 0 && ruling.walk.count <= DMARC_STEPS_MAX);
    HOLDS(tail > 0 && tail < sizeof(author) &&
          strcmp(author + sizeof(author) - 1 - tail,
                 ruling.walk.organization) == 0);
    HOLDS((ruling.found == DMARC_FOUND) == (ruling.policy >= DMARC_NONE));
    HOLDS(ruling.applied <= ruling.policy);
    if (ruling.found == DMARC_FOUND)
        HOLDS(step->count == 1 && step->state == DNS_OK &&
              dmarc_record_is(step->text, strlen(step->text)));
    HOLDS(dmarc_align(&resolver, &ruling, author, author, true) ==
          DMARC_ALIGNED);
    return 0;
}
