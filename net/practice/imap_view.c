/* SPDX-License-Identifier: MIT */
/* Folders, seen through one session. */
#include "net/practice/imap_view.h"

#include <string.h>
#include <strings.h>

#include "net/practice/trace.h"

static const char *const names[FOLDER_COUNT] = {"INBOX", "Correo no deseado"};

const char *imap_folder_name(enum folder folder)
{
    return names[folder];
}

enum folder imap_folder_from(const char *name)
{
    if (strcasecmp(name, names[FOLDER_INBOX]) == 0)
        return FOLDER_INBOX;
    return strcmp(name, names[FOLDER_JUNK]) == 0 ? FOLDER_JUNK : FOLDER_COUNT;
}

unsigned long imap_view_count(const struct imap_view *view, double now)
{
    const struct copy *copy = NULL;
    unsigned long count = 0;

    while ((copy = world_next_copy(view->world, view->address, view->folder,
                                   now, copy)) != NULL)
        count++;
    return count;
}

bool imap_view_next(const struct imap_view *view, struct imap_mail *mail)
{
    if (mail->number >= view->count)
        return false;
    mail->copy = world_next_copy(view->world, view->address, view->folder,
                                 world_now(view->world), mail->copy);
    mail->number++;
    mail->text = NULL;
    return mail->copy != NULL;
}

unsigned long imap_view_last_uid(const struct imap_view *view)
{
    struct imap_mail mail = {.number = 0};
    unsigned long uid = 0;

    while (imap_view_next(view, &mail))
        uid = mail.copy->uid;
    return uid;
}

int imap_mail_read(const struct imap_view *view, struct imap_mail *mail)
{
    mail->text = trace_copy(view->world, mail->copy, &mail->length);
    if (!mail->text)
        return -1;
    mail->head = letter_head(mail->text, mail->length);
    return 0;
}
