/* SPDX-License-Identifier: MIT */
/* The folders of a mailbox that are looked into. */
#include "net/imap_boxes.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/imap_name.h"

/* Room is left for those that are more than a folder of somebody's own. */
#define REST_MAX (IMAP_BOXES_MAX - 8)

static bool is_known(const struct imap_boxes *boxes, const char *name)
{
    for (int i = 0; i < boxes->count; i++)
        if (strcmp(boxes->all[i].name, name) == 0)
            return true;
    return false;
}

static void add(struct imap_boxes *boxes, const struct imap_box *box)
{
    if (boxes->count == IMAP_BOXES_MAX || is_known(boxes, box->name) ||
        (box->role == ROLE_REST && boxes->rest == REST_MAX))
        return;
    boxes->rest += box->role == ROLE_REST;
    boxes->all[boxes->count++] = *box;
}

void imap_boxes_init(struct imap_boxes *boxes)
{
    static const struct imap_box inbox = {ROLE_INBOX, false, "INBOX", "INBOX"};

    boxes->count = boxes->rest = 0;
    add(boxes, &inbox);
}

void imap_boxes_take(struct imap_boxes *boxes,
                     const struct imap_response *response)
{
    struct imap_folder folder;
    struct imap_box box = {.role = ROLE_REST};

    if (!imap_read_folder(&folder, response) || folder.hollow || folder.own ||
        strcasecmp(folder.name, "INBOX") == 0)
        return;
    snprintf(box.name, sizeof(box.name), "%s", folder.name);
    imap_name_decode(box.shown, sizeof(box.shown), folder.name);
    box.named = !folder.junk && imap_name_is_spam(box.shown, folder.delimiter);
    if (folder.junk || box.named)
        box.role = ROLE_SPAM;
    else if (folder.all)
        box.role = ROLE_ALL;
    add(boxes, &box);
}

static bool is_flagged(const struct imap_boxes *boxes)
{
    for (int i = 0; i < boxes->count; i++)
        if (boxes->all[i].role == ROLE_SPAM && !boxes->all[i].named)
            return true;
    return false;
}

static void sort(struct imap_boxes *boxes)
{
    for (int i = 1; i < boxes->count; i++)
        for (int j = i; j > 0 && boxes->all[j].role < boxes->all[j - 1].role;
             j--) {
            struct imap_box box = boxes->all[j];

            boxes->all[j] = boxes->all[j - 1];
            boxes->all[j - 1] = box;
        }
}

void imap_boxes_settle(struct imap_boxes *boxes)
{
    bool flagged = is_flagged(boxes);

    boxes->rest = 0;
    for (int i = 0; i < boxes->count; i++) {
        struct imap_box *box = &boxes->all[i];

        if (flagged && box->role == ROLE_SPAM && box->named)
            box->role = ROLE_REST;
        boxes->rest += box->role == ROLE_REST;
    }
    sort(boxes);
}

bool imap_boxes_have(const struct imap_boxes *boxes, enum imap_role role)
{
    for (int i = 0; i < boxes->count; i++)
        if (boxes->all[i].role == role)
            return true;
    return false;
}

enum imap_place imap_role_place(enum imap_role role)
{
    static const enum imap_place places[] = {
        [ROLE_INBOX] = PLACE_INBOX,
        [ROLE_SPAM] = PLACE_SPAM,
        [ROLE_ALL] = PLACE_OTHER,
        [ROLE_REST] = PLACE_OTHER,
    };

    return places[role];
}
