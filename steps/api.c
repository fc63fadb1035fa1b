/* SPDX-License-Identifier: MIT */
/* "Integración a través de API": send the test and read the API's answer. */
#include "steps/steps.h"

const struct step step_api_confirm = {
    .name = "api_confirm",
    .section = SECTION_API,
    .kind = STEP_ASK,
    .title = T_API,
    .body = T_API_BODY,
    .choices = choices_first,
    .edges =
        (const struct edge[]){
            {"yes", NULL, &step_api_send},
            {"change", NULL, &step_who},
            {"access", NULL, &step_access_api},
            {NULL, NULL, &step_verdict},
        },
    .headless = "yes",
};

const struct step step_api_send = {
    .name = "api_send",
    .section = SECTION_API,
    .kind = STEP_LIVE,
    .title = T_API_SEND,
    .body = T_SEND_BODY,
    .live = LIVE_SEND,
    .shows = SHOWS_ATTEMPT,
    .choices = choices_sent,
    .edges = edges_sent,
};
