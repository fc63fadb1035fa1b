/* SPDX-License-Identifier: MIT */
/* "Integración vía SMTP": the same test over SMTP. */
#include "steps/steps.h"

const struct step step_smtp_confirm = {
    .name = "smtp_confirm",
    .section = SECTION_SMTP,
    .kind = STEP_ASK,
    .title = T_SMTP,
    .body = T_SMTP_BODY,
    .choices = choices_first,
    .edges =
        (const struct edge[]){
            {"yes", NULL, &step_smtp_send},
            {"change", NULL, &step_who},
            {"access", NULL, &step_access_smtp},
            {NULL, NULL, &step_verdict},
        },
    .headless = "yes",
};

const struct step step_smtp_send = {
    .name = "smtp_send",
    .section = SECTION_SMTP,
    .kind = STEP_LIVE,
    .title = T_SMTP_SEND,
    .body = T_SEND_BODY,
    .live = LIVE_SEND,
    .shows = SHOWS_ATTEMPT,
    .choices = choices_sent,
    .edges = edges_sent,
};
