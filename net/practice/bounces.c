/* SPDX-License-Identifier: MIT */
/* Bounces: kept, found, lifted. */
#include "net/practice/bounces.h"

#include <stdlib.h>
#include <strings.h>

#define FIRST_ID 4323372036LL /* beyond 32 bits, as the service's are */

#define KIND(id, code, type, name, description, blocks, lifts)                 \
    {code, type, name, description, blocks, lifts},
static const struct bounce_kind kinds[] = {BOUNCE_TYPES(KIND)};

const struct bounce_kind *bounce_kind(enum bounce_type type)
{
    return &kinds[type];
}

void bounces_init(struct bounces *bounces)
{
    *bounces = (struct bounces){.last_id = FIRST_ID};
}

long long bounces_add(struct bounces *bounces, const struct bounce *bounce)
{
    struct bounce *added;

    if (bounces->count == bounces->room) {
        size_t room = bounces->room ? bounces->room * 2 : 8;

        if (room > BOUNCES_MAX)
            return -1;
        added = realloc(bounces->items, room * sizeof(*added));
        if (!added)
            return -1;
        bounces->items = added;
        bounces->room = room;
    }
    added = &bounces->items[bounces->count++];
    *added = *bounce;
    added->id = ++bounces->last_id;
    added->inactive = kinds[bounce->type].blocks;
    return added->id;
}

static int newest_first(const void *a, const void *b)
{
    const struct bounce *const *x = a, *const *y = b;

    if ((*x)->at != (*y)->at)
        return (*x)->at < (*y)->at ? 1 : -1;
    return (*x)->id < (*y)->id ? 1 : -1;
}

size_t bounces_seen(const struct bounces *bounces, double now,
                    const struct bounce **out, size_t max)
{
    size_t count = 0;

    for (size_t i = 0; i < bounces->count && count < max; i++)
        if (bounces->items[i].at <= now)
            out[count++] = &bounces->items[i];
    qsort(out, count, sizeof(*out), newest_first);
    return count;
}

struct bounce *bounces_find(const struct bounces *bounces, long long id,
                            double now)
{
    for (size_t i = 0; i < bounces->count; i++)
        if (bounces->items[i].id == id && bounces->items[i].at <= now)
            return &bounces->items[i];
    return NULL;
}

static bool blocks(const struct bounce *bounce, const char *address, double now)
{
    return bounce->inactive && bounce->at <= now &&
           strcasecmp(bounce->to, address) == 0;
}

bool bounces_block(const struct bounces *bounces, const char *address,
                   double now)
{
    for (size_t i = 0; i < bounces->count; i++)
        if (blocks(&bounces->items[i], address, now))
            return true;
    return false;
}

size_t bounces_inactive(const struct bounces *bounces, double now)
{
    size_t count = 0;

    for (size_t i = 0; i < bounces->count; i++) {
        const char *address = bounces->items[i].to;
        bool first = blocks(&bounces->items[i], address, now);

        for (size_t k = 0; k < i && first; k++)
            first = !blocks(&bounces->items[k], address, now);
        count += first;
    }
    return count;
}

void bounces_activate(struct bounces *bounces, const char *address, double now)
{
    for (size_t i = 0; i < bounces->count; i++)
        if (blocks(&bounces->items[i], address, now))
            bounces->items[i].inactive = false;
}

void bounces_release(struct bounces *bounces)
{
    free(bounces->items);
    bounces_init(bounces);
}
