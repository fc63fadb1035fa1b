/* SPDX-License-Identifier: MIT */
/* Mails of an earlier run, handed in again. */
#include "net/practice/again.h"

#include <stdio.h>

#include "net/practice/moment.h"
#include "net/practice/pile.h"

static void compose(struct pile *raw, const struct world *world,
                    const struct handed *mail, const char *id)
{
    char date[MOMENT_SIZE];

    moment_mail(date, world_calendar(world, -mail->ago));
    pile_format(raw, "Date: %s\r\nMessage-ID: <%s@practica.example>\r\n", date,
                id);
    pile_format(raw, "From: %s\r\nTo: %s\r\nSubject: %s\r\n", mail->from,
                mail->to, mail->subject);
    pile_format(raw, "X-Nollego-Token: %s\r\n\r\n%s\r\n", mail->token,
                mail->subject);
}

static int submit(struct world *world, const struct handed *mail)
{
    struct seated to = {.seat = SEAT_TO};
    struct draft draft = {.smtp = mail->smtp,
                          .people = &to,
                          .people_count = 1,
                          .subject = mail->subject,
                          .tag = "",
                          .stream = "outbound"};
    struct pile whole;
    int result = -1;

    snprintf(to.person.address, sizeof(to.person.address), "%s", mail->to);
    snprintf(draft.from.address, sizeof(draft.from.address), "%s", mail->from);
    if (mail->id[0])
        snprintf(draft.id, sizeof(draft.id), "%.*s", UUID_SIZE - 1, mail->id);
    else if (draw_uuid(draft.id) != 0)
        return -1;
    pile_init(&whole, LETTER_MAX);
    compose(&whole, world, mail, draft.id);
    draft.raw = whole.bytes;
    draft.raw_length = whole.length;
    if (!whole.over)
        result = world_submit(world, &draft, -mail->ago);
    pile_release(&whole);
    return result;
}

int again_submit(struct world *world, const struct handed *mails, size_t count)
{
    if (plot_faults(world->scenario) != 0)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (submit(world, &mails[i]) != 0)
            return -1;
    return 0;
}
