/* SPDX-License-Identifier: MIT */
/* Looks for the test mail in a mailbox until it is there or time is over. */
#include "net/imap.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "net/imap_look.h"
#include "net/pace.h"

/* Never more than two seconds apart in the first half minute. */
static const struct pace_step schedule[] = {
    {3, 0.3},
    {10, 1},
    {30, 1.5},
    {0, 10},
};

/* What a probe comes to. */
struct visit {
    struct imap_session session;
    struct imap_look look;
    time_t started; /* the wall clock's, as the mailbox's dates are */
    bool looked;    /* some look went through */
};

/* Seconds from our start to the mail's arrival. The mailbox's clock is another
 * one: a date after now says nothing. */
static double arrived_after(const struct visit *visit, const struct feed *feed)
{
    double date = imap_read_date(visit->look.when);
    double after = date - (double)visit->started;
    double now = feed_seconds(feed);

    if (date < 0 || after > now)
        return now;
    return after > 0 ? after : 0;
}

static struct event *members_of(const struct visit *visit,
                                const struct feed *feed)
{
    static const char *const places[] = {"inbox", "spam", "other"};
    const struct imap_look *look = &visit->look;
    bool any = look->found || look->similar;
    struct event *members = event_new("end");

    event_put_text(members, "where", look->found ? places[look->place] : NULL);
    event_put_text(members, "folder", any ? look->folder : NULL);
    event_put_text(members, "when", any ? look->when : NULL);
    if (look->found)
        event_put_number(members, "arrived_after", arrived_after(visit, feed));
    else
        event_put_text(members, "arrived_after", NULL);
    event_put_flag(members, "similar", look->similar && !look->found);
    if (visit->session.detail[0])
        event_put_text(members, "detail", visit->session.detail);
    return members;
}

/* A look that our own end cut short leaves what the others have seen. */
static void judge(const struct visit *visit, enum imap_result result,
                  struct ending *ending)
{
    const struct imap_session *session = &visit->session;
    bool cut = visit->looked && session->fault == FAULT_TIMEOUT &&
               feed_seconds(session->feed) >= session->until;

    memset(ending, 0, sizeof(*ending));
    ending->outcome = RESULT_UNKNOWN;
    if (visit->look.found) {
        ending->outcome = RESULT_PASS;
    } else if (result != IMAP_DONE && !cut) {
        ending->outcome = RESULT_FAULT;
        ending->fault = result == IMAP_LOST ? session->fault : FAULT_REFUSED;
        snprintf(ending->reply, sizeof(ending->reply), "%s", session->words);
    }
}

static enum imap_result follow(struct visit *visit, struct feed *feed,
                               double wait)
{
    double began = feed_seconds(feed), pause = 0;
    enum imap_result result;
    struct pace pace;

    pace_init(&pace, schedule, wait);
    do {
        pace_sleep(pause);
        result = imap_look_once(&visit->look, pace.last);
        if (result != IMAP_DONE || visit->look.found)
            return result;
        visit->looked = visit->session.quiet = true;
        pause = pace_next(&pace, feed_seconds(feed) - began);
    } while (pause >= 0);
    return result;
}

int imap_probe(const struct request *request, struct feed *feed)
{
    struct visit visit = {.started = time(NULL)};
    enum imap_result result = IMAP_LOST;
    struct ending ending;
    int opened = imap_session_open(&visit.session, request, feed);

    imap_look_init(&visit.look, request, &visit.session);
    if (opened == 0) {
        feed_phase(feed, PHASE_SEARCH);
        result = follow(&visit, feed, request->wait);
    }
    if (opened >= 0) {
        judge(&visit, result, &ending);
        feed_end(feed, &ending, members_of(&visit, feed));
    }
    imap_session_close(&visit.session);
    return opened < 0 ? -1 : 0;
}
