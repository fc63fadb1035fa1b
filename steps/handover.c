/* SPDX-License-Identifier: MIT */
/* The report on its way to support, by the channel that worked in this walk. */
#include "steps/handover.h"

#include <stdio.h>
#include <string.h>

#include "steps/blanks.h"
#include "steps/judge.h"
#include "steps/report.h"
#include "steps/steps.h"

static bool is_open(enum via via, const struct settings *settings)
{
    return (via == VIA_API && settings_has_api(settings)) ||
           (via == VIA_SMTP && settings_has_smtp(settings));
}

const struct attempt *handover_way(const struct trail *trail,
                                   const struct settings *settings)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);

    while (count-- > 0)
        if (attempts[count].sent == OUTCOME_ACCEPTED &&
            is_open(attempts[count].via, settings))
            return &attempts[count];
    return NULL;
}

static bool may_have_gone(const struct trail *trail)
{
    const struct attempt *handover = trail_handover(trail);

    return handover && handover->sent != OUTCOME_REFUSED &&
           handover->sent != OUTCOME_NONE;
}

bool handover_offered(const struct trail *trail,
                      const struct settings *settings)
{
    struct verdict verdict;

    judge(&verdict, trail);
    return verdict.cause != CAUSE_ARRIVED && !may_have_gone(trail) &&
           handover_way(trail, settings);
}

void handover_subject(const struct trail *trail, char *out)
{
    struct report report;

    snprintf(out, SUBJECT_MAX, "%s", trail_fact(trail, "support_subject"));
    if (*out || report_build(&report, trail) != 0)
        return;
    snprintf(out, SUBJECT_MAX, "%s", report.support_subject);
    report_release(&report);
}

static void add(char *out, const char *text)
{
    size_t length = strlen(out);

    snprintf(out + length, BODY_MAX - length, "%s\n\n", text);
}

/* The verdict in a sentence; all else is in the report that goes with it. */
static void add_verdict(const struct trail *trail, char *out)
{
    struct verdict verdict;
    struct blanks blanks = {trail, NULL, NULL};
    char sentence[1024];

    judge(&verdict, trail);
    blanks_fill(sentence, sizeof sentence, text(cause_meaning(verdict.cause)),
                &blanks);
    add(out, sentence);
}

void handover_text(const struct trail *trail, char *out)
{
    struct blanks blanks = {trail, NULL, NULL};
    char sentence[1024];

    out[0] = '\0';
    add(out, text(T_SUPPORT_GREETING));
    add(out, text(T_SUPPORT_INTRO));
    add_verdict(trail, out);
    if (*trail_fact(trail, "support_note"))
        add(out, trail_fact(trail, "support_note"));
    add(out, text(T_HANDOVER_ATTACHED));
    if (*trail_fact(trail, "support_reply")) {
        blanks_fill(sentence, sizeof sentence, text(T_HANDOVER_REPLY), &blanks);
        add(out, sentence);
    }
    add(out, text(T_SUPPORT_CLOSE));
    out[strlen(out) - 1] = '\0'; /* one line end is enough */
}

/* --- the steps --- */

const struct step step_handover = {
    .name = "handover",
    .section = SECTION_CONTACT,
    .kind = STEP_FORM,
    .title = T_HANDOVER,
    .body = T_HANDOVER_BODY,
    .fields =
        (const struct field[]){
            {"support_reply", T_HANDOVER_REPLY_TO, T_HANDOVER_REPLY_TO_HINT,
             FIELD_ADDRESS, false},
            {"support_note", T_HANDOVER_NOTE, T_HANDOVER_NOTE_HINT, FIELD_TEXT,
             true},
            {"support_subject", T_HANDOVER_SUBJECT, T_HANDOVER_SUBJECT_HINT,
             FIELD_TEXT, true},
            {0},
        },
    .choices =
        (const struct choice[]){
            {.name = "look", .label = T_HANDOVER_LOOK},
            {.name = "no", .label = T_HANDOVER_NO, .skips = true},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"no", NULL, &step_verdict},
            {NULL, NULL, &step_handover_confirm},
        },
};

const struct step step_handover_confirm = {
    .name = "handover-confirm",
    .section = SECTION_CONTACT,
    .kind = STEP_ASK,
    .title = T_HANDOVER_CONFIRM,
    .body = T_HANDOVER_CONFIRM_BODY,
    .choices =
        (const struct choice[]){
            {.name = "no", .label = T_HANDOVER_NO},
            {.name = "yes",
             .label = T_HANDOVER_YES,
             .acts = true,
             .offered = handover_offered},
            {.name = "change", .label = T_HANDOVER_CHANGE},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"yes", NULL, &step_handed},
            {"change", NULL, &step_handover},
            {NULL, NULL, &step_verdict},
        },
};

const struct step step_handed = {
    .name = "handed",
    .section = SECTION_CONTACT,
    .kind = STEP_LIVE,
    .title = T_HANDED,
    .body = T_HANDED_BODY,
    .live = LIVE_HANDOVER,
    .shows = SHOWS_HANDOVER,
    .choices = (const struct choice[]){{.name = "next", .label = T_GO_ON}, {0}},
    .edges = (const struct edge[]){{NULL, NULL, &step_contact}},
};
