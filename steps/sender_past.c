/* SPDX-License-Identifier: MIT */
/* "Revisar el historial de rebotes duros y limpiar la lista": what came back
 * of all that the sender wrote. */
#include "steps/steps.h"

const struct step step_sender_past = {
    .name = "sender_past",
    .section = SECTION_CONTACT,
    .kind = STEP_LIVE,
    .title = T_SENDER_PAST,
    .body = T_SENDER_PAST_BODY,
    .live = LIVE_SENDER_PAST,
    .shows = SHOWS_SENDER_PAST,
    .choices =
        (const struct choice[]){
            {.name = "back", .label = T_SENDER_PAST_BACK},
            {0},
        },
    .edges = (const struct edge[]){{NULL, NULL, &step_verdict}},
};
