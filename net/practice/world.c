/* SPDX-License-Identifier: MIT */
/* The world: its clock, what is handed in and what becomes of it. */
#include "net/practice/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "net/practice/moment.h"

#define DAYS_KEPT 45 /* by the service */

static double clock_seconds(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int add_past(struct world *world)
{
    size_t count;
    const struct past *past = plot_past(world->scenario, &count);

    for (size_t i = 0; i < count; i++) {
        struct bounce bounce = {.type = past[i].type,
                                .at = -86400 * past[i].days_ago};

        if (draw_uuid(bounce.message_id) != 0)
            return -1;
        snprintf(bounce.from, sizeof(bounce.from), "%s", past[i].from);
        snprintf(bounce.to, sizeof(bounce.to), "%s", past[i].to);
        snprintf(bounce.subject, sizeof(bounce.subject), "%s", past[i].subject);
        plot_fill(bounce.details, sizeof(bounce.details), past[i].words,
                  past[i].to);
        if (bounces_add(&world->bounces, &bounce) < 0)
            return -1;
    }
    return 0;
}

int world_init(struct world *world, enum scenario scenario, struct error *err)
{
    *world = (struct world){
        .scenario = scenario,
        .started = clock_seconds(CLOCK_MONOTONIC),
        .calendar = clock_seconds(CLOCK_REALTIME),
    };
    pthread_mutex_init(&world->lock, NULL);
    bounces_init(&world->bounces);
    if (add_past(world) != 0) {
        world_release(world);
        return error_set(err, "no memory for the practice world");
    }
    return 0;
}

void world_lock(struct world *world)
{
    pthread_mutex_lock(&world->lock);
}

void world_unlock(struct world *world)
{
    pthread_mutex_unlock(&world->lock);
}

double world_now(const struct world *world)
{
    return clock_seconds(CLOCK_MONOTONIC) - world->started;
}

double world_calendar(const struct world *world, double at)
{
    return world->calendar + at;
}

static void message_free(struct message *message)
{
    if (!message)
        return;
    free(message->subject);
    free(message->tag);
    free(message->stream);
    free(message->text);
    free(message->html);
    free(message->raw);
    free(message->recipients);
    free(message);
}

static char *copied(const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);

    if (copy) {
        memcpy(copy, bytes, length);
        copy[length] = '\0';
    }
    return copy;
}

static struct message *message_of(const struct draft *draft, double now)
{
    struct message *message = calloc(1, sizeof(*message));

    if (!message)
        return NULL;
    memcpy(message->id, draft->id, sizeof(message->id));
    message->at = now;
    message->from = draft->from;
    message->subject = strdup(draft->subject);
    message->tag = strdup(draft->tag);
    message->stream = strdup(draft->stream);
    message->text = draft->text ? strdup(draft->text) : NULL;
    message->html = draft->html ? strdup(draft->html) : NULL;
    message->raw = copied(draft->raw, draft->raw_length);
    message->raw_length = draft->raw_length;
    message->recipients =
        calloc(draft->people_count + 1, sizeof(*message->recipients));
    if (message->subject && message->tag && message->stream && message->raw &&
        message->recipients && !(draft->text && !message->text) &&
        !(draft->html && !message->html))
        return message;
    message_free(message);
    return NULL;
}

/* When the recipient's server says its last word. */
static double answered_at(const struct message *message,
                          const struct fate *fate)
{
    return message->at + (fate->put_off ? GREY_AFTER : TOLD_AFTER);
}

static void fill_bounce(struct bounce *bounce, const struct message *message,
                        const char *to, const char *words)
{
    memcpy(bounce->message_id, message->id, sizeof(message->id));
    snprintf(bounce->from, sizeof(bounce->from), "%s", message->from.address);
    snprintf(bounce->to, sizeof(bounce->to), "%s", to);
    snprintf(bounce->subject, sizeof(bounce->subject), "%s", message->subject);
    snprintf(bounce->tag, sizeof(bounce->tag), "%s", message->tag);
    plot_fill(bounce->details, sizeof(bounce->details), words, to);
}

static void add_bounce(struct world *world, const struct message *message,
                       struct recipient *recipient)
{
    const struct fate *fate = recipient->fate;
    struct bounce bounce = {.type = fate->type,
                            .at = answered_at(message, fate)};
    long long id;

    fill_bounce(&bounce, message, recipient->who.person.address, fate->words);
    id = bounces_add(&world->bounces, &bounce);
    recipient->bounce = id > 0 ? id : 0;
    for (unsigned i = 1; i <= fate->before; i++) {
        bounce.at = -(double)i * 86400 * DAYS_KEPT / (fate->before + 1);
        bounces_add(&world->bounces, &bounce);
    }
}

/* The copies are kept in the order in which they land; those that have landed
 * lie before any that is added now, so their places never change. */
static void add_copy(struct world *world, const struct message *message,
                     const struct recipient *recipient)
{
    struct copy copy = {
        .message = message,
        .recipient = recipient,
        .folder =
            recipient->fate->kind == FATE_JUNK ? FOLDER_JUNK : FOLDER_INBOX,
        .at = answered_at(message, recipient->fate) + LANDS_AFTER,
    };
    size_t place = world->copy_count++;

    for (; place > 0 && world->copies[place - 1].at > copy.at; place--) {
        world->copies[place] = world->copies[place - 1];
        world->copies[place].uid = (unsigned)place + 1;
    }
    copy.uid = (unsigned)place + 1;
    world->copies[place] = copy;
}

static void add_recipient(struct world *world, struct message *message,
                          const struct seated *who)
{
    struct recipient *recipient =
        &message->recipients[message->recipient_count++];

    recipient->who = *who;
    recipient->fate =
        plot_fate(world->scenario, message->from.address, who->person.address);
    if (recipient->fate->kind == FATE_BOUNCE)
        add_bounce(world, message, recipient);
    else if (recipient->fate->kind <= FATE_JUNK)
        add_copy(world, message, recipient);
}

/* The service says 250 to a mail by SMTP before it looks at the list. */
static void add_dropped(struct world *world, const struct message *message,
                        const char *to)
{
    struct bounce bounce = {.type = BOUNCE_SMTP_API, .at = message->at};

    fill_bounce(&bounce, message, to,
                "You tried to send to a recipient that has been marked as "
                "inactive. Found inactive addresses: {to}. Inactive recipients "
                "are ones that have generated a hard bounce, a spam complaint, "
                "or a manual suppression.");
    bounces_add(&world->bounces, &bounce);
}

static bool has_room(const struct world *world, const struct draft *draft)
{
    return world->message_count < MESSAGES_MAX &&
           draft->people_count <= PEOPLE_MAX &&
           world->copy_count + draft->people_count <= COPIES_MAX &&
           world->bounces.count + draft->people_count <= BOUNCES_MAX &&
           world->bytes + 2 * draft->raw_length <= WORLD_BYTES_MAX;
}

int world_submit(struct world *world, const struct draft *draft, double now)
{
    struct message *message =
        has_room(world, draft) ? message_of(draft, now) : NULL;

    if (!message)
        return -1;
    for (size_t i = 0; i < draft->people_count; i++) {
        const struct seated *who = &draft->people[i];

        if (who->seat == SEAT_REPLY_TO)
            continue;
        if (!bounces_block(&world->bounces, who->person.address, now))
            add_recipient(world, message, who);
        else if (draft->smtp)
            add_dropped(world, message, who->person.address);
    }
    if (message->recipient_count == 0) {
        message_free(message);
        return 0;
    }
    world->messages[world->message_count++] = message;
    world->bytes += 2 * draft->raw_length;
    return 0;
}

const struct message *world_message(const struct world *world, const char *id)
{
    for (size_t i = 0; i < world->message_count; i++)
        if (strcasecmp(world->messages[i]->id, id) == 0)
            return world->messages[i];
    return NULL;
}

bool message_is_queued(const struct message *message, double now)
{
    for (size_t i = 0; i < message->recipient_count; i++)
        if (message->recipients[i].fate->kind == FATE_QUEUED)
            return true;
    return now < message->at + TOLD_AFTER;
}

size_t message_events(const struct message *message,
                      const struct recipient *recipient, double now,
                      struct told out[2])
{
    const struct fate *fate = recipient->fate;
    size_t count = 0;

    if (fate->kind == FATE_QUEUED || fate->kind == FATE_UNTOLD)
        return 0;
    if (fate->put_off && now >= message->at + TOLD_AFTER)
        out[count++] = (struct told){TOLD_TRANSIENT, message->at + TOLD_AFTER};
    if (now >= answered_at(message, fate))
        out[count++] = (struct told){fate->kind == FATE_BOUNCE ? TOLD_BOUNCED
                                                               : TOLD_DELIVERED,
                                     answered_at(message, fate)};
    return count;
}

const struct copy *world_next_copy(const struct world *world,
                                   const char *address, enum folder folder,
                                   double now, const struct copy *copy)
{
    const struct copy *end = world->copies + world->copy_count;

    for (copy = copy ? copy + 1 : world->copies; copy < end; copy++)
        if (copy->at <= now && copy->folder == folder &&
            strcasecmp(copy->recipient->who.person.address, address) == 0)
            return copy;
    return NULL;
}

unsigned world_landed(const struct world *world, double now)
{
    unsigned count = 0;

    while (count < world->copy_count && world->copies[count].at <= now)
        count++;
    return count;
}

void world_release(struct world *world)
{
    for (size_t i = 0; i < world->message_count; i++)
        message_free(world->messages[i]);
    bounces_release(&world->bounces);
    pthread_mutex_destroy(&world->lock);
}
