/* SPDX-License-Identifier: MIT */
/* Plays dialogues to the mailbox probe. */
#include "tests/unit/imap_talk.h"

#include <string.h>

#include "net/imap.h"
#include "tests/unit/unit.h"

void imap_talk_fill(struct request *request, const struct server *server)
{
    memset(request, 0, sizeof(*request));
    SET(request->imap.host, "127.0.0.1");
    request->imap.port = server->port;
    request->imap.tls = TLS_NONE;
    SET(request->user, "ana@corp.test");
    assert_int_equal(
        secret_set(&request->password, PASSWORD, strlen(PASSWORD), NULL), 0);
    SET(request->token, TOKEN);
    request->limit = LIMIT;
}

void imap_talk_check(const struct mailbox_case *expected)
{
    struct witness witness;
    struct server server;
    struct request request;
    const struct event *end;

    server_start(&server, &expected->talk, 1, NULL);
    imap_talk_fill(&request, &server);
    request.wait = expected->wait;
    witness_run(&witness, imap_probe, &request);
    end = witness_end(&witness);
    witness_text(&witness, end, "outcome", expected->outcome);
    witness_text(&witness, end, "fault", expected->fault);
    witness_text(&witness, end, "phase", expected->phase);
    witness_text(&witness, end, "where", expected->where);
    witness_text(&witness, end, "folder", expected->folder);
    witness_text(&witness, end, "reply", expected->reply);
    assert_false(event_flag(end, "similar"));
    assert_true(witness.seconds < LIMIT + 1);
    server_stop(&server);
    witness_release(&witness);
}
