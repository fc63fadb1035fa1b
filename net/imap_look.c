/* SPDX-License-Identifier: MIT */
/* One look through the folders of a mailbox. */
#include "net/imap_look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "net/imap_name.h"

#define HITS_MAX 16 /* mails of one search that are verified */
#define DAY 86400
#define TURNS 2 /* folders of no special use that one look goes into */

/* Day and month in the words of RFC 9051, whatever the locale. The servers'
 * days begin when they like: hence one day more. */
static void set_since(struct imap_look *look)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t now = time(NULL), sent = (time_t)look->request->sent;
    time_t then = (sent > 0 && sent < now ? sent : now) - DAY;
    struct tm tm;

    if (gmtime_r(&then, &tm))
        snprintf(look->since, sizeof(look->since), "%d-%.3s-%d", tm.tm_mday,
                 months + 3 * tm.tm_mon, tm.tm_year + 1900);
}

void imap_look_init(struct imap_look *look, const struct request *request,
                    struct imap_session *session)
{
    memset(look, 0, sizeof(*look));
    look->request = request;
    look->session = session;
    set_since(look);
    imap_boxes_init(&look->boxes);
}

void imap_look_release(struct imap_look *look)
{
    free(look->header);
    look->header = NULL;
}

static void take_capability(const struct imap_response *response, void *arg)
{
    struct imap_look *look = arg;

    if (!imap_is(response, "CAPABILITY"))
        return;
    look->special = imap_has_capability(response, "SPECIAL-USE") &&
                    imap_has_capability(response, "LIST-EXTENDED");
    look->gmail = imap_has_capability(response, "X-GM-EXT-1");
}

static void take_folder(const struct imap_response *response, void *arg)
{
    imap_boxes_take(arg, response);
}

static enum imap_result list_folders(struct imap_look *look)
{
    struct imap_boxes boxes;
    enum imap_result result;

    imap_boxes_init(&boxes);
    result =
        imap_session_ask(look->session,
                         look->special ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)"
                                       : "LIST \"\" \"*\"",
                         take_folder, &boxes);
    imap_boxes_settle(&boxes);
    if (result == IMAP_DONE)
        look->boxes = boxes;
    return result;
}

struct hits {
    uint32_t uids[HITS_MAX];
    size_t count;
};

static void take_hits(const struct imap_response *response, void *arg)
{
    struct hits *hits = arg;

    if (imap_is(response, "SEARCH"))
        hits->count = imap_read_search(hits->uids, HITS_MAX, response);
}

/* The newest of ours counts; one that is similar only until then. */
static void keep(struct imap_look *look, const struct imap_box *box,
                 struct imap_check *check)
{
    look->copies += check->ours;
    if (look->found || (!check->ours && look->similar))
        return;
    look->found = check->ours;
    look->similar = check->similar;
    look->place = imap_role_place(box->role);
    look->uid = check->uid;
    snprintf(look->folder, sizeof(look->folder), "%s", box->shown);
    snprintf(look->when, sizeof(look->when), "%s", check->date);
    free(look->header);
    look->header = check->header;
    look->header_length = check->header_length;
    check->header = NULL;
}

/* A search finds parts of words and, with some servers, more than that. Newest
 * first. `similar`: a mail without our header is worth telling. */
static enum imap_result search(struct imap_look *look,
                               const struct imap_box *box, const char *command,
                               bool similar)
{
    struct hits hits = {.count = 0};
    enum imap_result result =
        imap_session_ask(look->session, command, take_hits, &hits);

    while (result == IMAP_DONE && hits.count > 0) {
        struct imap_check check = {.request = look->request,
                                   .uid = hits.uids[--hits.count]};
        char fetch[64];

        imap_check_command(fetch, sizeof(fetch), check.uid);
        result =
            imap_session_ask(look->session, fetch, imap_check_take, &check);
        if (check.ours || (similar && check.similar))
            keep(look, box, &check);
        free(check.header);
    }
    return look->found && result == IMAP_DECLINED ? IMAP_DONE : result;
}

/* The service may drop our header, the server may not search in it. */
static enum imap_result look_into(struct imap_look *look,
                                  const struct imap_box *box)
{
    char command[IMAP_NAME_MAX + 128], word[IMAP_NAME_MAX + 16];
    enum imap_result result;

    if (!imap_name_quote(word, sizeof(word), box->name))
        return IMAP_DECLINED;
    snprintf(command, sizeof(command), "EXAMINE %s", word);
    result = imap_session_ask(look->session, command, NULL, NULL);
    if (result == IMAP_DONE &&
        imap_name_quote(word, sizeof(word), look->request->token)) {
        snprintf(command, sizeof(command),
                 "UID SEARCH HEADER X-Nollego-Token %s", word);
        result = search(look, box, command, false);
    }
    if (result != IMAP_LOST && !look->found && look->request->subject_code[0] &&
        imap_name_quote(word, sizeof(word), look->request->subject_code)) {
        snprintf(command, sizeof(command), "UID SEARCH SINCE %s SUBJECT %s",
                 look->since, word);
        result = search(look, box, command, true);
    }
    return result;
}

/* Only the inbox must let us in. */
static enum imap_result look_through(struct imap_look *look,
                                     enum imap_role from, enum imap_role to)
{
    for (int i = 0; i < look->boxes.count && !look->found; i++) {
        const struct imap_box *box = &look->boxes.all[i];
        enum imap_result result;

        if (box->role < from || box->role > to)
            continue;
        result = look_into(look, box);
        if (result == IMAP_LOST ||
            (result == IMAP_DECLINED && box->role == ROLE_INBOX))
            return result;
    }
    return IMAP_DONE;
}

/* The person's own folders, where a rule may have put it: some a look. */
static enum imap_result take_turns(struct imap_look *look)
{
    int first = look->boxes.count - look->boxes.rest;
    enum imap_result result = IMAP_DONE;

    for (int i = 0; i < TURNS && i < look->boxes.rest && !look->found &&
                    result != IMAP_LOST;
         i++)
        result = look_into(
            look, &look->boxes.all[first + look->turn++ % look->boxes.rest]);
    return result == IMAP_LOST ? IMAP_LOST : IMAP_DONE;
}

/* Among all mail there is also what came into the inbox meanwhile. */
static enum imap_result look_again(struct imap_look *look)
{
    struct imap_look *all = malloc(sizeof(*all));
    enum imap_result result;

    if (!all)
        return IMAP_DONE;
    *all = *look;
    look->found = false;
    look->header = NULL;
    look->copies = 0;
    result = look_through(look, ROLE_INBOX, ROLE_SPAM);
    if (look->found) {
        free(all->header);
    } else {
        free(look->header);
        *look = *all;
    }
    free(all);
    return result == IMAP_LOST && look->found ? IMAP_DONE : result;
}

static void take_any(const struct imap_response *response, void *arg)
{
    uint32_t number;
    bool *any = arg;

    if (imap_read_search(&number, 1, response) > 0)
        *any = true;
}

/* The tabs of Gmail are all the inbox; in which one it stands helps to find
 * it. Nothing of this can change what was found. */
static void find_category(struct imap_look *look)
{
    static const char *const categories[] = {"promotions", "social", "updates",
                                             "forums"};
    char command[96];
    bool any = false;

    for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++) {
        snprintf(command, sizeof(command),
                 "UID SEARCH UID %u X-GM-RAW \"category:%s\"",
                 (unsigned)look->uid, categories[i]);
        if (imap_session_ask(look->session, command, take_any, &any) !=
            IMAP_DONE)
            return;
        if (!any)
            continue;
        snprintf(look->category, sizeof(look->category), "%s", categories[i]);
        return;
    }
    snprintf(look->category, sizeof(look->category), "primary");
}

static enum imap_result look_everywhere(struct imap_look *look, bool last)
{
    enum imap_result result = look_through(look, ROLE_INBOX, ROLE_ALL);

    if (result != IMAP_DONE)
        return result;
    if (look->found && look->place == PLACE_OTHER)
        return look_again(look);
    if (look->found || imap_boxes_have(&look->boxes, ROLE_ALL))
        return result;
    return last ? look_through(look, ROLE_REST, ROLE_REST) : take_turns(look);
}

enum imap_result imap_look_once(struct imap_look *look, bool last)
{
    bool similar = look->similar;
    enum imap_result result = IMAP_DONE;

    if (look->session->tag == 0)
        result = imap_session_ask(look->session, "CAPABILITY", take_capability,
                                  look);
    /* The folder for spam may only come into being with the first mail. */
    if (result != IMAP_LOST &&
        (last || !imap_boxes_have(&look->boxes, ROLE_SPAM)))
        result = list_folders(look);
    if (result == IMAP_LOST)
        return result;
    look->similar = false;
    result = look_everywhere(look, last);
    if (result == IMAP_LOST && !look->found)
        look->similar |= similar;
    if (look->found && look->place == PLACE_INBOX && look->gmail)
        find_category(look);
    return look->found ? IMAP_DONE : result;
}
