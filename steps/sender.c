/* SPDX-License-Identifier: MIT */
/* "Bloqueo del remitente por rebotes duros previos": another sender. */
#include "steps/steps.h"
#include "steps/when.h"

const struct step step_sender = {
    .name = "sender",
    .section = SECTION_SENDER,
    .kind = STEP_FORM,
    .title = T_SENDER,
    .body = T_SENDER_BODY,
    .fields =
        (const struct field[]){
            {"other_from", T_SENDER_FROM, T_SENDER_FROM_HINT, FIELD_ADDRESS,
             false},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "next", .label = T_GO_ON},
            {.name = "skip", .label = T_SENDER_SKIP, .skips = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"skip", NULL, &step_free},
            {NULL, when_via_manual, &step_manual},
            {NULL, NULL, &step_sender_confirm},
        },
};

const struct step step_sender_confirm = {
    .name = "sender_confirm",
    .section = SECTION_SENDER,
    .kind = STEP_ASK,
    .title = T_SENDER_CONFIRM,
    .body = T_CONFIRM_BODY,
    .choices = choices_confirm,
    .edges =
        (const struct edge[]){
            {"yes", NULL, &step_sender_send},
            {"change", NULL, &step_sender},
            {NULL, NULL, &step_free},
        },
    .headless = "yes",
};

const struct step step_sender_send = {
    .name = "sender_send",
    .section = SECTION_SENDER,
    .kind = STEP_LIVE,
    .title = T_SENDER_SEND,
    .body = T_SEND_BODY,
    .live = LIVE_SEND,
    .shows = SHOWS_ATTEMPT,
    .choices = choices_sent,
    .edges = edges_sent,
};
