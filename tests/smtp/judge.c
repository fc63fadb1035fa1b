/* SPDX-License-Identifier: MIT */
/* Holds what came of a session against what must come of it. */
#include "tests/smtp/judge.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>

#include <openssl/evp.h>

#include "net/event.h"
#include "steps/reply.h"

#define GRACE 1.0    /* seconds beyond the limit, design section 5 */
#define STOPPING 1.0 /* seconds after a signal; 0.1 on an idle machine */
#define FORM_SIZE 2048

struct court {
    const struct play *play;
    enum manner manner;
    const struct sight *sight;
    FILE *out;
    int wrong;
    /* what the events say */
    int ends;
    bool end_last;
    struct ending ending;
    char detail[256]; /* our own words beside it */
    char cause[WORD_MAX];
};

static void check(struct court *court, bool right, const char *what,
                  const char *found)
{
    if (right)
        return;
    court->wrong++;
    fprintf(court->out, "  %s: %s\n", what, found);
}

static void check_word(struct court *court, const char *what, const char *found,
                       const char *wanted)
{
    char text[160];

    found = found ? found : "";
    wanted = wanted ? wanted : "";
    snprintf(text, sizeof(text), "%.60s, and must be %.60s",
             found[0] ? found : "none", wanted[0] ? wanted : "none");
    check(court, strcmp(found, wanted) == 0, what, text);
}

/* --- the events ----------------------------------------------------------- */

static void copy_text(char *out, size_t size, const struct event *event,
                      const char *key)
{
    const char *text = event_text(event, key);

    snprintf(out, size, "%s", text ? text : "");
}

/* The cause is the parent's to add. */
static void read_end(struct court *court, struct event *event)
{
    if (court->manner == INSIDE)
        reply_mark(event, "smtp");
    copy_text(court->cause, sizeof(court->cause), event, "cause");
    copy_text(court->detail, sizeof(court->detail), event, "detail");
    court->ends++;
}

static void read_events(struct court *court)
{
    char *copy = strdup(court->sight->out), *rest = copy, *line;

    while (rest && (line = strsep(&rest, "\n")) && (*line || rest)) {
        struct event *event = event_parse(line, strlen(line));

        check(court, event != NULL, "no event", line);
        court->end_last = ending_read(&court->ending, event);
        if (court->end_last)
            read_end(court, event);
        event_free(event);
    }
    free(copy);
}

static void check_end(struct court *court)
{
    const struct expectation *end = &court->play->end;
    const struct ending *found = &court->ending;
    char code[16], wanted[16];

    check(court, court->ends == 1 && court->end_last, "end",
          "not once, at the end");
    snprintf(code, sizeof(code), "%d", found->code);
    snprintf(wanted, sizeof(wanted), "%d", end->code);
    check_word(court, "outcome", result_name(found->outcome),
               result_name(end->outcome));
    check_word(court, "fault", fault_name(found->fault),
               fault_name(end->fault));
    check_word(court, "phase", phase_name(found->phase),
               phase_name(end->phase));
    check_word(court, "code", code, wanted);
    check_word(court, "enhanced", found->enhanced, end->enhanced);
    check_word(court, "cause", court->cause, end->cause);
}

static void check_status(struct court *court)
{
    static const int statuses[] = {
        [RESULT_PASS] = 0, [RESULT_FAULT] = 1, [RESULT_UNKNOWN] = 2};
    int status = court->sight->status;
    int wanted =
        court->manner == INSIDE ? 0 : statuses[court->play->end.outcome];
    char found[48];

    snprintf(found, sizeof(found), "%s %d, and must be %d",
             WIFSIGNALED(status) ? "signal" : "exit",
             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
             wanted);
    check(court, WIFEXITED(status) && WEXITSTATUS(status) == wanted, "status",
          found);
}

/* --- what must and must not be somewhere ---------------------------------- */

static void check_parts(struct court *court, const char *what,
                        const struct parts *parts, const char *text, bool there)
{
    for (size_t i = 0; i < parts->count; i++)
        check(court, (strstr(text, parts->text[i]) != NULL) == there, what,
              parts->text[i]);
}

static void check_texts(struct court *court)
{
    const struct play *play = court->play;
    const struct sight *sight = court->sight;

    check_parts(court, "the reply must hold", &play->reply, court->ending.reply,
                true);
    check_parts(court, "the detail must hold", &play->detail, court->detail,
                true);
    check(court, court->ending.code > 0 || !court->ending.reply[0],
          "no word of the server's", court->ending.reply);
    check_parts(court, "the server must hear", &play->heard, sight->heard,
                true);
    check_parts(court, "the server may not hear", &play->unheard, sight->heard,
                false);
    check_parts(court, "to be told", &play->told, sight->out, true);
    check_parts(court, "not to be told", &play->untold, sight->out, false);
    check(court, !sight->missed[0], "the server wanted", sight->missed);
    check(court, !sight->err[0], "standard error", sight->err);
}

static bool steers(const char *text)
{
    for (const unsigned char *s = (const unsigned char *)text; *s; s++)
        if ((*s < 0x20 && *s != '\n') || *s == 0x7f ||
            (*s == 0xc2 && s[1] < 0xa0))
            return true;
    return false;
}

/* --- secrets -------------------------------------------------------------- */

/* Base64 up to where padding or what follows would change it. */
static void encode(char *out, const char *bytes, size_t length)
{
    EVP_EncodeBlock((unsigned char *)out, (const unsigned char *)bytes,
                    (int)length);
    out[strcspn(out, "=")] = '\0';
}

/* The forms of the password, and how many. */
static size_t list_forms(const struct play *play, char forms[4][FORM_SIZE])
{
    char plain[ADDRESS_MAX + SECRET_MAX + 2];
    size_t length, at = 0;

    if (!play->user[0])
        return 0;
    snprintf(forms[0], FORM_SIZE, "%s", play->password);
    for (const char *s = play->password; *s; s++) {
        if (strchr("\"\\", *s))
            forms[1][at++] = '\\';
        forms[1][at++] = *s;
    }
    forms[1][at] = '\0';
    encode(forms[2], play->password, strlen(play->password));
    length = (size_t)snprintf(plain + 1, sizeof(plain) - 1, "%s%c%s",
                              play->user, '\0', play->password);
    plain[0] = '\0';
    encode(forms[3], plain, length + 1);
    return 4;
}

static void check_secrets(struct court *court)
{
    char forms[4][FORM_SIZE];
    size_t count = list_forms(court->play, forms);
    const struct sight *sight = court->sight;

    for (size_t i = 0; i < count; i++)
        check(court,
              !strstr(sight->out, forms[i]) && !strstr(sight->err, forms[i]),
              "told the password", forms[i]);
}

/* What was heard before TLS stood. */
static void check_clear(struct court *court)
{
    const char *heard = court->sight->heard;
    const char *tls = strstr(heard, "(TLS)\n");
    size_t clear = tls ? (size_t)(tls - heard) : strlen(heard);
    char *text = strndup(heard, clear);

    if (text && court->play->tls != TLS_NONE)
        check(court,
              !strcasestr(text, "AUTH") && !strcasestr(text, "MAIL FROM") &&
                  !strcasestr(text, "RCPT TO"),
              "in clear", text);
    free(text);
}

/* --- the envelope --------------------------------------------------------- */

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
    check(court, count == 1 || (count == 0 && !sent), "not once", start);
    check(court, count == 0 || strncmp(line, wanted, strlen(wanted)) == 0,
          "not these bytes", wanted);
}

static void check_envelope(struct court *court)
{
    const struct play *play = court->play;

    check_once(court, "MAIL FROM:", play->from);
    check_once(court, "RCPT TO:", play->wire[0] ? play->wire : play->to);
    check_once(court, "DATA", NULL);
}

/* --- all ------------------------------------------------------------------ */

static void check_time(struct court *court)
{
    const struct play *play = court->play;
    const struct sight *sight = court->sight;
    double slowness = session_slowness();
    double within = play->within > 0 ? play->within : play->limit + GRACE;
    char took[48];

    snprintf(took, sizeof(took), "%.2f s of %g s", sight->seconds, within);
    check(court, !sight->stuck, "had to be ended", took);
    check(court, sight->seconds < within * slowness, "took too long", took);
    snprintf(took, sizeof(took), "%.2f s", sight->stopping);
    check(court, sight->stopping < STOPPING * slowness, "stopped late", took);
}

int judge(const struct play *play, enum manner manner,
          const struct sight *sight, FILE *out)
{
    struct court court = {
        .play = play, .manner = manner, .sight = sight, .out = out};

    read_events(&court);
    check_end(&court);
    check_status(&court);
    check_texts(&court);
    check(&court, !steers(sight->out), "steers a terminal", "its output");
    check_secrets(&court);
    check_clear(&court);
    check_envelope(&court);
    check_time(&court);
    check(&court, !sight->left, "left", "a process");
    check(&court, !sight->again, "called", "again");
    if (court.wrong > 0)
        fprintf(out, "  --- told\n%s  --- heard\n%s", sight->out, sight->heard);
    return court.wrong;
}
