/* SPDX-License-Identifier: MIT */
/* Records of SPF: the input is what every name holds, a line a record. */
#include "net/spf.h"
#include "net/spf_survey.h"
#include "tests/fuzz/fuzz.h"

struct text {
    const char *bytes;
    size_t size;
};

static void add_line(struct dns_answer *answer, enum dns_type type,
                     const char *line, size_t length)
{
    struct dns_record record = {.text = line, .length = length};

    if (type == DNS_A && length >= 4)
        memcpy(&record.ip4, line, 4);
    if (type == DNS_AAAA && length >= 16)
        memcpy(&record.ip6, line, 16);
    dns_answer_add(answer, type, &record);
}

/* As the DNS would tell it: of the length said, with a NUL behind. */
static void fill(struct dns_query *query, const struct text *text)
{
    size_t start = 0;

    for (size_t i = 0; i <= text->size; i++) {
        char line[512] = "";
        size_t length = i - start < 511 ? i - start : 511;

        if (i < text->size && text->bytes[i] != '\n')
            continue;
        memcpy(line, text->bytes + start, length);
        if (query->type != DNS_TXT)
            length = strlen(line);
        add_line(&query->answer, query->type, line, length);
        start = i + 1;
    }
}

static void ask(void *context, struct dns_query *queries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (queries[i].answer.state == DNS_UNASKED)
            fill(&queries[i], context);
}

static void check_verdict(const struct spf_verdict *verdict)
{
    HOLDS(verdict->result < SPF_RESULT_COUNT);
    HOLDS(verdict->lookups <= SPF_LOOKUPS_MAX + 1);
    HOLDS(verdict->voids <= SPF_VOIDS_MAX + 1);
    HOLDS(verdict->fault.flaw < SPF_FAULT_COUNT);
    HOLDS(verdict->result != SPF_PERMERROR || verdict->fault.flaw);
    HOLDS(verdict->result == SPF_FAIL || !verdict->explanation[0]);
    for (const char *s = verdict->explanation; *s; s++)
        HOLDS(*s >= 0x20 && *s < 0x7f);
}

static void check(const struct resolver *resolver, const char *ip)
{
    struct spf_client client = {.sender = "a.b-c@\"x\".sender.example",
                                .helo = "mail.sender.example"};
    struct spf_verdict verdict;

    HOLDS(spf_ip_parse(&client.ip, ip));
    spf_check(&verdict, resolver, &client);
    check_verdict(&verdict);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text text = {(const char *)data, size};
    struct resolver resolver = {ask, &text};
    struct spf_term term;
    struct spf_survey survey;

    check(&resolver, "192.0.2.1");
    check(&resolver, "2001:db8::1");
    spf_survey(&survey, &resolver, "sender.example");
    HOLDS(survey.share_count <= SPF_SHARES_MAX);
    if (spf_record_is(text.bytes, size) &&
        spf_record_check(text.bytes, size, &term) != SPF_FAULT_NONE)
        HOLDS(term.text >= text.bytes &&
              term.text + term.length <= text.bytes + size);
    return 0;
}
