/* SPDX-License-Identifier: MIT */
/* The end of the walk: one more look, the verdict, and how to reach support. */
#include "steps/handover.h"
#include "steps/steps.h"
#include "steps/when.h"

/* What helps most, each once: whoever can mend it gets a text; whose sender is
 * to blame wants to know why. */
static const char *prefer_help(const struct trail *trail,
                               const struct settings *settings)
{
    const struct {
        const char *choice;
        const struct step *step;
        bool due;
    } helps[] = {
        {"letter", &step_letter_recipient,
         letter_for_recipient(trail, settings)},
        {"domain", &step_letter_domain, letter_for_domain(trail, settings)},
        {"past", &step_sender_past, when_sender_blamed(trail, settings)},
    };

    for (size_t i = 0; i < sizeof helps / sizeof *helps; i++)
        if (helps[i].due && !*trail_fact(trail, helps[i].step->name))
            return helps[i].choice;
    return "contact";
}

const struct step step_recheck = {
    .name = "recheck",
    .section = SECTION_CONTACT,
    .kind = STEP_LIVE,
    .title = T_RECHECK,
    .body = T_RECHECK_BODY,
    .live = LIVE_RECHECK,
    .shows = SHOWS_RECHECK,
    .choices = (const struct choice[]){{.name = "next", .label = T_GO_ON}, {0}},
    .edges = (const struct edge[]){{NULL, NULL, &step_verdict}},
};

const struct step step_verdict = {
    .name = "verdict",
    .section = SECTION_CONTACT,
    .kind = STEP_SUMMARY,
    .title = T_VERDICT,
    .body = T_VERDICT_BODY,
    .shows = SHOWS_VERDICT,
    .choices =
        (const struct choice[]){
            {.name = "contact", .label = T_VERDICT_CONTACT},
            {.name = "past",
             .label = T_VERDICT_PAST,
             .offered = when_sender_blamed},
            {.name = "letter",
             .label = T_VERDICT_LETTER,
             .offered = letter_for_recipient},
            {.name = "domain",
             .label = T_VERDICT_LETTER_DOMAIN,
             .offered = letter_for_domain},
            {.name = "send",
             .label = T_VERDICT_SEND,
             .offered = handover_offered},
            {.name = "restart", .label = T_VERDICT_RESTART},
            {0},
        },
    .edges =
        (const struct edge[]){
            {"restart", NULL, &step_start},
            {"send", NULL, &step_handover},
            {"past", NULL, &step_sender_past},
            {"letter", NULL, &step_letter_recipient},
            {"domain", NULL, &step_letter_domain},
            {NULL, NULL, &step_contact},
        },
    .prefer = prefer_help,
};

const struct step step_contact = {
    .name = "contact",
    .section = SECTION_CONTACT,
    .kind = STEP_PAGE,
    .title = T_CONTACT,
    .body = T_CONTACT_BODY,
    .choices = (const struct choice[]){{.name = "end", .label = T_END}, {0}},
};

static const struct choice choices_letter[] = {
    {.name = "back", .label = T_LETTER_BACK}, {0}};
static const struct edge edges_letter[] = {{NULL, NULL, &step_verdict}};

const struct step step_letter_recipient = {
    .name = "letter-recipient",
    .section = SECTION_CONTACT,
    .kind = STEP_PAGE,
    .title = T_LETTER_RECIPIENT,
    .body = T_LETTER_RECIPIENT_BODY,
    .letter = LETTER_RECIPIENT,
    .choices = choices_letter,
    .edges = edges_letter,
};

const struct step step_letter_domain = {
    .name = "letter-domain",
    .section = SECTION_CONTACT,
    .kind = STEP_PAGE,
    .title = T_LETTER_DOMAIN,
    .body = T_LETTER_DOMAIN_BODY,
    .letter = LETTER_DOMAIN,
    .choices = choices_letter,
    .edges = edges_letter,
};
