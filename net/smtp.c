/* SPDX-License-Identifier: MIT */
/* The live test "smtp": hands one mail to a server and tells how it went. */
#include "net/smtp.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "net/address.h"
#include "net/driver.h"
#include "net/message.h"
#include "net/relay.h"
#include "net/wire.h"

#define HELLO_MAX 80
#define SMTPS_PORT 465 /* RFC 8314 3.3 */

/* One probe from its request to its end. */
struct run {
    const struct request *request;
    struct feed *feed;
    struct wire wire;
    struct address from, to;
    struct message message;
    char *stuffed; /* the message as DATA carries it */
    size_t stuffed_length;
    char hello[HELLO_MAX];
};

static bool check_address(struct run *run, struct address *address,
                          const char *text, enum phase phase)
{
    enum address_flaw flaw = address_check(address, text, strlen(text));

    return flaw == ADDRESS_NONE ||
           wire_fail(&run->wire, FAULT_FEATURE, phase, syntax_word(flaw));
}

/* The marks of the message, before anything is sent. */
static void tell_message(struct run *run)
{
    struct event *event = event_new("message");

    event_put_text(event, "token", run->request->token);
    event_put_text(event, "subject_code", run->request->subject_code);
    event_put_text(event, "message_id", run->message.id);
    event_put_text(event, "from", run->from.text);
    event_put_text(event, "to", run->to.text);
    feed_event(run->feed, event);
}

static bool prepare(struct run *run)
{
    const struct request *request = run->request;
    struct error err;

    if (!check_address(run, &run->from, request->from, PHASE_MAIL) ||
        !check_address(run, &run->to, request->to, PHASE_RCPT))
        return false;
    if (message_build(&run->message, request, &run->from, &run->to, time(NULL),
                      &err) < 0)
        return wire_fail(&run->wire, FAULT_CRASHED, PHASE_NONE, err.text);
    run->stuffed = message_stuff(&run->message, &run->stuffed_length);
    if (!run->stuffed)
        return wire_fail(&run->wire, FAULT_CRASHED, PHASE_NONE, "no memory");
    tell_message(run);
    return true;
}

/* Our name for EHLO: the address that the server sees, RFC 5321 4.1.4, and not
 * the name of this machine. */
static void choose_hello(struct run *run)
{
    char own[64];

    link_own_address(&run->wire.link, own, sizeof(own));
    own[strcspn(own, "%")] = '\0';
    if (!own[0])
        snprintf(run->hello, sizeof(run->hello), "localhost");
    else
        snprintf(run->hello, sizeof(run->hello), "[%s%s]",
                 strchr(own, ':') ? "IPv6:" : "", own);
}

static bool connect_to(struct run *run)
{
    const struct request *request = run->request;
    struct link *link = &run->wire.link;
    struct event *event;
    enum fault fault;

    feed_phase(run->feed, PHASE_CONNECT);
    fault = link_open(link, &request->smtp, request->ca_file, run->feed,
                      request->limit);
    if (!wire_check(&run->wire, fault,
                    fault == FAULT_TLS ? PHASE_TLS : PHASE_CONNECT))
        return false;
    event = event_new("connected");
    event_put_text(event, "address", link->dial.address);
    event_put_number(event, "port", request->smtp.port);
    feed_event(run->feed, event);
    choose_hello(run);
    return true;
}

static bool secure(struct run *run)
{
    enum fault fault;

    feed_phase(run->feed, PHASE_TLS);
    fault = link_secure(&run->wire.link);
    if (fault == FAULT_NONE || fault == FAULT_TLS)
        feed_event(run->feed, tls_event(&run->wire.link.tls));
    return wire_check(&run->wire, fault,
                      fault == FAULT_PROTOCOL ? PHASE_STARTTLS : PHASE_TLS);
}

/* Two servers that wait for each other's first word look like a dead one. */
static void explain_silence(struct run *run)
{
    const struct endpoint *smtp = &run->request->smtp;
    struct ending *ending = &run->wire.ending;

    if (ending->fault == FAULT_TIMEOUT && smtp->tls != TLS_IMPLICIT &&
        smtp->port == SMTPS_PORT)
        snprintf(ending->reply, sizeof(ending->reply),
                 "no greeting: port 465 expects TLS from the first byte");
}

static bool greet(struct run *run)
{
    feed_phase(run->feed, PHASE_GREETING);
    if (wire_expect(&run->wire, PHASE_GREETING))
        return true;
    explain_silence(run);
    return false;
}

/* EHLO and STARTTLS in clear, RFC 3207: nothing that the server offered before
 * TLS counts after it. */
static bool start_tls(struct run *run)
{
    struct wire *wire = &run->wire;

    if (!wire_ehlo(wire, run->hello))
        return false;
    feed_phase(run->feed, PHASE_STARTTLS);
    if (!wire->ehlo.starttls)
        return wire_fail(wire, FAULT_FEATURE, PHASE_STARTTLS,
                         "STARTTLS is not offered");
    return wire_say(wire, PHASE_STARTTLS, "STARTTLS") &&
           wire_expect(wire, PHASE_STARTTLS) && secure(run);
}

/* All before libesmtp: a greeted server on a link as private as was asked. */
static bool approach(struct run *run)
{
    enum tls_mode tls = run->request->smtp.tls;
    bool ready = connect_to(run) && (tls != TLS_IMPLICIT || secure(run)) &&
                 greet(run) && (tls != TLS_STARTTLS || start_tls(run));
    enum fault fault = run->wire.ending.fault;

    /* Who was refused, or misses STARTTLS, still says goodbye. */
    if (fault == FAULT_REFUSED ||
        (fault == FAULT_FEATURE && run->wire.ending.phase == PHASE_STARTTLS))
        wire_leave(&run->wire);
    return ready;
}

/* Only told where libesmtp thinks otherwise: the wire is believed. */
static void note_difference(struct run *run, int code)
{
    bool passed = run->wire.ending.outcome == RESULT_PASS;
    struct event *event;

    if (passed == (code / 100 == 2))
        return;
    event = event_new("note");
    event_put_text(event, "about", "libesmtp has another status");
    event_put_number(event, "code", code);
    feed_event(run->feed, event);
}

static void converse(struct run *run)
{
    const struct request *request = run->request;
    const struct errand errand = {.hello = run->hello,
                                  .user = request->user,
                                  .password = request->password.text,
                                  .from = run->from.text,
                                  .to = run->to.text,
                                  .text = run->message.text,
                                  .lines = run->stuffed,
                                  .length = run->stuffed_length,
                                  .limit = request->limit};
    struct error err;
    int local;
    struct driver *driver = driver_start(&errand, &local, &err);

    if (!driver) {
        wire_fail(&run->wire, FAULT_CRASHED, PHASE_EHLO, err.text);
        return;
    }
    relay_run(&run->wire, local, &errand);
    note_difference(run, driver_stop(driver));
}

/* The reply of an "end" is the server's own words and nothing else; ours for a
 * fault of the line or of the rules stand beside it. */
static struct event *detail(const struct wire *wire)
{
    struct event *members = event_new("end");

    event_put_text(members, "detail", wire->detail[0] ? wire->detail : NULL);
    return members;
}

int smtp_probe(const struct request *request, struct feed *feed)
{
    struct run run = {.request = request, .feed = feed};
    bool ours;

    signal(SIGPIPE, SIG_IGN);
    wire_init(&run.wire, feed);
    if (prepare(&run) && approach(&run))
        converse(&run);
    ours = run.wire.ending.fault == FAULT_CRASHED;
    feed_end(feed, &run.wire.ending, detail(&run.wire));
    wire_release(&run.wire);
    message_release(&run.message);
    free(run.stuffed);
    return ours ? -1 : 0;
}
