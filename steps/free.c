/* SPDX-License-Identifier: MIT */
/* "Prueba con una cuenta de proveedor gratuito". */
#include "steps/steps.h"
#include "steps/when.h"

const struct step step_free = {
    .name = "free",
    .section = SECTION_FREE,
    .kind = STEP_FORM,
    .title = T_FREE,
    .body = T_FREE_BODY,
    .fields =
        (const struct field[]){
            {"free_to", T_FREE_TO, T_FREE_TO_HINT, FIELD_ADDRESS, false},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "next", .label = T_GO_ON},
            {.name = "skip", .label = T_FREE_SKIP, .skips = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"skip", when_recheck, &step_recheck},
            {"skip", NULL, &step_verdict},
            {NULL, when_wants_mailbox, &step_mailbox},
            {NULL, when_mailbox_closed, &step_mailbox_closed},
            {NULL, when_via_manual, &step_manual},
            {NULL, NULL, &step_free_confirm},
        },
};

const struct step step_free_confirm = {
    .name = "free_confirm",
    .section = SECTION_FREE,
    .kind = STEP_ASK,
    .title = T_FREE_CONFIRM,
    .body = T_CONFIRM_BODY,
    .choices = choices_confirm,
    .edges =
        (const struct edge[]){
            {"yes", NULL, &step_free_send},
            {"change", NULL, &step_free},
            {NULL, when_recheck, &step_recheck},
            {NULL, NULL, &step_verdict},
        },
    .headless = "yes",
};

const struct step step_free_send = {
    .name = "free_send",
    .section = SECTION_FREE,
    .kind = STEP_LIVE,
    .title = T_FREE_SEND,
    .body = T_SEND_BODY,
    .live = LIVE_SEND,
    .shows = SHOWS_ATTEMPT,
    .choices = choices_sent,
    .edges = edges_sent,
};
