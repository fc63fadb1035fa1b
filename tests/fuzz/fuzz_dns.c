/* SPDX-License-Identifier: MIT */
/* Answers of DNS servers: a question's type and name, then the message. */
#include "net/dns_wire.h"
#include "tests/fuzz/fuzz.h"

static const enum dns_type types[] = {DNS_A,  DNS_NS,  DNS_CNAME, DNS_PTR,
                                      DNS_MX, DNS_TXT, DNS_AAAA};

static void check_record(enum dns_type type, const struct dns_record *record)
{
    HOLDS(record->text && record->text[record->length] == '\0');
    if (type == DNS_A || type == DNS_AAAA)
        HOLDS(record->length == 0);
    else if (type != DNS_TXT)
        HOLDS(strlen(record->text) == record->length &&
              record->length < DNS_NAME_MAX);
}

static void check_answer(const struct dns_answer *answer, enum dns_type type)
{
    HOLDS(answer->state > DNS_UNASKED && answer->state <= DNS_BOGUS);
    HOLDS((answer->state == DNS_OK) == (answer->count > 0));
    HOLDS(answer->count <= DNS_RECORDS_MAX);
    HOLDS(memchr(answer->canonical, '\0', DNS_NAME_MAX));
    for (size_t i = 0; i < answer->count; i++) {
        check_record(type, &answer->records[i]);
        HOLDS(i == 0 || type != DNS_MX ||
              answer->records[i - 1].preference <=
                  answer->records[i].preference);
    }
}

/* The name asked for is the message's own, where there is one, so that the
 * way to the records is found. */
static void name_of(char name[DNS_NAME_MAX], const uint8_t *data, size_t size)
{
    size_t at = 12, length = 0;

    while (at < size && data[at] && data[at] < 64 && data[at] < size - at &&
           length + data[at] + 1 < DNS_NAME_MAX) {
        if (length)
            name[length++] = '.';
        memcpy(name + length, data + at + 1, data[at]);
        length += data[at];
        at += data[at] + 1;
    }
    name[length] = '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dns_answer answer = {0};
    char name[DNS_NAME_MAX];

    if (size < 1)
        return 0;
    enum dns_type type = types[data[0] % (sizeof(types) / sizeof(*types))];
    name_of(name, data + 1, size - 1);
    bool open = dns_wire_read(&answer, name, type, data + 1, size - 1);
    check_answer(&answer, type);
    HOLDS(!open || (answer.state == DNS_NODATA && answer.canonical[0]));
    dns_answer_release(&answer);
    return 0;
}
