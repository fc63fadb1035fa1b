/* SPDX-License-Identifier: MIT */
/* Access to the mailbox that the present part sends to: always optional, kept
 * in memory alone. */
#include "steps/steps.h"
#include "steps/when.h"

/* On with the part that asked; to whom it was offered in place of an answer, it
 * answers by itself, or asks again. */
#define EDGES_ON                                                               \
    {NULL, when_asked_before, &step_wait},                                     \
        {NULL, when_free_manual, &step_manual},                                \
        {NULL, when_free, &step_free_confirm}, EDGES_CHANNEL

const struct step step_mailbox = {
    .name = "mailbox",
    .section = SECTION_SAME,
    .kind = STEP_FORM,
    .title = T_MAILBOX,
    .body = T_MAILBOX_BODY,
    .fields =
        (const struct field[]){
            {"mail_server", T_MAILBOX_SERVER, T_MAILBOX_SERVER_HINT,
             FIELD_SERVER, false},
            {"mail_user", T_MAILBOX_USER, T_MAILBOX_USER_HINT, FIELD_TEXT,
             true},
            {"mail_password", T_MAILBOX_PASSWORD, T_MAILBOX_PASSWORD_HINT,
             FIELD_SECRET, false},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "next", .label = T_GO_ON},
            {.name = "none", .label = T_MAILBOX_NONE, .skips = true},
            {0},
        },
    .edges =
        (const struct edge[]){{"none", when_asked_before, &step_ask}, EDGES_ON},
    .headless = "none",
};

const struct step step_mailbox_closed = {
    .name = "mailbox_closed",
    .section = SECTION_SAME,
    .kind = STEP_PAGE,
    .title = T_MAILBOX_CLOSED,
    .body = T_MAILBOX_CLOSED_BODY,
    .choices = (const struct choice[]){{.name = "next", .label = T_GO_ON}, {0}},
    .edges = (const struct edge[]){EDGES_ON},
};
