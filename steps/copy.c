/* SPDX-License-Identifier: MIT */
/* The person found it in spam: why, from the header that they paste. */
#include "steps/steps.h"
#include "steps/when.h"

const struct step step_copy = {
    .name = "copy",
    .section = SECTION_SAME,
    .kind = STEP_FORM,
    .title = T_COPY,
    .body = T_COPY_BODY,
    .fields =
        (const struct field[]){
            {"header", T_COPY_FIELD, T_COPY_HINT, FIELD_BLOCK, false},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "next", .label = T_GO_ON},
            {.name = "none", .label = T_COPY_NONE, .skips = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"next", NULL, &step_copy_read},
            {NULL, when_recheck, &step_recheck},
            {NULL, NULL, &step_verdict},
        },
    .headless = "none",
};

const struct step step_copy_read = {
    .name = "copy_read",
    .section = SECTION_SAME,
    .kind = STEP_LIVE,
    .title = T_COPY_READ,
    .body = T_COPY_READ_BODY,
    .live = LIVE_COPY,
    .shows = SHOWS_COPY,
    .choices = (const struct choice[]){{.name = "next", .label = T_GO_ON}, {0}},
    .edges =
        (const struct edge[]){
            {NULL, when_recheck, &step_recheck},
            {NULL, NULL, &step_verdict},
        },
};
