/* SPDX-License-Identifier: MIT */
/* Runs the practice service in this process, for tests that look into it with
 * sanitizers: events on standard output, until nobody reads them.
 *
 *   practice_driver [SCENARIO [QUIRKS]] */
#include <signal.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "net/practice/practice.h"

int main(int argc, char **argv)
{
    struct request request = {.limit = 1};
    struct feed feed;
    int result;

    if (argc > 3)
        return EX_USAGE;
    signal(SIGPIPE, SIG_IGN);
    snprintf(request.scenario, sizeof(request.scenario), "%s",
             argc > 1 ? argv[1] : "");
    snprintf(request.quirks, sizeof(request.quirks), "%s",
             argc > 2 ? argv[2] : "");
    if (feed_init(&feed, STDOUT_FILENO, &request) != 0)
        return EX_SOFTWARE;
    result = practice_probe(&request, &feed);
    feed_release(&feed);
    return result == 0 ? EX_OK : EX_SOFTWARE;
}
