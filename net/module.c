/* SPDX-License-Identifier: MIT */
/* A private module's only door: runs one probe to its end. */
#include <sysexits.h>

#include "net/module.h"

/* The module is built with everything hidden but this. */
__attribute__((visibility("default"))) probe_entry nollego_probe;

int nollego_probe(enum probe probe, const struct request *request, int out)
{
    struct feed feed;
    int result;

    if (probe >= PROBE_COUNT || !module_runs[probe] ||
        feed_init(&feed, out, request) != 0)
        return EX_SOFTWARE;
    result = module_runs[probe](request, &feed);
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
