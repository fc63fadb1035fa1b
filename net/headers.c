/* SPDX-License-Identifier: MIT */
/* Reads the header of a received copy that a person or a script has. */
#include "net/headers.h"

#include <string.h>

#include "net/copy_tell.h"

static enum result outcome_of(enum copy_finding finding)
{
    switch (finding) {
    case COPY_FINDING_CLEAN:
    case COPY_FINDING_DMARC_MISSING: /* advice: nothing failed */
        return RESULT_PASS;
    case COPY_FINDING_UNREAD:
    case COPY_FINDING_TEMPORARY:
        return RESULT_UNKNOWN;
    default:
        return RESULT_FAULT;
    }
}

int headers_probe(const struct request *request, struct feed *feed)
{
    enum copy_finding finding =
        copy_tell(feed, request->mail, request->mail_length, request);
    struct ending ending = {.outcome = outcome_of(finding)};
    struct event *members = event_new("end");

    event_put_text(members, "finding", copy_finding_name(finding));
    feed_end(feed, &ending, members);
    return 0;
}
