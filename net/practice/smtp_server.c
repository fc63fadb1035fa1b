/* SPDX-License-Identifier: MIT */
/* One SMTP session, seen from the server. */
#include "net/practice/smtp_server.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <openssl/crypto.h>

#include "net/practice/lines.h"
#include "net/practice/moment.h"
#include "net/practice/smtp_login.h"
#include "net/practice/smtp_parse.h"

#define NAME "smtp.servicio.example"
#define MISTAKES_MAX 20
#define LOGINS_MAX 3
#define QUIT 1 /* what a verb returns to end the session; also LINES_GONE */

struct session {
    const struct smtp_server *server;
    struct lines lines;
    bool greeted; /* said EHLO */
    bool known;   /* logged in */
    bool open;    /* MAIL was taken */
    char from[ADDRESS_MAX];
    struct seated people[RECIPIENTS_MAX];
    size_t people_count;
    int mistakes, logins;
};

static void forget_mail(struct session *session)
{
    session->open = false;
    session->people_count = 0;
}

static int say(struct session *session, const char *reply)
{
    if (reply[0] == '5')
        session->mistakes++;
    return lines_say(&session->lines, "%s", reply);
}

static int on_ehlo(struct session *session, const char *args)
{
    if (!*args)
        return say(session, "501 5.5.4 Your name is missing");
    session->greeted = true;
    forget_mail(session);
    return lines_say(&session->lines,
                     "250-" NAME "\r\n250-PIPELINING\r\n250-SIZE %u\r\n"
                     "250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n"
                     "250 AUTH PLAIN LOGIN",
                     LETTER_MAX);
}

static int on_helo(struct session *session, const char *args)
{
    if (!*args)
        return say(session, "501 5.5.4 Your name is missing");
    session->greeted = true;
    forget_mail(session);
    return say(session, "250 " NAME);
}

static int judge_login(struct session *session, const struct login *login)
{
    const struct smtp_server *server = session->server;
    bool user = login_same(login->user, server->user);
    bool password = login_same(login->password, server->password);

    session->known = user && password;
    if (session->known)
        return say(session, "235 2.7.0 Authentication successful");
    if (++session->logins < LOGINS_MAX)
        return say(session, "535 5.7.8 Authentication credentials invalid");
    say(session, "421 4.7.0 Too many failed logins");
    return QUIT;
}

static int on_auth(struct session *session, const char *args)
{
    static const char *const replies[] = {
        [LOGIN_GARBLED] = "501 5.5.2 Cannot decode the response",
        [LOGIN_GIVEN_UP] = "501 5.7.0 Authentication cancelled",
        [LOGIN_FOREIGN] = "504 5.5.4 Unrecognized authentication type",
    };
    enum smtp_login result;
    struct login login;
    int status;

    if (session->known || session->open)
        return say(session, "503 5.5.1 Not now");
    result = smtp_login_read(&login, &session->lines, args);
    if (result == LOGIN_GONE)
        status = LINES_GONE;
    else if (result == LOGIN_READ)
        status = judge_login(session, &login);
    else
        status = say(session, replies[result]);
    OPENSSL_cleanse(&login, sizeof(login));
    return status;
}

static int refuse_path(struct session *session, enum smtp_path_result result)
{
    static const char *const replies[] = {
        [PATH_NO_SYNTAX] = "501 5.5.4 Syntax: an address in <brackets>",
        [PATH_NO_ADDRESS] = "501 5.1.3 Bad address syntax",
        [PATH_NO_PARAM] = "555 5.5.4 Unsupported option",
    };

    return say(session, replies[result]);
}

/* What the service has against this sender, or NULL. */
static const char *sender_refusal(const struct session *session,
                                  const char *from)
{
    unsigned faults = plot_faults(session->server->world->scenario);

    if (!plot_knows_sender(from))
        return "is not a sender signature of this account";
    if ((faults & FAULT_AT_SENDER) && strcasecmp(from, PLOT_FROM) == 0)
        return "the sender signature is not confirmed";
    return NULL;
}

static int on_mail(struct session *session, const char *args)
{
    unsigned faults = plot_faults(session->server->world->scenario);
    struct smtp_path path;
    enum smtp_path_result result = smtp_path_read(&path, args, "FROM:");
    const char *refusal;

    if (session->open)
        return say(session, "503 5.5.1 Nested MAIL command");
    if (result != PATH_GOOD)
        return refuse_path(session, result);
    if (path.size > LETTER_MAX)
        return say(session, "552 5.3.4 Message size exceeds the limit");
    refusal = sender_refusal(session, path.address);
    if (refusal)
        return lines_say(&session->lines,
                         "550 5.1.8 <%s>: Sender address rejected: %s",
                         path.address, refusal);
    if (faults & FAULT_AT_CREDITS)
        return say(session, "550 5.7.0 This account is out of credits and not "
                            "allowed to send");
    session->open = true;
    snprintf(session->from, sizeof(session->from), "%s", path.address);
    return say(session, "250 2.1.0 Ok");
}

static int on_rcpt(struct session *session, const char *args)
{
    struct smtp_path path;
    enum smtp_path_result result = smtp_path_read(&path, args, "TO:");
    struct seated *who;

    if (!session->open)
        return say(session, "503 5.5.1 MAIL first");
    if (result != PATH_GOOD)
        return refuse_path(session, result);
    if (session->people_count == RECIPIENTS_MAX)
        return say(session, "452 4.5.3 Too many recipients");
    who = &session->people[session->people_count++];
    *who = (struct seated){.seat = SEAT_TO};
    snprintf(who->person.address, sizeof(who->person.address), "%s",
             path.address);
    return say(session, "250 2.1.5 Ok");
}

/* Puts the fields that a submission server adds (RFC 6409, 8) before it. */
static void put_trace(struct pile *out, const struct world *world,
                      const struct draft *draft)
{
    char date[MOMENT_SIZE], value[FIELD_MAX];

    moment_mail(date, world_calendar(world, world_now(world)));
    pile_format(out,
                "Received: from [127.0.0.1] by " NAME " with ESMTPA\r\n"
                "\tid %.8s; %s\r\n",
                draft->id, date);
    if (!letter_field(draft->raw, draft->raw_length, "Message-ID", value,
                      sizeof(value)))
        pile_format(out, "Message-ID: <%s@" NAME ">\r\n", draft->id);
    if (!letter_field(draft->raw, draft->raw_length, "Date", value,
                      sizeof(value)))
        pile_format(out, "Date: %s\r\n", date);
}

/* Hands a mail over to the world; -1 where it is not taken. */
static int submit(struct session *session, struct pile *mail,
                  char id[UUID_SIZE])
{
    struct world *world = session->server->world;
    char subject[SUBJECT_MAX], shown[FIELD_MAX];
    struct draft draft = {.smtp = true,
                          .people = session->people,
                          .people_count = session->people_count,
                          .subject = subject,
                          .tag = "",
                          .stream = "outbound",
                          .raw = mail->bytes,
                          .raw_length = mail->length};
    struct pile whole;
    int result = -1;

    pile_init(&whole, 2 * LETTER_MAX);
    if (draw_uuid(draft.id) != 0)
        goto out;
    letter_field(draft.raw, draft.raw_length, "Subject", subject,
                 sizeof(subject));
    letter_field(draft.raw, draft.raw_length, "From", shown, sizeof(shown));
    person_read(&draft.from, shown);
    snprintf(draft.from.address, sizeof(draft.from.address), "%s",
             session->from);
    put_trace(&whole, world, &draft);
    pile_add(&whole, mail->bytes, mail->length);
    draft.raw = whole.bytes;
    draft.raw_length = whole.length;
    if (whole.over)
        goto out;
    world_lock(world);
    result = world_submit(world, &draft, world_now(world));
    world_unlock(world);
    memcpy(id, draft.id, UUID_SIZE);
out:
    pile_release(&whole);
    return result;
}

static int take_mail(struct session *session, struct pile *mail)
{
    struct smtp_text text = {.state = TEXT_START};

    while (!text.done) {
        size_t length;
        const char *bytes = lines_peek(&session->lines, &length);

        if (!bytes)
            return LINES_GONE;
        lines_skip(&session->lines, smtp_text_take(&text, bytes, length, mail));
    }
    return 0;
}

static int on_data(struct session *session, const char *args)
{
    char id[UUID_SIZE];
    struct pile mail;
    int result;

    if (*args)
        return say(session, "501 5.5.4 DATA takes no arguments");
    if (session->people_count == 0)
        return say(session, "503 5.5.1 RCPT first");
    if (say(session, "354 End data with <CR><LF>.<CR><LF>") != 0)
        return LINES_GONE;
    pile_init(&mail, LETTER_MAX);
    pile_text(&mail, "");
    result = take_mail(session, &mail);
    if (result == 0 && mail.over)
        result = say(session, "552 5.3.4 Message size exceeds the limit");
    else if (result == 0 && submit(session, &mail, id) != 0)
        result = say(session, "452 4.3.1 Insufficient system storage");
    else if (result == 0)
        result = lines_say(&session->lines, "250 2.0.0 Ok: queued as %s", id);
    forget_mail(session);
    pile_release(&mail);
    return result;
}

static int on_rset(struct session *session, const char *args)
{
    (void)args;
    forget_mail(session);
    return say(session, "250 2.0.0 Ok");
}

static int on_noop(struct session *session, const char *args)
{
    (void)args;
    return say(session, "250 2.0.0 Ok");
}

static int on_vrfy(struct session *session, const char *args)
{
    (void)args;
    return say(session, "252 2.1.5 Send some mail, it will be tried");
}

static int on_quit(struct session *session, const char *args)
{
    (void)args;
    say(session, "221 2.0.0 Bye");
    return QUIT;
}

static const struct verb {
    const char *name;
    int (*run)(struct session *session, const char *args);
    bool greeted, known; /* needs EHLO, needs a login */
} verbs[] = {
    {"EHLO", on_ehlo, false, false}, {"HELO", on_helo, false, false},
    {"AUTH", on_auth, true, false},  {"MAIL", on_mail, true, true},
    {"RCPT", on_rcpt, true, true},   {"DATA", on_data, true, true},
    {"RSET", on_rset, false, false}, {"NOOP", on_noop, false, false},
    {"VRFY", on_vrfy, true, true},   {"QUIT", on_quit, false, false},
};

static int obey(struct session *session, const char *line)
{
    size_t length = strcspn(line, " ");
    const char *args = line + length + strspn(line + length, " ");

    for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++) {
        if (strlen(verbs[i].name) != length ||
            strncasecmp(verbs[i].name, line, length) != 0)
            continue;
        if (verbs[i].greeted && !session->greeted)
            return say(session, "503 5.5.1 EHLO first");
        if (verbs[i].known && !session->known)
            return say(session, "530 5.7.0 Authentication required");
        return verbs[i].run(session, args);
    }
    return say(session, "500 5.5.2 Command not recognized");
}

static int next_command(struct session *session)
{
    char line[LINE_MAX_BYTES];
    int length = lines_read(&session->lines, line, sizeof(line));

    if (length == LINES_GONE)
        return LINES_GONE;
    if (length == LINES_LONG || memchr(line, '\0', (size_t)length))
        return say(session, "500 5.5.2 Line too long or not text");
    if (session->mistakes >= MISTAKES_MAX) {
        say(session, "421 4.7.0 Too many mistakes");
        return QUIT;
    }
    while (length && line[length - 1] == ' ')
        line[--length] = '\0';
    return obey(session, line);
}

/* The peer gets no word, and is heard until it goes. */
static void stay_silent(struct lines *lines)
{
    size_t length;

    while (lines_peek(lines, &length))
        lines_skip(lines, length);
}

void smtp_server_session(int fd, void *server)
{
    struct session session = {.server = server};

    lines_init(&session.lines, fd);
    if (plot_faults(session.server->world->scenario) & FAULT_AT_EVERYTHING) {
        stay_silent(&session.lines);
        return;
    }
    if (say(&session, "220 " NAME " ESMTP") != 0)
        return;
    while (next_command(&session) == 0)
        continue;
}
