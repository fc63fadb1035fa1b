/* SPDX-License-Identifier: MIT */
/* One look through the folders of a mailbox. */
#include "net/imap_look.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "net/header.h"
#include "net/imap_name.h"

#define HITS_MAX 16 /* mails of one search that are verified */
#define DAY 86400
#define DAYS_BACK 7

/* Day and month in the words of RFC 9051, whatever the locale. */
static void set_since(struct imap_look *look)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t then = time(NULL) - (time_t)DAYS_BACK * DAY;
    struct tm tm;

    if (gmtime_r(&then, &tm))
        snprintf(look->since, sizeof(look->since), "%d-%.3s-%d", tm.tm_mday,
                 months + 3 * tm.tm_mon, tm.tm_year + 1900);
}

static void add_folder(struct imap_look *look, enum imap_place place,
                       const char *name, const char *shown)
{
    struct imap_place_entry *entry = &look->folders[look->count];

    for (int i = 0; i < look->count; i++)
        if (strcmp(look->folders[i].name, name) == 0)
            return;
    if (look->count == IMAP_FOLDERS_MAX)
        return;
    entry->place = place;
    snprintf(entry->name, sizeof(entry->name), "%s", name);
    snprintf(entry->shown, sizeof(entry->shown), "%s", shown);
    look->count++;
    look->spam |= place == PLACE_SPAM;
}

void imap_look_init(struct imap_look *look, const struct request *request,
                    struct imap_session *session)
{
    memset(look, 0, sizeof(*look));
    look->request = request;
    look->session = session;
    set_since(look);
    add_folder(look, PLACE_INBOX, "INBOX", "INBOX");
}

static void take_capability(const struct imap_response *response, void *arg)
{
    struct imap_look *look = arg;

    if (imap_is(response, "CAPABILITY"))
        look->special = imap_has_capability(response, "SPECIAL-USE") &&
                        imap_has_capability(response, "LIST-EXTENDED");
}

static void take_folder(const struct imap_response *response, void *arg)
{
    struct imap_look *look = arg;
    struct imap_folder folder;
    char shown[IMAP_SHOWN_MAX];

    if (!imap_read_folder(&folder, response) || folder.hollow ||
        strcasecmp(folder.name, "INBOX") == 0)
        return;
    imap_name_decode(shown, sizeof(shown), folder.name);
    if (folder.junk || imap_name_is_spam(shown, folder.delimiter))
        add_folder(look, PLACE_SPAM, folder.name, shown);
    else if (folder.all)
        add_folder(look, PLACE_OTHER, folder.name, shown);
}

/* The folder for spam may only come into being with the first mail in it. */
static enum imap_result list_folders(struct imap_look *look)
{
    return imap_session_ask(look->session,
                            look->special
                                ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)"
                                : "LIST \"\" \"*\"",
                            take_folder, look);
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

/* What is known of the mail that a FETCH is about. */
struct check {
    const struct request *request;
    uint32_t uid;
    bool ours, similar;
    char date[40];
};

static bool is_from(const char *field, const char *address)
{
    const char *found = field;
    size_t length = strlen(address);

    for (; *found; found++)
        if (strncasecmp(found, address, length) == 0 &&
            (found == field || strchr(" <,", found[-1])) &&
            strchr(" >,", found[length]))
            return true;
    return length == 0;
}

static void take_mail(const struct imap_response *response, void *arg)
{
    struct check *check = arg;
    struct imap_mail mail;
    char token[TOKEN_MAX], from[1024];
    bool marked;

    if (!imap_read_mail(&mail, response) || mail.uid != check->uid ||
        !mail.header)
        return;
    marked = header_field(token, sizeof(token), mail.header, mail.header_length,
                          "X-Nollego-Token");
    header_field(from, sizeof(from), mail.header, mail.header_length, "From");
    check->ours = marked && strcmp(token, check->request->token) == 0;
    check->similar = !marked && is_from(from, check->request->from);
    snprintf(check->date, sizeof(check->date), "%s", mail.date);
}

/* A search finds parts of words and, with some servers, more than that: what
 * counts is the header itself. */
static enum imap_result verify(struct imap_look *look, uint32_t uid,
                               struct check *check)
{
    char command[160];

    *check = (struct check){.request = look->request, .uid = uid};
    snprintf(command, sizeof(command),
             "UID FETCH %u (UID INTERNALDATE BODY.PEEK[HEADER.FIELDS "
             "(X-NOLLEGO-TOKEN SUBJECT FROM DATE)])",
             (unsigned)uid);
    return imap_session_ask(look->session, command, take_mail, check);
}

static void keep(struct imap_look *look, const struct imap_place_entry *folder,
                 const struct check *check)
{
    look->found |= check->ours;
    look->similar |= check->similar;
    look->place = folder->place;
    snprintf(look->folder, sizeof(look->folder), "%s", folder->shown);
    snprintf(look->when, sizeof(look->when), "%s", check->date);
}

/* Newest first. `similar`: a mail without our header is worth telling. */
static enum imap_result search(struct imap_look *look,
                               const struct imap_place_entry *folder,
                               const char *command, bool similar)
{
    struct hits hits = {.count = 0};
    enum imap_result result =
        imap_session_ask(look->session, command, take_hits, &hits);

    while (result == IMAP_DONE && hits.count > 0 && !look->found) {
        struct check check;

        result = verify(look, hits.uids[--hits.count], &check);
        if (check.ours || (similar && check.similar && !look->similar))
            keep(look, folder, &check);
    }
    return result;
}

/* The service may drop our header, the server may not search in it. */
static enum imap_result look_into(struct imap_look *look,
                                  const struct imap_place_entry *folder)
{
    char command[IMAP_NAME_MAX + 128], word[IMAP_NAME_MAX + 16];
    enum imap_result result;

    if (!imap_name_quote(word, sizeof(word), folder->name))
        return IMAP_DECLINED;
    snprintf(command, sizeof(command), "EXAMINE %s", word);
    result = imap_session_ask(look->session, command, NULL, NULL);
    if (result == IMAP_DONE &&
        imap_name_quote(word, sizeof(word), look->request->token)) {
        snprintf(command, sizeof(command),
                 "UID SEARCH HEADER X-Nollego-Token %s", word);
        result = search(look, folder, command, false);
    }
    if (result == IMAP_DONE && !look->found && look->request->subject_code[0] &&
        imap_name_quote(word, sizeof(word), look->request->subject_code)) {
        snprintf(command, sizeof(command), "UID SEARCH SINCE %s SUBJECT %s",
                 look->since, word);
        result = search(look, folder, command, true);
    }
    return result;
}

/* Only the inbox must let us in. */
static enum imap_result look_through(struct imap_look *look, int count)
{
    for (int i = 0; i < count && !look->found; i++) {
        enum imap_result result = look_into(look, &look->folders[i]);

        if (result == IMAP_LOST || (result == IMAP_DECLINED && i == 0))
            return result;
    }
    return IMAP_DONE;
}

/* Among all mail there is also what came into the inbox meanwhile. */
static enum imap_result look_again(struct imap_look *look)
{
    enum imap_result result;
    struct imap_look all = *look;
    int first = 0;

    while (first < look->count && look->folders[first].place != PLACE_OTHER)
        first++;
    look->found = false;
    result = look_through(look, first);
    if (result == IMAP_DONE && !look->found)
        *look = all;
    return result;
}

/* Folders of all mail stand behind those of spam. */
static void sort_folders(struct imap_look *look)
{
    for (int i = 1; i < look->count; i++)
        for (int j = i;
             j > 0 && look->folders[j].place < look->folders[j - 1].place;
             j--) {
            struct imap_place_entry entry = look->folders[j];

            look->folders[j] = look->folders[j - 1];
            look->folders[j - 1] = entry;
        }
}

enum imap_result imap_look_once(struct imap_look *look, bool last)
{
    enum imap_result result = IMAP_DONE;

    look->similar = false;
    if (look->session->tag == 0)
        result = imap_session_ask(look->session, "CAPABILITY", take_capability,
                                  look);
    if (result != IMAP_LOST && (!look->spam || last))
        result = list_folders(look);
    if (result == IMAP_LOST)
        return result;
    sort_folders(look);
    result = look_through(look, look->count);
    if (result == IMAP_DONE && look->found && look->place == PLACE_OTHER)
        result = look_again(look);
    return result;
}
