/* SPDX-License-Identifier: MIT */
/* What the sections share: confirming, the way on after a send, asking the
 * person, waiting, the remedy for a refusal, the contact's past. */
#include "steps/steps.h"
#include "steps/when.h"

const struct choice choices_confirm[] = {
    {.name = "no", .label = T_CONFIRM_NO},
    {.name = "yes", .label = T_CONFIRM_YES, .acts = true},
    {.name = "change", .label = T_CONFIRM_CHANGE},
    {0},
};

const struct choice choices_first[] = {
    {.name = "no", .label = T_CONFIRM_NO},
    {.name = "yes", .label = T_CONFIRM_YES, .acts = true},
    {.name = "change", .label = T_CONFIRM_CHANGE},
    {.name = "access", .label = T_CONFIRM_ACCESS, .offered = when_typed_access},
    {0},
};

const struct choice choices_sent[] = {
    {.name = "next", .label = T_GO_ON},
    {.name = "change", .label = T_SENT_CHANGE, .offered = when_suppressed},
    {.name = "unblock", .label = T_SENT_UNBLOCK, .offered = when_can_lift},
    {.name = "wait", .label = T_SENT_WAIT, .offered = when_waiting},
    {0},
};

/* A refusal first: then nothing was sent that could arrive. What was seen
 * comes before what is unsure; the next section only when nothing is left. */
#define EDGES_UNSENT                                                           \
    {"change", NULL, &step_who}, {"unblock", NULL, &step_unblock},             \
        {NULL, when_not_lifted, &step_verdict},                                \
        {NULL, when_stopped, &step_remedy},                                    \
        {NULL, when_free_failed, &step_remedy},                                \
        {NULL, when_history_known, &step_verdict},                             \
        {NULL, when_suppressed, &step_history},                                \
        {NULL, when_refused, &step_remedy},                                    \
    {                                                                          \
        "wait", NULL, &step_wait                                               \
    }
#define EDGES_SEEN                                                             \
    {NULL, when_seen_recheck, &step_recheck},                                  \
    {                                                                          \
        NULL, when_seen, &step_verdict                                         \
    }
#define EDGES_UNSEEN                                                           \
    {NULL, when_dead, &step_verdict}, {NULL, when_lost, &step_remedy},         \
        {NULL, when_first, &step_sender}, {NULL, when_sender, &step_free},     \
        {NULL, when_recheck, &step_recheck},                                   \
    {                                                                          \
        NULL, NULL, &step_verdict                                              \
    }

const struct edge edges_sent[] = {
    EDGES_UNSENT,
    EDGES_SEEN,
    {NULL, when_must_ask, &step_ask},
    EDGES_UNSEEN,
};

const struct step step_manual = {
    .name = "manual",
    .section = SECTION_SAME,
    .kind = STEP_LIVE,
    .title = T_MANUAL,
    .body = T_MANUAL_BODY,
    .live = LIVE_MANUAL,
    .choices =
        (const struct choice[]){
            {.name = "sent", .label = T_MANUAL_SENT, .sent = OUTCOME_ACCEPTED},
            {.name = "cannot",
             .label = T_MANUAL_CANNOT,
             .sent = OUTCOME_UNKNOWN},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"cannot", when_first, &step_verdict},
            {"cannot", when_sender, &step_free},
            {"cannot", when_recheck, &step_recheck},
            {"cannot", NULL, &step_verdict},
            {NULL, when_recheck, &step_wait},
            {NULL, NULL, &step_ask},
        },
    .headless = "cannot",
};

const struct step step_ask = {
    .name = "ask",
    .section = SECTION_SAME,
    .kind = STEP_ASK,
    .title = T_ASK,
    .body = T_ASK_BODY,
    .choices =
        (const struct choice[]){
            {.name = "inbox", .label = T_ASK_INBOX, .says = OUTCOME_IN_INBOX},
            {.name = "spam", .label = T_ASK_SPAM, .says = OUTCOME_IN_SPAM},
            {.name = "no", .label = T_ASK_NO, .says = OUTCOME_NOT_SEEN},
            {.name = "wait", .label = T_ASK_WAIT},
            {.name = "notice", .label = T_ASK_NOTICE},
            {.name = "mailbox",
             .label = T_ASK_MAILBOX,
             .offered = when_mailbox_unread},
            {.name = "cannot", .label = T_ASK_CANNOT},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"wait", NULL, &step_later},
            {"notice", NULL, &step_notice},
            {"mailbox", NULL, &step_mailbox},
            {"spam", NULL, &step_copy},
            EDGES_SEEN,
            EDGES_UNSEEN,
        },
    .headless = "cannot",
};

const struct step step_later = {
    .name = "later",
    .section = SECTION_SAME,
    .kind = STEP_ASK,
    .title = T_LATER,
    .body = T_LATER_BODY,
    .choices =
        (const struct choice[]){
            {.name = "wait", .label = T_LATER_WAIT, .offered = when_recheck},
            {.name = "look", .label = T_LATER_LOOK},
            {.name = "next", .label = T_LATER_NEXT},
            {.name = "leave", .label = T_LATER_LEAVE, .leaves = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"wait", NULL, &step_wait},
            {"look", NULL, &step_ask},
            EDGES_UNSEEN,
        },
    .headless = "next",
};

const struct step step_wait = {
    .name = "wait",
    .section = SECTION_SAME,
    .kind = STEP_LIVE,
    .title = T_WAIT,
    .body = T_WAIT_BODY,
    .live = LIVE_ARRIVAL,
    .shows = SHOWS_ATTEMPT,
    .choices = choices_sent,
    .edges = edges_sent,
};

const struct step step_notice = {
    .name = "notice_text",
    .section = SECTION_SAME,
    .kind = STEP_FORM,
    .title = T_NOTICE,
    .body = T_NOTICE_BODY,
    .fields =
        (const struct field[]){
            {"notice", T_NOTICE_FIELD, T_NOTICE_HINT, FIELD_BLOCK, false},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "next", .label = T_GO_ON},
            {.name = "none", .label = T_NOTICE_NONE, .skips = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"none", NULL, &step_ask},
            {NULL, NULL, &step_returned},
        },
    .headless = "none",
};

const struct step step_returned = {
    .name = "returned",
    .section = SECTION_SAME,
    .kind = STEP_LIVE,
    .title = T_RETURNED,
    .body = T_RETURNED_BODY,
    .live = LIVE_NOTICE,
    .shows = SHOWS_ATTEMPT,
    .choices = (const struct choice[]){{.name = "next", .label = T_GO_ON}, {0}},
    .edges =
        (const struct edge[]){
            {NULL, when_free_failed, &step_remedy},
            {NULL, when_delayed, &step_later},
            EDGES_UNSEEN,
        },
};

const struct step step_history = {
    .name = "history",
    .section = SECTION_SAME,
    .kind = STEP_LIVE,
    .title = T_HISTORY,
    .body = T_HISTORY_BODY,
    .live = LIVE_HISTORY,
    .shows = SHOWS_HISTORY,
    .choices = choices_sent,
    .edges =
        (const struct edge[]){
            {"change", NULL, &step_who},
            {"unblock", NULL, &step_unblock},
            {"wait", NULL, &step_wait},
            {NULL, NULL, &step_verdict},
        },
};

const struct step step_remedy = {
    .name = "remedy",
    .section = SECTION_SAME,
    .kind = STEP_PAGE,
    .title = T_REMEDY,
    .body = T_REMEDY_BODY,
    .shows = SHOWS_ATTEMPT,
    .choices =
        (const struct choice[]){
            {.name = "finish", .label = T_REMEDY_FINISH},
            {.name = "again", .label = T_REMEDY_AGAIN},
            {.name = "change", .label = T_REMEDY_CHANGE, .offered = when_first},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"again", when_first_api, &step_api_confirm},
            {"again", when_first_smtp, &step_smtp_confirm},
            {"again", when_sender, &step_sender},
            {"again", when_free, &step_free},
            {"change", when_refused_key, &step_access_api},
            {"change", when_refused_login, &step_access_smtp},
            {"change", NULL, &step_who},
            {NULL, when_first, &step_verdict},
            {NULL, when_sender, &step_free},
            {NULL, when_recheck, &step_recheck},
            {NULL, NULL, &step_verdict},
        },
    .headless = "finish",
};
