/* SPDX-License-Identifier: MIT */
/* What is particular to the smtp probe: an envelope, sent once. */
#include "tests/play/trade.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/smtp.h"
#include "tests/play/inside.h"

/* What was heard before TLS stood. */
static void check_clear(struct court *court)
{
    const char *heard = court->sight->heard;
    const char *tls = strstr(heard, "(TLS)\n");
    size_t clear = tls ? (size_t)(tls - heard) : strlen(heard);
    char *text = strndup(heard, clear);

    if (text && court->play->tls != TLS_NONE)
        court_check(court,
                    !strcasestr(text, "AUTH") &&
                        !strcasestr(text, "MAIL FROM") &&
                        !strcasestr(text, "RCPT TO"),
                    "in clear", text);
    free(text);
}

/* How many lines begin so; `*line` is the last of them. */
static int count_lines(const char *text, const char *start, const char **line)
{
    int count = 0;

    while (text && *text) {
        if (strncasecmp(text, start, strlen(start)) == 0) {
            *line = text;
            count++;
        }
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return count;
}

/* At most once, with exactly these bytes, and all where the mail was taken. */
static void check_once(struct court *court, const char *start,
                       const char *address)
{
    const char *line = "";
    char wanted[ADDRESS_MAX + 16];
    int count = count_lines(court->sight->heard, start, &line);
    bool sent = court->play->end.outcome != RESULT_FAULT;

    snprintf(wanted, sizeof(wanted), "%s%s%s%s\n", start, address ? "<" : "",
             address ? address : "", address ? ">" : "");
    court_check(court, count == 1 || (count == 0 && !sent), "not once", start);
    court_check(court, count == 0 || strncmp(line, wanted, strlen(wanted)) == 0,
                "not these bytes", wanted);
}

static void check_envelope(struct court *court)
{
    const struct play *play = court->play;

    check_once(court, "MAIL FROM:", play->from);
    check_once(court, "RCPT TO:", play->wire[0] ? play->wire : play->to);
    check_once(court, "DATA", NULL);
}

static void judge_smtp(struct court *court)
{
    court_check(court, court->ending.code > 0 || !court->ending.reply[0],
                "no word of the server's", court->ending.reply);
    check_clear(court);
    check_envelope(court);
}

static void add(struct arguments *arguments, const struct play *play,
                const char *server)
{
    const char *const own[] = {"--from", play->from, "--to",
                               play->to, "--smtp",   server};

    for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
        arguments->all[arguments->count++] = own[i];
}

static void fill(struct request *request, const struct play *play,
                 unsigned short port)
{
    strcpy(request->from, play->from);
    strcpy(request->to, play->to);
    strcpy(request->subject_code, "K7Q-4M2");
    strcpy(request->subject, "Prueba de envío K7Q-4M2");
    strcpy(request->body, "Mensaje de prueba.\n.\n.punto\nfin\n");
    inside_endpoint(&request->smtp, play, port);
}

const struct trade trade = {
    .name = "smtp",
    .play = {.paper = "good",
             .calls = "yes",
             .host = "127.0.0.1",
             .from = "ana@corp.example",
             .to = "benito@corp.example",
             .limit = 20, /* no case that goes well takes so long */
             .times = 1},
    .add = add,
    .fill = fill,
    .probe = smtp_probe,
    .judge = judge_smtp,
};
