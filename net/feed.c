/* SPDX-License-Identifier: MIT */
/* The mouth of a probe: events to the parent, redacted as they are made. */
#include "net/feed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int feed_init(struct feed *feed, int out, const struct request *request)
{
    *feed = (struct feed){.out = out, .started = now()};
    feed->redact = redact_new();
    if (!feed->redact ||
        redact_add(feed->redact, &request->api_key, NULL) != 0 ||
        redact_add(feed->redact, &request->password, request->user) != 0) {
        feed_release(feed);
        return -1;
    }
    return 0;
}

double feed_seconds(const struct feed *feed)
{
    return now() - feed->started;
}

static char *hide(const char *text, void *arg)
{
    return redact_text(arg, text);
}

/* Where the parent is gone there is nobody to tell it to. */
static void write_all(int out, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t done = write(out, bytes, length);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return;
        bytes += done;
        length -= (size_t)done;
    }
}

/* One write for line and newline: events of threads do not mix. */
static void tell(struct feed *feed, struct event *event)
{
    char *line;

    event_each_text(event, hide, feed->redact);
    line = event_line(event);
    if (line) {
        size_t length = strlen(line);

        line[length] = '\n'; /* over the NUL, which nobody needs any more */
        write_all(feed->out, line, length + 1);
    }
    free(line);
    event_free(event);
}

void feed_event(struct feed *feed, struct event *event)
{
    event_put_seconds(event, feed_seconds(feed));
    tell(feed, event);
}

void feed_phase(struct feed *feed, enum phase phase)
{
    struct event *event;

    if (phase == feed->phase)
        return;
    feed->phase = phase;
    event = event_new("phase");
    event_put_text(event, "phase", phase_name(phase));
    feed_event(feed, event);
}

void feed_line(struct feed *feed, const char *from, const char *bytes,
               size_t length)
{
    struct event *event = event_new("line");

    event_put_text(event, "from", from);
    event_put_bytes(event, "text", bytes, length);
    feed_event(feed, event);
}

void feed_end(struct feed *feed, struct ending *ending, struct event *more)
{
    struct event *event;

    if (ending->phase == PHASE_NONE && ending->outcome != RESULT_PASS)
        ending->phase = feed->phase;
    ending->seconds = feed_seconds(feed);
    event = ending_event(ending);
    event_join(event, more);
    if (feed->ended)
        event_free(event);
    else
        tell(feed, event);
    feed->ended = true;
}

void feed_release(struct feed *feed)
{
    redact_free(feed->redact);
    feed->redact = NULL;
}
