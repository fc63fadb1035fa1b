/* SPDX-License-Identifier: MIT */
#include "net/survey.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void add(struct proof *proof, const char *bytes, size_t length)
{
    size_t room = sizeof(proof->text) - 1 - proof->length;

    if (length > room)
        length = room;
    memcpy(proof->text + proof->length, bytes, length);
    proof->length += length;
    proof->text[proof->length] = '\0';
}

static void add_text(struct proof *proof, const char *text)
{
    add(proof, text, strlen(text));
}

static void add_record(struct proof *proof, enum dns_type type,
                       const struct dns_record *record)
{
    char text[INET6_ADDRSTRLEN] = "";

    if (type == DNS_A)
        inet_ntop(AF_INET, &record->ip4, text, sizeof(text));
    else if (type == DNS_AAAA)
        inet_ntop(AF_INET6, &record->ip6, text, sizeof(text));
    else if (type == DNS_MX)
        snprintf(text, sizeof(text), "%u ", record->preference);
    add_text(proof, text);
    if (type == DNS_MX && !record->length)
        add_text(proof, ".");
    add(proof, record->text, record->length);
}

void proof_add(struct proof *proof, const struct dns_query *query)
{
    const struct dns_answer *answer = &query->answer;
    size_t lines = answer->count ? answer->count : 1;

    for (size_t i = 0; i < lines; i++) {
        if (proof->length)
            add_text(proof, "\n");
        add_text(proof, query->name);
        add_text(proof, " ");
        add_text(proof, dns_type_word(query->type));
        add_text(proof, answer->count ? " " : ": ");
        if (answer->count)
            add_record(proof, query->type, &answer->records[i]);
        else
            add_text(proof, dns_state_word(answer->state));
    }
}

void proof_add_text(struct proof *proof, const char *name, enum dns_type type,
                    const char *words)
{
    if (proof->length)
        add_text(proof, "\n");
    add_text(proof, name);
    add_text(proof, " ");
    add_text(proof, dns_type_word(type));
    add_text(proof, " ");
    add_text(proof, words);
}

void survey_tell(struct survey *survey, const char *subject, const char *domain,
                 enum finding state, const char *code,
                 const struct proof *proof, struct event *more)
{
    static const char *const words[] = {
        [FINDING_GOOD] = "good",
        [FINDING_BAD] = "bad",
        [FINDING_UNKNOWN] = "unknown",
        [FINDING_INFO] = "info",
    };
    struct event *event = event_new("finding");

    event_put_text(event, "subject", subject);
    event_put_text(event, "domain", domain);
    event_put_text(event, "state", words[state]);
    event_put_text(event, "code", code);
    event_join(event, more);
    event_put_bytes(event, "data", proof ? proof->text : "",
                    proof ? proof->length : 0);
    feed_event(survey->feed, event);
    survey->bad |= state == FINDING_BAD;
    survey->unknown |= state == FINDING_UNKNOWN;
}

void survey_tell_unknown(struct survey *survey, const char *subject,
                         const struct dns_query *query)
{
    struct proof proof = {.length = 0};

    proof_add(&proof, query);
    survey_tell(survey, subject, query->name, FINDING_UNKNOWN,
                dns_state_word(query->answer.state), &proof, NULL);
}
