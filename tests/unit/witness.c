/* SPDX-License-Identifier: MIT */
/* Runs a probe and keeps what it tells. */
#include "tests/unit/witness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static void read_events(struct witness *witness, int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *line, *end;

    witness->text = calloc(1, (size_t)size + 1);
    assert_non_null(witness->text);
    assert_int_equal(pread(fd, witness->text, (size_t)size, 0), size);
    for (line = witness->text; (end = strchr(line, '\n')); line = end + 1) {
        struct event *event = event_parse(line, (size_t)(end - line));

        if (!event)
            fail_msg("no event: %.*s", (int)(end - line), line);
        if (witness->count > 0)
            assert_false(event_is(witness->events[witness->count - 1], "end"));
        assert_true(witness->count < WITNESS_MAX);
        witness->events[witness->count++] = event;
    }
    assert_int_equal(*line, '\0');
    assert_true(event_is(witness_end(witness), "end"));
}

static void check_secret(const struct witness *witness,
                         const struct secret *secret)
{
    if (secret_given(secret) && strstr(witness->text, secret->text))
        fail_msg("a secret was told: %s", witness->text);
}

void witness_run(struct witness *witness,
                 int (*probe)(const struct request *, struct feed *),
                 const struct request *request)
{
    int fd = memfd_create("events", 0);
    struct feed feed;

    memset(witness, 0, sizeof(*witness));
    assert_true(fd >= 0);
    assert_int_equal(feed_init(&feed, fd, request), 0);
    assert_int_equal(probe(request, &feed), 0);
    witness->seconds = feed_seconds(&feed);
    feed_release(&feed);
    read_events(witness, fd);
    close(fd);
    check_secret(witness, &request->api_key);
    check_secret(witness, &request->password);
}

const struct event *witness_end(const struct witness *witness)
{
    return witness->count ? witness->events[witness->count - 1] : NULL;
}

const struct event *witness_find(const struct witness *witness,
                                 const char *kind, size_t n)
{
    for (size_t i = 0; i < witness->count; i++)
        if (event_is(witness->events[i], kind) && n-- == 0)
            return witness->events[i];
    return NULL;
}

size_t witness_count(const struct witness *witness, const char *kind)
{
    size_t count = 0;

    for (size_t i = 0; i < witness->count; i++)
        count += event_is(witness->events[i], kind);
    return count;
}

void witness_text(const struct witness *witness, const struct event *event,
                  const char *key, const char *text)
{
    const char *told = event_text(event, key);

    if (!told != !text || (told && strcmp(told, text) != 0))
        fail_msg("%s is %s, not %s, in %s", key, told ? told : "null",
                 text ? text : "null", witness->text);
}

void witness_release(struct witness *witness)
{
    for (size_t i = 0; i < witness->count; i++)
        event_free(witness->events[i]);
    free(witness->text);
}
