/* SPDX-License-Identifier: MIT */
/* One IMAP session, seen from the server. */
#include "net/practice/imap_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "net/practice/base64.h"
#include "net/practice/imap_fetch.h"
#include "net/practice/imap_search.h"
#include "net/practice/imap_session.h"
#include "net/practice/people.h"

#define MISTAKES_MAX 20
#define CAPABILITIES                                                           \
    "IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL+ SPECIAL-USE LIST-EXTENDED UNSELECT"

/* Mails that have landed since the last command are told before its end. */
static void tell_news(struct imap_session *session)
{
    struct world *world = session->view.world;
    unsigned long count;

    if (session->state != STATE_SELECTED)
        return;
    world_lock(world);
    count = imap_view_count(&session->view, world_now(world));
    world_unlock(world);
    if (count != session->view.count)
        lines_say(&session->lines, "* %lu EXISTS\r\n* 0 RECENT", count);
    session->view.count = count;
}

int imap_done(struct imap_session *session, const char *words)
{
    tell_news(session);
    if (strncmp(words, "BAD", 3) == 0)
        session->mistakes++;
    return lines_say(&session->lines, "%s %s", session->tag, words);
}

int imap_garbled(struct imap_session *session)
{
    return imap_done(session, "BAD Syntax");
}

static int on_capability(struct imap_session *session, struct cursor *args)
{
    (void)args;
    lines_say(&session->lines, "* CAPABILITY " CAPABILITIES);
    return imap_done(session, "OK Told");
}

static int on_noop(struct imap_session *session, struct cursor *args)
{
    (void)args;
    return imap_done(session, "OK Nothing done");
}

static int on_logout(struct imap_session *session, struct cursor *args)
{
    (void)args;
    lines_say(&session->lines, "* BYE Until later");
    imap_done(session, "OK Logged out");
    return SESSION_QUIT;
}

static int judge_login(struct imap_session *session, const struct login *login)
{
    bool password = login_same(login->password, session->server->password);

    /* Whoever mail can be sent to has a mailbox here. */
    if (!person_is_address(login->user) || !password) {
        session->mistakes++;
        return imap_done(session, "NO [AUTHENTICATIONFAILED] Authentication "
                                  "failed.");
    }
    snprintf(session->view.address, sizeof(session->view.address), "%.*s",
             ADDRESS_MAX - 1, login->user);
    session->state = STATE_INSIDE;
    return imap_done(session, "OK [CAPABILITY " CAPABILITIES "] Logged in");
}

static int on_login(struct imap_session *session, struct cursor *args)
{
    struct login login;
    int result;

    if (cursor_astring(args, login.user, sizeof(login.user)) &&
        cursor_sign(args, ' ') &&
        cursor_astring(args, login.password, sizeof(login.password)) &&
        cursor_is_end(args))
        result = judge_login(session, &login);
    else
        result = imap_garbled(session);
    OPENSSL_cleanse(&login, sizeof(login));
    return result;
}

/* The response follows at once (RFC 4959) or when it is asked for. */
static int on_authenticate(struct imap_session *session, struct cursor *args)
{
    char line[LINE_MAX_BYTES];
    struct login login;
    int result;

    if (!cursor_word(args, "PLAIN"))
        return imap_done(session, "NO Only PLAIN is offered");
    if (cursor_sign(args, ' ')) {
        int length = (int)(args->end - args->at);

        snprintf(line, sizeof(line), "%.*s", length, args->at);
    } else {
        if (lines_say(&session->lines, "+ ") != 0 ||
            (result = lines_read(&session->lines, line, sizeof(line))) ==
                LINES_GONE)
            return LINES_GONE;
        if (result == LINES_LONG)
            return imap_garbled(session);
    }
    if (strcmp(line, "*") == 0)
        result = imap_done(session, "BAD Cancelled");
    else if (login_plain(&login, line) == 0)
        result = judge_login(session, &login);
    else
        result = imap_garbled(session);
    OPENSSL_cleanse(&login, sizeof(login));
    OPENSSL_cleanse(line, sizeof(line));
    return result;
}

/* Sends what was gathered under the lock, then the end of the command. */
static int send_out(struct imap_session *session, struct pile *out, int result)
{
    int sent = 0;

    if (result == 0 && out->length)
        sent = lines_write(&session->lines, out->bytes, out->length);
    pile_release(out);
    if (sent != 0)
        return sent;
    return imap_done(session,
                     result == 0 ? "OK Done" : "NO [LIMIT] That is too much");
}

static int search(struct imap_session *session, struct cursor *args, bool uid)
{
    struct search *wanted = malloc(sizeof(*wanted));
    enum search_result read = wanted ? search_read(wanted, args) : SEARCH_BAD;
    struct pile out;
    int result;

    if (read != SEARCH_GOOD) {
        free(wanted);
        return read == SEARCH_BAD
                   ? imap_garbled(session)
                   : imap_done(session, "NO [BADCHARSET (UTF-8 US-ASCII)] "
                                        "Unknown charset");
    }
    pile_init(&out, IMAP_OUT_MAX);
    pile_text(&out, "* SEARCH");
    world_lock(session->view.world);
    result = search_run(wanted, &session->view, uid, &out);
    world_unlock(session->view.world);
    pile_text(&out, "\r\n");
    free(wanted);
    return send_out(session, &out, result);
}

static int fetch(struct imap_session *session, struct cursor *args, bool uid)
{
    struct fetch *wanted = malloc(sizeof(*wanted));
    struct pile out;
    int result;

    if (!wanted || !fetch_read(wanted, args)) {
        free(wanted);
        return imap_garbled(session);
    }
    if (uid)
        wanted->items |= FETCH_UID;
    pile_init(&out, IMAP_OUT_MAX);
    world_lock(session->view.world);
    result = fetch_run(wanted, &session->view, uid, &out);
    world_unlock(session->view.world);
    free(wanted);
    return send_out(session, &out, result);
}

static int on_search(struct imap_session *session, struct cursor *args)
{
    return search(session, args, false);
}

static int on_fetch(struct imap_session *session, struct cursor *args)
{
    return fetch(session, args, false);
}

static int on_uid(struct imap_session *session, struct cursor *args)
{
    if (cursor_word(args, "SEARCH") && cursor_sign(args, ' '))
        return search(session, args, true);
    if (cursor_word(args, "FETCH") && cursor_sign(args, ' '))
        return fetch(session, args, true);
    return imap_garbled(session);
}

/* Nothing here can be changed. */
static int on_change(struct imap_session *session, struct cursor *args)
{
    (void)args;
    return imap_done(session, "NO [CANNOT] This mailbox is read-only");
}

static const struct command {
    const char *word;
    int (*run)(struct imap_session *session, struct cursor *args);
    enum imap_state from, to; /* in which states it may come */
} commands[] = {
    {"CAPABILITY", on_capability, STATE_OUTSIDE, STATE_SELECTED},
    {"NOOP", on_noop, STATE_OUTSIDE, STATE_SELECTED},
    {"LOGOUT", on_logout, STATE_OUTSIDE, STATE_SELECTED},
    {"LOGIN", on_login, STATE_OUTSIDE, STATE_OUTSIDE},
    {"AUTHENTICATE", on_authenticate, STATE_OUTSIDE, STATE_OUTSIDE},
    {"LIST", imap_on_list, STATE_INSIDE, STATE_SELECTED},
    {"LSUB", imap_on_lsub, STATE_INSIDE, STATE_SELECTED},
    {"STATUS", imap_on_status, STATE_INSIDE, STATE_SELECTED},
    {"SELECT", imap_on_select, STATE_INSIDE, STATE_SELECTED},
    {"EXAMINE", imap_on_examine, STATE_INSIDE, STATE_SELECTED},
    {"CREATE", on_change, STATE_INSIDE, STATE_SELECTED},
    {"APPEND", on_change, STATE_INSIDE, STATE_SELECTED},
    {"CHECK", on_noop, STATE_SELECTED, STATE_SELECTED},
    {"CLOSE", imap_on_close, STATE_SELECTED, STATE_SELECTED},
    {"UNSELECT", imap_on_close, STATE_SELECTED, STATE_SELECTED},
    {"SEARCH", on_search, STATE_SELECTED, STATE_SELECTED},
    {"FETCH", on_fetch, STATE_SELECTED, STATE_SELECTED},
    {"UID", on_uid, STATE_SELECTED, STATE_SELECTED},
    {"STORE", on_change, STATE_SELECTED, STATE_SELECTED},
    {"COPY", on_change, STATE_SELECTED, STATE_SELECTED},
    {"EXPUNGE", on_change, STATE_SELECTED, STATE_SELECTED},
};

static int obey(struct imap_session *session, struct cursor *line)
{
    if (!cursor_atom(line, session->tag, sizeof(session->tag)) ||
        !cursor_sign(line, ' ')) {
        snprintf(session->tag, sizeof(session->tag), "*");
        return imap_garbled(session);
    }
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
        if (!cursor_word(line, commands[i].word))
            continue;
        if (session->state < commands[i].from ||
            session->state > commands[i].to)
            return imap_done(session, "BAD Not in this state");
        if (!cursor_is_end(line) && !cursor_sign(line, ' '))
            return imap_garbled(session);
        return commands[i].run(session, line);
    }
    return imap_done(session, "BAD Unknown command");
}

/* Reads a command with its literals. Returns its length; what does not fit is
 * LINES_LONG, and the connection is of no more use then: where the next
 * command begins cannot be told. */
static int read_command(struct imap_session *session,
                        char command[IMAP_COMMAND_MAX])
{
    size_t used = 0, literal = 0;
    bool waits = false;

    for (;;) {
        int length = lines_read(&session->lines, command + used,
                                IMAP_COMMAND_MAX - used);

        if (length < 0)
            return length;
        if (!literal_at_end(command + used, (size_t)length, &literal, &waits))
            return (int)used + length;
        used += (size_t)length;
        if (literal + 4 > IMAP_COMMAND_MAX - used)
            return LINES_LONG;
        if (waits && lines_say(&session->lines, "+ Go on") != 0)
            return LINES_GONE;
        memcpy(command + used, "\r\n", 2);
        used += 2;
        if (lines_bytes(&session->lines, command + used, literal) != 0)
            return LINES_GONE;
        used += literal;
    }
}

static int next_command(struct imap_session *session)
{
    char command[IMAP_COMMAND_MAX];
    struct cursor cursor = {command, command};
    int length = read_command(session, command);
    int result = SESSION_QUIT;

    if (length == LINES_GONE)
        return LINES_GONE;
    if (length == LINES_LONG)
        lines_say(&session->lines, "* BYE That command is too long");
    else if (session->mistakes >= MISTAKES_MAX)
        lines_say(&session->lines, "* BYE Too many mistakes");
    else {
        cursor.end += length;
        result = obey(session, &cursor);
    }
    OPENSSL_cleanse(command, sizeof(command));
    return result;
}

void imap_server_session(int fd, void *server)
{
    struct imap_session session = {.server = server};

    session.view.world = session.server->world;
    lines_init(&session.lines, fd);
    if (lines_say(&session.lines, "* OK [CAPABILITY " CAPABILITIES "] Ready") !=
        0)
        return;
    while (next_command(&session) == 0)
        continue;
}
