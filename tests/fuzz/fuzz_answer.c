/* SPDX-License-Identifier: MIT */
/* Answers of the service's API: an HTTP status and a body. */
#include "net/trx_answer.h"
#include "net/trx_message.h"
#include "tests/fuzz/fuzz.h"

static void check_event(struct event *event)
{
    char *line = event_line(event);

    HOLDS(line && is_text(line));
    free(line);
    event_free(event);
}

static void read_bounce(const cJSON *json)
{
    struct trx_bounce bounce;
    struct ending ending = {.outcome = RESULT_FAULT};

    if (!trx_bounce_read(&bounce, json))
        return;
    trx_bounce_words(bounce.details, &ending);
    HOLDS(is_text(bounce.id) && is_text(bounce.type) && is_text(bounce.kind) &&
          is_text(bounce.when) && is_text(bounce.email) &&
          is_text(bounce.from) && is_text(bounce.subject) &&
          is_text(bounce.message_id) && is_text(bounce.details));
    HOLDS(is_text(ending.reply) && is_text(ending.enhanced));
    check_event(trx_bounce_event(&bounce));
}

static void read_message(const cJSON *json)
{
    struct trx_message message;
    struct trx_delivery delivery;

    if (trx_message_find(&message, json, "a@b.example", ""))
        HOLDS(is_text(message.subject));
    trx_message_read(&message, json);
    trx_message_delivery(&delivery, json, "a@b.example");
    HOLDS(delivery.status < TRX_STATUS_COUNT);
    check_event(trx_delivery_event(&delivery));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trx_answer answer = {.phase = PHASE_ANSWER, .sent = size % 2};
    struct ending ending;
    char *body;

    if (size < 1)
        return 0;
    body = string_of(data + 1, size - 1);
    trx_answer_read(&answer, 200 + 2 * data[0], body, size - 1);
    HOLDS(answer.fault < FAULT_COUNT && is_text(answer.words));
    HOLDS(answer.json || answer.fault != FAULT_NONE);
    trx_answer_names_inactive(answer.words, "a@b.example");
    trx_answer_is_receipt(&answer);
    trx_answer_end(&answer, &ending);
    HOLDS((ending.outcome == RESULT_PASS) == (answer.fault == FAULT_NONE));
    check_event(trx_answer_members(&answer));
    read_bounce(answer.json);
    read_message(answer.json);
    trx_answer_release(&answer);
    free(body);
    return 0;
}
