/* SPDX-License-Identifier: MIT */
/* Lines of events: what is read comes out as one clean line, and that line
 * reads the same. */
#include "net/event.h"
#include "tests/fuzz/fuzz.h"

static void check_line(const char *line)
{
    size_t length = strlen(line);

    HOLDS(length < EVENT_LINE_MAX && is_utf8(line, length));
    for (size_t i = 0; i < length; i++)
        HOLDS((unsigned char)line[i] >= 0x20 && line[i] != 0x7f);
}

static void check_ending(const struct event *event)
{
    struct ending ending;

    if (!ending_read(&ending, event)) {
        HOLDS(!event_is(event, "end"));
        return;
    }
    HOLDS(ending.outcome < RESULT_COUNT && ending.fault < FAULT_COUNT &&
          ending.phase < PHASE_COUNT);
    HOLDS(is_text(ending.reply) && is_text(ending.enhanced));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct event *event = event_parse((const char *)data, size), *again;
    char *line, *second;

    if (!event)
        return 0;
    check_ending(event);
    line = event_line(event);
    if (line) {
        check_line(line);
        again = event_parse(line, strlen(line));
        HOLDS(again != NULL);
        HOLDS(strcmp(event_kind(again), event_kind(event)) == 0 ||
              strlen(event_kind(event)) > EVENT_TEXT_KEPT);
        second = event_line(again);
        HOLDS(second && strcmp(line, second) == 0);
        free(second);
        event_free(again);
    }
    free(line);
    event_free(event);
    return 0;
}
