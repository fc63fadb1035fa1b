/* SPDX-License-Identifier: MIT */
/* The private module's only door: runs one probe to its end. */
#include <stddef.h>
#include <sysexits.h>

#include "net/feed.h"
#include "net/imap.h"
#include "net/practice/practice.h"
#include "net/probe.h"
#include "net/smtp.h"
#include "net/trx.h"

typedef int probe_run(const struct request *request, struct feed *feed);

/* A probe tells its own "end" and returns 0, or -1 where we are at fault. */
static probe_run *const runs[PROBE_COUNT] = {
    [PROBE_SMTP] = smtp_probe,
    [PROBE_API_SEND] = api_send_probe,
    [PROBE_API_WATCH] = api_watch_probe,
    [PROBE_API_HISTORY] = api_history_probe,
    [PROBE_API_ACTIVATE] = api_activate_probe,
    [PROBE_IMAP] = imap_probe,
    [PROBE_PRACTICE] = practice_probe,
};

/* The module is built with everything hidden but this. */
__attribute__((visibility("default"))) probe_entry nollego_probe;

int nollego_probe(enum probe probe, const struct request *request, int out)
{
    struct feed feed;
    int result;

    if (probe >= PROBE_COUNT || !runs[probe] ||
        feed_init(&feed, out, request) != 0)
        return EX_SOFTWARE;
    result = runs[probe](request, &feed);
    if (!feed.ended && probe != PROBE_PRACTICE) {
        bool open = probe_sends(probe) && phase_is_final(feed.phase);
        struct ending ending = {
            .outcome = open ? RESULT_UNKNOWN : RESULT_FAULT,
            .fault = FAULT_CRASHED,
        };

        feed_end(&feed, &ending, NULL);
    }
    feed_release(&feed);
    return result == 0 ? EX_OK : EX_SOFTWARE;
}
