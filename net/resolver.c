/* SPDX-License-Identifier: MIT */
#include "net/resolver.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_MAX 63

static bool is_name(const char *name)
{
    for (;;) {
        size_t label = strcspn(name, ".");
        if (label == 0 || label > LABEL_MAX)
            return false;
        if (!name[label])
            return true;
        name += label + 1;
    }
}

void dns_query_init(struct dns_query *query, const char *name,
                    enum dns_type type)
{
    size_t length = strlen(name);
    if (length && name[length - 1] == '.')
        length--;
    *query = (struct dns_query){.type = type};
    if (length <= DNS_NAME_MAX - 3)
        memcpy(query->name, name, length);
    if (!is_name(query->name))
        query->answer.state = DNS_BADNAME;
}

void resolver_ask(const struct resolver *resolver, struct dns_query *queries,
                  size_t count)
{
    if (count)
        resolver->ask(resolver->context, queries, count);
}

enum dns_state resolver_ask_one(const struct resolver *resolver,
                                struct dns_query *query, const char *name,
                                enum dns_type type)
{
    dns_query_init(query, name, type);
    if (query->answer.state == DNS_UNASKED)
        resolver_ask(resolver, query, 1);
    return query->answer.state;
}

void dns_answer_release(struct dns_answer *answer)
{
    for (size_t i = 0; i < answer->count; i++)
        free((char *)answer->records[i].text);
    free(answer->records);
    *answer = (struct dns_answer){0};
}

void dns_queries_release(struct dns_query *queries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        dns_answer_release(&queries[i].answer);
}

bool dns_is_told(enum dns_state state)
{
    return state == DNS_OK || state == DNS_NODATA || state == DNS_NXDOMAIN;
}

const char *dns_state_word(enum dns_state state)
{
#define STATE_WORD(id, word) word,
    static const char *const words[] = {DNS_STATES(STATE_WORD)};
    return state < DNS_STATE_COUNT ? words[state] : "unasked";
}

const char *dns_type_word(enum dns_type type)
{
#define TYPE_ROW(id, number) {number, #id},
    static const struct {
        enum dns_type type;
        const char *word;
    } rows[] = {DNS_TYPES(TYPE_ROW)};

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].type == type)
            return rows[i].word;
    return "?";
}

/* Room grows in doubling steps: 4, 8, 16 ... */
static bool have_room(struct dns_answer *answer)
{
    size_t count = answer->count;
    if (count >= DNS_RECORDS_MAX)
        return false;
    if (count && (count < 4 || (count & (count - 1))))
        return true;
    size_t room = count ? count * 2 : 4;
    struct dns_record *records =
        realloc(answer->records, room * sizeof(*records));
    if (records)
        answer->records = records;
    return records;
}

void dns_answer_add(struct dns_answer *answer, enum dns_type type,
                    const struct dns_record *record)
{
    char *text = malloc(record->length + 1);
    if (!text || record->length > DNS_TEXT_MAX || !have_room(answer)) {
        free(text);
        answer->cut = true;
        return;
    }
    if (record->length)
        memcpy(text, record->text, record->length);
    text[record->length] = '\0';

    size_t at = answer->count++;
    struct dns_record *records = answer->records;
    for (; type == DNS_MX && at &&
           records[at - 1].preference > record->preference;
         at--)
        records[at] = records[at - 1];
    records[at] = *record;
    records[at].text = text;
    answer->state = DNS_OK;
}
