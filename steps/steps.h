/* SPDX-License-Identifier: MIT */
/* Every step by name, for the edges between the sections' tables. */
#ifndef STEPS_STEPS_H
#define STEPS_STEPS_H

#include "steps/step.h"

/* steps/opening.c */
extern const struct step step_start, step_who, step_access_api,
    step_access_smtp, step_earlier;
/* steps/mailbox.c */
extern const struct step step_mailbox, step_mailbox_closed;
/* steps/api.c, steps/smtp.c */
extern const struct step step_api_confirm, step_api_send;
extern const struct step step_smtp_confirm, step_smtp_send;
/* steps/sender.c, steps/free.c */
extern const struct step step_sender, step_sender_confirm, step_sender_send;
extern const struct step step_free, step_free_confirm, step_free_send;
/* steps/arrival.c: shared by the sections */
extern const struct step step_manual, step_ask, step_later, step_wait,
    step_notice, step_returned, step_history, step_remedy;
/* steps/copy.c */
extern const struct step step_copy, step_copy_read;
/* steps/unblock.c */
extern const struct step step_unblock, step_retype, step_unblock_send;
/* steps/sender_past.c */
extern const struct step step_sender_past;
/* steps/contact.c */
extern const struct step step_recheck, step_verdict, step_contact;
/* steps/handover.c */
extern const struct step step_handover, step_handover_confirm, step_handed;
extern const struct step step_letter_recipient, step_letter_domain;

/* steps/door.c: before the walk; each ends by itself */
extern const struct step step_door, step_door_unknown, step_door_key,
    step_door_password, step_door_mail;
extern const struct step *const door_steps[];

/* The choices and edges after any send (steps/arrival.c). */
extern const struct choice choices_first[], choices_confirm[], choices_sent[];
extern const struct edge edges_sent[];

/* The last edges of the opening: with a key there is a past to look into; then
 * the section of the channel. */
#define EDGES_CHANNEL                                                          \
    {NULL, when_has_api, &step_earlier},                                       \
        {NULL, when_via_smtp, &step_smtp_confirm},                             \
    {                                                                          \
        NULL, NULL, &step_manual                                               \
    }

#endif
