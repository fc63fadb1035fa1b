/* SPDX-License-Identifier: MIT */
/* Before a walk that goes on: whether it shall, and the secrets that it had,
 * which are not kept. These steps stand by themselves, one walk each. */
#include "steps/steps.h"

/* A secret that is not at hand any more is gone on without. */
#define SECRET_STEP(key_, label_, hint_, body_)                                \
    {                                                                          \
        .name = "door_" key_, .section = SECTION_OPENING, .kind = STEP_FORM,   \
        .title = T_DOOR_SECRET, .body = body_,                                 \
        .fields =                                                              \
            (const struct field[]){                                            \
                {key_, label_, hint_, FIELD_SECRET, false},                    \
                {0},                                                           \
            },                                                                 \
        .choices = (const struct choice[]){                                    \
            {.name = "next", .label = T_GO_ON},                                \
            {.name = "none", .label = T_DOOR_WITHOUT, .skips = true},          \
            {0},                                                               \
        },                                                                     \
    }

static const struct choice choices[] = {
    {.name = "resume", .label = T_DOOR_RESUME},
    {.name = "begin", .label = T_DOOR_BEGIN},
    {.name = "report", .label = T_DOOR_REPORT},
    {0},
};

const struct step step_door = {
    .name = "door",
    .section = SECTION_OPENING,
    .kind = STEP_ASK,
    .title = T_DOOR,
    .body = T_DOOR_BODY,
    .choices = choices,
};

/* It was left before the addresses were given. */
const struct step step_door_unknown = {
    .name = "door_unknown",
    .section = SECTION_OPENING,
    .kind = STEP_ASK,
    .title = T_DOOR,
    .body = T_DOOR_EARLY_BODY,
    .choices = choices,
};

const struct step step_door_key =
    SECRET_STEP("api_key", T_ACCESS_KEY, T_ACCESS_KEY_HINT, T_DOOR_SECRET_BODY);
const struct step step_door_password = SECRET_STEP(
    "password", T_ACCESS_PASSWORD, T_ACCESS_PASSWORD_HINT, T_DOOR_SECRET_BODY);
const struct step step_door_mail =
    SECRET_STEP("mail_password", T_ACCESS_PASSWORD, T_ACCESS_PASSWORD_HINT,
                T_DOOR_MAIL_BODY);

const struct step *const door_steps[] = {
    &step_door,          &step_door_unknown, &step_door_key,
    &step_door_password, &step_door_mail,    NULL,
};
