/* SPDX-License-Identifier: MIT */
/* Looks for the test mail in a mailbox until it is there or time is over. */
#include "net/imap.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "net/copy_tell.h"
#include "net/imap_look.h"
#include "net/pace.h"

/* Never more than two seconds apart in the first half minute. */
static const struct pace_step schedule[] = {
    {3, 0.3},
    {10, 1},
    {30, 1.5},
    {0, 10},
};

#define SIMILAR_WAIT 10 /* seconds, see below */

/* Calls that may fail before any look went through. */
#define CALLS_IN_VAIN 2

/* Why the connection was lost, as it was told then. */
struct loss {
    enum fault fault; /* NONE: it stands, or a look went through since */
    enum phase phase;
    char words[IMAP_WORDS_MAX];
    char detail[256];
};

/* What a probe comes to. */
struct visit {
    const struct request *request;
    struct feed *feed;
    struct imap_session session;
    struct imap_look look;
    struct loss loss;
    time_t started;      /* the wall clock's, as the mailbox's dates are */
    double until;        /* on the feed's clock: when all must be over */
    int calls;           /* since a look went through */
    bool open;           /* there is a session */
    bool hurried;        /* the time to wait was cut down */
    bool looked;         /* some look went through */
    bool cut;            /* our own end cut the last one short */
    const char *finding; /* of the copy, or NULL */
};

/* Seconds from our start to the mail's arrival. The mailbox's clock is another
 * one: a date after now says nothing. */
static double arrived_after(const struct visit *visit)
{
    double date = imap_read_date(visit->look.when);
    double after = date - (double)visit->started;
    double now = feed_seconds(visit->feed);

    if (date < 0 || after > now)
        return now;
    return after > 0 ? after : 0;
}

static struct event *members_of(const struct visit *visit)
{
    static const char *const places[] = {"inbox", "spam", "other"};
    const struct imap_look *look = &visit->look;
    bool any = look->found || look->similar;
    struct event *members = event_new("end");

    event_put_text(members, "where", look->found ? places[look->place] : NULL);
    event_put_text(members, "folder", any ? look->folder : NULL);
    event_put_text(members, "when", any ? look->when : NULL);
    if (look->found)
        event_put_number(members, "arrived_after", arrived_after(visit));
    else
        event_put_text(members, "arrived_after", NULL);
    if (look->found)
        event_put_number(members, "copies", look->copies);
    if (visit->finding)
        event_put_text(members, "finding", visit->finding);
    if (look->category[0])
        event_put_text(members, "category", look->category);
    event_put_flag(members, "similar", look->similar && !look->found);
    if (visit->loss.detail[0])
        event_put_text(members, "detail", visit->loss.detail);
    return members;
}

static void judge(const struct visit *visit, enum imap_result result,
                  struct ending *ending)
{
    const struct loss *loss = &visit->loss;

    memset(ending, 0, sizeof(*ending));
    ending->outcome = RESULT_UNKNOWN;
    if (visit->look.found) {
        ending->outcome = RESULT_PASS;
    } else if (result == IMAP_DECLINED) {
        ending->outcome = RESULT_FAULT;
        ending->fault = FAULT_REFUSED;
        snprintf(ending->reply, sizeof(ending->reply), "%s",
                 visit->session.words);
    } else if (result == IMAP_LOST && !visit->cut) {
        ending->outcome = RESULT_FAULT;
        ending->fault = loss->fault;
        ending->phase = loss->phase;
        snprintf(ending->reply, sizeof(ending->reply), "%s", loss->words);
    }
}

/* Whatever the receiver thought of it stands in its header. */
static void tell_copy(struct visit *visit)
{
    const struct imap_look *look = &visit->look;

    if (look->found && look->header)
        visit->finding = copy_finding_name(copy_tell(
            visit->feed, look->header, look->header_length, visit->request));
}

/* What broke off may have been meant for that session alone. */
static bool may_pass(enum fault fault)
{
    return fault == FAULT_NAME || fault == FAULT_CONNECT ||
           fault == FAULT_TIMEOUT || fault == FAULT_DROPPED ||
           fault == FAULT_REFUSED;
}

/* The first loss says what happened: that nobody answers a later call is what
 * comes of it. */
static void note_loss(struct visit *visit)
{
    const struct imap_session *session = &visit->session;
    struct loss *loss = &visit->loss;

    if (loss->fault != FAULT_NONE && may_pass(session->fault))
        return;
    loss->fault = session->fault;
    loss->phase = visit->feed->phase;
    snprintf(loss->words, sizeof(loss->words), "%s", session->words);
    snprintf(loss->detail, sizeof(loss->detail), "%s", session->detail);
}

static void leave(struct visit *visit)
{
    if (visit->open)
        imap_session_close(&visit->session);
    visit->open = false;
}

/* 0, or as imap_session_open. */
static int enter(struct visit *visit)
{
    bool quiet = visit->looked;
    int opened;

    visit->open = true;
    visit->calls++;
    opened = imap_session_open(&visit->session, visit->request, visit->feed,
                               visit->until);
    visit->session.quiet = quiet;
    if (opened == 0)
        feed_phase(visit->feed, PHASE_SEARCH);
    if (opened > 0)
        note_loss(visit);
    return opened;
}

/* Whether another call may help. A server that never let us look will hardly
 * do so. */
static bool may_return(const struct visit *visit)
{
    return may_pass(visit->session.fault) &&
           (visit->looked || visit->calls < CALLS_IN_VAIN);
}

/* One look, over a new connection where there is none. -1: our own fault. */
static int look(struct visit *visit, bool last, enum imap_result *result)
{
    int opened = visit->open ? 0 : enter(visit);

    *result = IMAP_LOST;
    if (opened < 0)
        return -1;
    if (opened == 0)
        *result = imap_look_once(&visit->look, last);
    /* What a look that was cut short leaves is what the others have seen. */
    visit->cut = *result == IMAP_LOST && opened == 0 && visit->looked &&
                 visit->loss.fault == FAULT_NONE && visit->session.cut &&
                 visit->session.fault == FAULT_TIMEOUT;
    if (*result == IMAP_LOST && opened == 0)
        note_loss(visit);
    if (*result == IMAP_DONE) {
        visit->looked = visit->session.quiet = true;
        visit->calls = 0;
        visit->loss = (struct loss){.fault = FAULT_NONE};
    }
    return 0;
}

/* Where a mail has come that is ours but for the header, no other will: the
 * service has dropped it, and the person can be asked soon. */
static void hurry(struct visit *visit, struct pace *pace, double elapsed)
{
    if (!visit->hurried && elapsed + SIMILAR_WAIT < pace->wait)
        pace->wait = elapsed + SIMILAR_WAIT;
    visit->hurried = true;
}

/* The time to wait begins with the first look. */
static int follow(struct visit *visit, enum imap_result *result)
{
    int opened = enter(visit);
    double began = feed_seconds(visit->feed), pause = 0;
    struct pace pace;

    *result = IMAP_LOST;
    if (opened != 0)
        return opened < 0 ? -1 : 0;
    pace_init(&pace, schedule, visit->request->wait);
    do {
        pace_sleep(pause);
        if (look(visit, pace.last, result) != 0)
            return -1;
        if (visit->look.found || *result == IMAP_DECLINED ||
            (*result == IMAP_LOST && !may_return(visit)))
            return 0;
        if (*result == IMAP_LOST)
            leave(visit);
        if (visit->look.similar)
            hurry(visit, &pace, feed_seconds(visit->feed) - began);
        pause = pace_next(&pace, feed_seconds(visit->feed) - began);
    } while (pause >= 0);
    return 0;
}

int imap_probe(const struct request *request, struct feed *feed)
{
    struct visit visit = {
        .request = request, .feed = feed, .started = time(NULL)};
    enum imap_result result;
    struct ending ending;
    int followed;

    visit.until = feed_seconds(feed) + request->limit + request->wait;
    imap_look_init(&visit.look, request, &visit.session);
    followed = follow(&visit, &result);
    if (followed == 0) {
        tell_copy(&visit);
        judge(&visit, result, &ending);
        feed_end(feed, &ending, members_of(&visit));
    }
    leave(&visit);
    imap_look_release(&visit.look);
    return followed;
}
