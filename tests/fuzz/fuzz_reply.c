/* SPDX-License-Identifier: MIT */
/* Refusals: any bytes have a cause of the list, and a trailing line end is no
 * word. */
#include "net/probe.h"
#include "steps/reply.h"
#include "tests/fuzz/fuzz.h"

static void check_reading(const struct reading *reading)
{
    HOLDS(reading->cause < CAUSE_ARRIVED && reading->side < SIDE_COUNT);
    HOLDS(reading->confidence <= CONFIDENCE_HIGH);
    HOLDS(!reading->vendor || is_text(reading->vendor));
}

static void read_twice(const char *text, size_t length)
{
    struct reading once, twice;
    char *longer = malloc(length + 2);

    if (!longer)
        abort();
    if (length > 0)
        memcpy(longer, text, length);
    memcpy(longer + length, "\r\n", 2);
    reply_read(&once, text, length);
    reply_read(&twice, longer, length + 2);
    check_reading(&once);
    HOLDS(once.cause == twice.cause && once.side == twice.side &&
          once.hard == twice.hard && once.confidence == twice.confidence);
    free(longer);
}

/* The same words as the ending of a probe: outcome, fault, phase, code and
 * probe from the first bytes. */
static void read_ending(const uint8_t *head, const char *text, size_t length)
{
    struct ending ending = {
        .outcome = head[0] % RESULT_COUNT,
        .fault = head[1] % FAULT_COUNT,
        .phase = head[2] % PHASE_COUNT,
        .code = head[3] % 2 == 0 ? 0 : 200 + 2 * head[3],
    };
    struct reading reading;
    struct event *event;

    utf8_mend(ending.reply, sizeof(ending.reply), text, length);
    if (reply_read_ending(&reading, &ending,
                          probe_name(head[0] / 4 % PROBE_COUNT), 0)) {
        check_reading(&reading);
        HOLDS(ending.outcome != RESULT_PASS);
    }
    event = ending_event(&ending);
    reply_mark(event, "smtp");
    HOLDS(event_has(event, "cause"));
    event_free(event);
    reply_read_api(&reading, ending.code, 0, ending.reply);
    check_reading(&reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4)
        return 0;
    read_twice((const char *)data + 4, size - 4);
    read_ending(data, (const char *)data + 4, size - 4);
    return 0;
}
