/* SPDX-License-Identifier: MIT */
/* Lifting the block of a contact: the cause is shown, it is asked for twice,
 * the second time by the address itself, and the test is sent again. */
#include "steps/steps.h"
#include "steps/when.h"

const struct step step_unblock = {
    .name = "unblock",
    .section = SECTION_SAME,
    .kind = STEP_ASK,
    .title = T_UNBLOCK,
    .body = T_UNBLOCK_BODY,
    .shows = SHOWS_HISTORY,
    .choices =
        (const struct choice[]){
            {.name = "no", .label = T_UNBLOCK_NO},
            {.name = "yes", .label = T_UNBLOCK_YES, .acts = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"yes", NULL, &step_retype},
            {NULL, NULL, &step_verdict},
        },
};

const struct step step_retype = {
    .name = "retype",
    .section = SECTION_SAME,
    .kind = STEP_FORM,
    .title = T_RETYPE,
    .body = T_RETYPE_BODY,
    .fields =
        (const struct field[]){
            {"retype", T_RETYPE_FIELD, T_RETYPE_HINT, FIELD_ADDRESS, false},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "next", .label = T_RETYPE_GO},
            {.name = "none", .label = T_UNBLOCK_NO, .skips = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"none", NULL, &step_verdict},
            {NULL, NULL, &step_unblock_send},
        },
    .headless = "none",
};

const struct step step_unblock_send = {
    .name = "unblock_send",
    .section = SECTION_SAME,
    .kind = STEP_LIVE,
    .title = T_UNBLOCK_SEND,
    .body = T_UNBLOCK_SEND_BODY,
    .live = LIVE_UNBLOCK,
    .shows = SHOWS_UNBLOCK,
    .choices = choices_sent,
    .edges = edges_sent,
};
