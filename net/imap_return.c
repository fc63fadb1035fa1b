/* SPDX-License-Identifier: MIT */
/* Looks for a return notice in the sender's own mailbox. */
#include "net/imap_return.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "net/imap_name.h"
#include "net/imap_session.h"
#include "net/notice.h"
#include "net/pace.h"

#define HITS_MAX 8 /* mails of one search that are read */
#define DAY 86400
#define BYTES_MAX 60000 /* of one mail; below what the reader keeps */

static const struct pace_step schedule[] = {
    {10, 1},
    {30, 2},
    {0, 10},
};

/* What a probe comes to. */
struct watch {
    const struct request *request;
    struct imap_session session;
    uint32_t uids[HITS_MAX], uid;
    size_t count;
    struct dsn dsn; /* of the mail read last */
    bool ours;
};

static void take_hits(const struct imap_response *response, void *arg)
{
    struct watch *watch = arg;

    if (imap_is(response, "SEARCH"))
        watch->count = imap_read_search(watch->uids, HITS_MAX, response);
}

static void take_mail(const struct imap_response *response, void *arg)
{
    struct watch *watch = arg;
    struct imap_mail mail;

    if (!imap_read_mail(&mail, response) || mail.uid != watch->uid ||
        !mail.header)
        return;
    dsn_read(&watch->dsn, mail.header, mail.header_length);
    watch->ours =
        watch->dsn.count > 0 && dsn_quotes(&watch->dsn, watch->request);
}

/* Day and month in the words of RFC 9051, one day early: the server's days
 * begin when they like. */
static void write_since(char out[32])
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t then = time(NULL) - DAY;
    struct tm tm;

    out[0] = '\0';
    if (gmtime_r(&then, &tm))
        snprintf(out, 32, "%d-%.3s-%d", tm.tm_mday, months + 3 * tm.tm_mon,
                 tm.tm_year + 1900);
}

/* A notice quotes the whole header, or the subject alone. */
static enum imap_result search(struct watch *watch)
{
    char token[TOKEN_MAX + 8], code[CODE_MAX + 8], since[32], command[256];

    watch->count = 0;
    if (!imap_name_quote(token, sizeof(token), watch->request->token) ||
        !imap_name_quote(code, sizeof(code), watch->request->subject_code))
        return IMAP_DONE;
    write_since(since);
    if (watch->request->token[0] && watch->request->subject_code[0])
        snprintf(command, sizeof(command),
                 "UID SEARCH SINCE %s OR TEXT %s TEXT %s", since, token, code);
    else
        snprintf(command, sizeof(command), "UID SEARCH SINCE %s TEXT %s", since,
                 watch->request->token[0] ? token : code);
    return imap_session_ask(&watch->session, command, take_hits, watch);
}

static enum imap_result look(struct watch *watch)
{
    enum imap_result result =
        imap_session_ask(&watch->session, "EXAMINE INBOX", NULL, NULL);

    if (result == IMAP_DONE)
        result = search(watch);
    while (result == IMAP_DONE && watch->count > 0 && !watch->ours) {
        char command[96];

        watch->uid = watch->uids[--watch->count];
        snprintf(command, sizeof(command),
                 "UID FETCH %u (UID BODY.PEEK[]<0.%d>)", (unsigned)watch->uid,
                 BYTES_MAX);
        result = imap_session_ask(&watch->session, command, take_mail, watch);
    }
    return result;
}

static enum imap_result follow(struct watch *watch, struct feed *feed)
{
    double began = feed_seconds(feed), pause = 0;
    enum imap_result result;
    struct pace pace;

    pace_init(&pace, schedule, watch->request->wait);
    do {
        pace_sleep(pause);
        result = look(watch);
        watch->session.quiet = true;
        if (result != IMAP_DONE || watch->ours)
            return result;
        pause = pace_next(&pace, feed_seconds(feed) - began);
    } while (pause >= 0);
    return result;
}

/* What kept us from looking is no word on the mail. */
static void end_fault(struct watch *watch, enum imap_result result,
                      struct feed *feed)
{
    struct imap_session *session = &watch->session;
    struct ending ending = {.outcome = RESULT_FAULT};

    ending.fault = result == IMAP_LOST ? session->fault : FAULT_REFUSED;
    snprintf(ending.reply, sizeof(ending.reply), "%s", session->words);
    feed_end(feed, &ending, NULL);
}

static void end_watch(struct watch *watch, struct feed *feed)
{
    struct ending ending;
    struct event *members;

    if (!watch->ours)
        memset(&watch->dsn, 0, sizeof(watch->dsn));
    members = notice_tell(feed, &watch->dsn, watch->request, &ending);
    feed_end(feed, &ending, members);
}

int imap_return_probe(const struct request *request, struct feed *feed)
{
    struct watch *watch = calloc(1, sizeof(*watch));
    enum imap_result result = IMAP_LOST;
    int opened;

    if (!watch)
        return -1;
    watch->request = request;
    opened =
        imap_session_open(&watch->session, request, feed,
                          feed_seconds(feed) + request->limit + request->wait);
    if (opened == 0) {
        feed_phase(feed, PHASE_SEARCH);
        result = follow(watch, feed);
    }
    if (opened >= 0 && result == IMAP_DONE)
        end_watch(watch, feed);
    else if (opened >= 0)
        end_fault(watch, result, feed);
    imap_session_close(&watch->session);
    free(watch);
    return opened < 0 ? -1 : 0;
}
