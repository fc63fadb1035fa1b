/* SPDX-License-Identifier: MIT */
/* What is particular to the imap probe: a mailbox that is only looked into. */
#include "tests/play/trade.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/imap.h"
#include "tests/play/inside.h"

/* --- what was heard ------------------------------------------------------- */

/* Nothing else may be asked: it could change the mailbox, or mark a mail. */
static bool only_looks(const char *command)
{
    static const char *const looks[] = {
        "CAPABILITY",      "STARTTLS",   "AUTHENTICATE PLAIN", "LOGIN ",
        "LIST \"\" \"*\"", "EXAMINE \"", "UID SEARCH ",        "LOGOUT",
    };

    for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); i++)
        if (strncasecmp(command, looks[i], strlen(looks[i])) == 0)
            return true;
    return strncasecmp(command, "UID FETCH ", 10) == 0 &&
           strstr(command, "BODY.PEEK[") && !strstr(command, "BODY[") &&
           !strcasestr(command, "RFC822");
}

/* In clear where TLS was asked for; `secure`: it stands. */
static bool is_bare(const struct play *play, bool secure, const char *command)
{
    return play->tls != TLS_NONE && !secure &&
           (strncasecmp(command, "LOGIN", 5) == 0 ||
            strncasecmp(command, "AUTHENTICATE", 12) == 0);
}

/* A line without a tag goes on with a login. */
static void check_line(struct court *court, const char *line, bool secure)
{
    const char *blank = strchr(line, ' ');

    if (!blank)
        return;
    court_check(court, only_looks(blank + 1), "does more than look", line);
    court_check(court, !is_bare(court->play, secure, blank + 1), "in clear",
                line);
}

static void check_heard(struct court *court)
{
    char *copy = strdup(court->sight->heard), *rest = copy, *line;
    bool secure = false;

    while (rest && (line = strsep(&rest, "\n"))) {
        if (strcmp(line, "(CALL)") == 0)
            secure = false;
        else if (strcmp(line, "(TLS)") == 0)
            secure = true;
        else if (secure || court->play->tls != TLS_IMPLICIT)
            check_line(court, line, secure);
        else /* TLS's own bytes */
            court_check(court, !strstr(line, "LOGIN"), "in clear", line);
    }
    free(copy);
}

/* --- what was found ------------------------------------------------------- */

static void check_found(struct court *court)
{
    const struct play *play = court->play;
    bool found = play->end.outcome == RESULT_PASS;
    bool told = strstr(court->sight->out, "{\"event\":\"copy\"") != NULL;

    court_check_member(court, "where", play->where);
    court_check_member(court, "folder", play->folder);
    if (play->category[0])
        court_check_member(court, "category", play->category);
    if (play->copies > 0)
        court_check(court,
                    event_number(court->end, "copies", 0) == play->copies,
                    "copies", "not so many");
    court_check(court, event_flag(court->end, "similar") == play->similar,
                "similar", play->similar ? "not told" : "told");
    court_check(court, told == found, "what its header shows",
                found ? "not told" : "told");
}

static void judge_imap(struct court *court)
{
    check_heard(court);
    check_found(court);
}

/* --- the probe ------------------------------------------------------------ */

static void add(struct arguments *arguments, const struct play *play,
                const char *server)
{
    char *wait = NULL;

    if (asprintf(&wait, "%g", play->wait) < 0)
        abort();
    const char *const own[] = {
        "--imap",   server,   "--token", PLAY_TOKEN,       "--from",
        play->from, "--wait", wait,      "--subject-code", play->code};
    size_t count = sizeof(own) / sizeof(*own) - (play->code[0] ? 0 : 2);

    for (size_t i = 0; i < count; i++)
        arguments->all[arguments->count++] = own[i];
}

static void fill(struct request *request, const struct play *play,
                 unsigned short port)
{
    strcpy(request->from, play->from);
    strcpy(request->subject_code, play->code);
    request->wait = play->wait;
    inside_endpoint(&request->imap, play, port);
}

const struct trade trade = {
    .name = "imap",
    .eight_bits = true,
    .play = {.paper = "good",
             .calls = "yes",
             .host = "127.0.0.1",
             .from = "avisos@corp.example",
             .user = "ana@corp.example",
             .password = "c4nary-Passw0rd",
             .limit = 20, /* no case that goes well takes so long */
             .times = 1},
    .add = add,
    .fill = fill,
    .probe = imap_probe,
    .judge = judge_imap,
};
