/* SPDX-License-Identifier: MIT */
/* Holds what came of a session against what must come of it. */
#include "tests/play/judge.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>

#include <openssl/evp.h>

#include "steps/reply.h"
#include "tests/play/court.h"
#include "tests/play/trade.h"

#define GRACE 1.0    /* seconds beyond the limit, design section 5 */
#define STOPPING 1.0 /* seconds after a signal; 0.1 on an idle machine */
#define FORM_SIZE 2048

void court_check(struct court *court, bool right, const char *what,
                 const char *found)
{
    if (right)
        return;
    court->wrong++;
    fprintf(court->out, "  %s: %s\n", what, found);
}

void court_check_word(struct court *court, const char *what, const char *found,
                      const char *wanted)
{
    char text[160];

    found = found ? found : "";
    wanted = wanted ? wanted : "";
    snprintf(text, sizeof(text), "%.60s, and must be %.60s",
             found[0] ? found : "none", wanted[0] ? wanted : "none");
    court_check(court, strcmp(found, wanted) == 0, what, text);
}

void court_check_member(struct court *court, const char *key,
                        const char *wanted)
{
    court_check_word(court, key, event_text(court->end, key), wanted);
}

/* --- the events ----------------------------------------------------------- */

/* The cause is the parent's to add. */
static void read_end(struct court *court, struct event *event)
{
    if (court->manner == INSIDE)
        reply_mark(event, trade.name);
    event_free(court->end);
    court->end = event;
    court->ends++;
}

static void read_events(struct court *court)
{
    char *copy = strdup(court->sight->out), *rest = copy, *line;

    while (rest && (line = strsep(&rest, "\n")) && (*line || rest)) {
        struct event *event = event_parse(line, strlen(line));

        court_check(court, event != NULL, "no event", line);
        court->end_last = ending_read(&court->ending, event);
        if (court->end_last)
            read_end(court, event);
        else
            event_free(event);
    }
    free(copy);
}

static void check_end(struct court *court)
{
    const struct expectation *end = &court->play->end;
    const struct ending *found = &court->ending;
    char code[16], wanted[16];

    court_check(court, court->ends == 1 && court->end_last, "end",
                "not once, at the end");
    snprintf(code, sizeof(code), "%d", found->code);
    snprintf(wanted, sizeof(wanted), "%d", end->code);
    court_check_word(court, "outcome", result_name(found->outcome),
                     result_name(end->outcome));
    court_check_word(court, "fault", fault_name(found->fault),
                     fault_name(end->fault));
    court_check_word(court, "phase", phase_name(found->phase),
                     phase_name(end->phase));
    court_check_word(court, "code", code, wanted);
    court_check_word(court, "enhanced", found->enhanced, end->enhanced);
    court_check_member(court, "cause", end->cause);
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
    court_check(court, WIFEXITED(status) && WEXITSTATUS(status) == wanted,
                "status", found);
}

/* --- what must and must not be somewhere ---------------------------------- */

static void check_parts(struct court *court, const char *what,
                        const struct parts *parts, const char *text, bool there)
{
    for (size_t i = 0; i < parts->count; i++)
        court_check(court, (strstr(text, parts->text[i]) != NULL) == there,
                    what, parts->text[i]);
}

static void check_texts(struct court *court)
{
    const struct play *play = court->play;
    const struct sight *sight = court->sight;
    const char *detail = event_text(court->end, "detail");

    check_parts(court, "the reply must hold", &play->reply, court->ending.reply,
                true);
    check_parts(court, "the detail must hold", &play->detail,
                detail ? detail : "", true);
    check_parts(court, "the server must hear", &play->heard, sight->heard,
                true);
    check_parts(court, "the server may not hear", &play->unheard, sight->heard,
                false);
    check_parts(court, "to be told", &play->told, sight->out, true);
    check_parts(court, "not to be told", &play->untold, sight->out, false);
    court_check(court, !sight->missed[0], "the server wanted", sight->missed);
    court_check(court, !sight->err[0], "standard error", sight->err);
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
        court_check(court,
                    !strstr(sight->out, forms[i]) &&
                        !strstr(sight->err, forms[i]),
                    "told the password", forms[i]);
}

/* --- all ------------------------------------------------------------------ */

static void check_time(struct court *court)
{
    const struct play *play = court->play;
    const struct sight *sight = court->sight;
    double slowness = session_slowness();
    double within =
        play->within > 0 ? play->within : play->limit + play->wait + GRACE;
    char took[48];

    snprintf(took, sizeof(took), "%.2f s of %g s", sight->seconds, within);
    court_check(court, !sight->stuck, "had to be ended", took);
    court_check(court, sight->seconds < within * slowness, "took too long",
                took);
    snprintf(took, sizeof(took), "%.2f s", sight->stopping);
    court_check(court, sight->stopping < STOPPING * slowness, "stopped late",
                took);
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
    court_check(&court, !steers(sight->out), "steers a terminal", "its output");
    check_secrets(&court);
    trade.judge(&court);
    check_time(&court);
    court_check(&court, !sight->left, "left", "a process");
    court_check(&court, !sight->again, "called", "again");
    if (court.wrong > 0)
        fprintf(out, "  --- told\n%s  --- heard\n%s", sight->out, sight->heard);
    event_free(court.end);
    return court.wrong;
}
