/* SPDX-License-Identifier: MIT */
/* The opening: what was sent, from whom, to whom, and what access there is. */
#include "steps/steps.h"
#include "steps/when.h"

/* Access to the recipient's mailbox last: it is what one can do without. */
#define EDGES_ACCESS                                                           \
    {NULL, when_wants_mailbox, &step_mailbox},                                 \
        {NULL, when_mailbox_closed, &step_mailbox_closed}, EDGES_CHANNEL

static const char *prefer_via(const struct trail *trail,
                              const struct settings *settings)
{
    (void)trail;
    return settings->via[0] ? settings->via : "api";
}

const struct step step_start = {
    .name = "start",
    .section = SECTION_OPENING,
    .kind = STEP_ASK,
    .title = T_START,
    .body = T_START_BODY,
    .choices =
        (const struct choice[]){
            {.name = "api", .label = T_START_API},
            {.name = "smtp", .label = T_START_SMTP},
            {.name = "unknown", .label = T_START_UNKNOWN},
            {0},
        },
    .edges = (const struct edge[]){{NULL, NULL, &step_who}},
    .prefer = prefer_via,
};

const struct step step_who = {
    .name = "who",
    .section = SECTION_OPENING,
    .kind = STEP_FORM,
    .title = T_WHO,
    .body = T_WHO_BODY,
    .fields =
        (const struct field[]){
            {"from", T_WHO_FROM, T_WHO_FROM_HINT, FIELD_ADDRESS, false},
            {"to", T_WHO_TO, T_WHO_TO_HINT, FIELD_ADDRESS, false},
            {0},
        },
    .choices = (const struct choice[]){{.name = "next", .label = T_GO_ON}, {0}},
    .edges =
        (const struct edge[]){
            {NULL, when_wants_api, &step_access_api},
            {NULL, when_wants_smtp, &step_access_smtp},
            EDGES_ACCESS,
        },
};

const struct step step_access_api = {
    .name = "access_api",
    .section = SECTION_OPENING,
    .kind = STEP_FORM,
    .title = T_ACCESS_API,
    .body = T_ACCESS_API_BODY,
    .fields =
        (const struct field[]){
            {"api_key", T_ACCESS_KEY, T_ACCESS_KEY_HINT, FIELD_SECRET, false},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "next", .label = T_GO_ON},
            {.name = "none", .label = T_ACCESS_NONE, .skips = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"none", when_wants_smtp, &step_access_smtp},
            EDGES_ACCESS,
        },
    .headless = "none",
};

const struct step step_access_smtp = {
    .name = "access_smtp",
    .section = SECTION_OPENING,
    .kind = STEP_FORM,
    .title = T_ACCESS_SMTP,
    .body = T_ACCESS_SMTP_BODY,
    .fields =
        (const struct field[]){
            {"server", T_ACCESS_SERVER, T_ACCESS_SERVER_HINT, FIELD_SERVER,
             false},
            {"user", T_ACCESS_USER, T_ACCESS_USER_HINT, FIELD_TEXT, true},
            {"password", T_ACCESS_PASSWORD, T_ACCESS_PASSWORD_HINT,
             FIELD_SECRET, true},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "next", .label = T_GO_ON},
            {.name = "none", .label = T_ACCESS_NONE, .skips = true},
            {0},
        },
    .edges = (const struct edge[]){EDGES_ACCESS},
    .headless = "none",
};

const struct step step_earlier = {
    .name = "earlier",
    .section = SECTION_OPENING,
    .kind = STEP_LIVE,
    .title = T_EARLIER,
    .body = T_EARLIER_BODY,
    .live = LIVE_EARLIER,
    .shows = SHOWS_EARLIER,
    .choices = (const struct choice[]){{.name = "next", .label = T_GO_ON}, {0}},
    .edges =
        (const struct edge[]){
            {NULL, when_via_api, &step_api_confirm},
            {NULL, when_via_smtp, &step_smtp_confirm},
            {NULL, NULL, &step_manual},
        },
};
