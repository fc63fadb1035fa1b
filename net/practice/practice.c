/* SPDX-License-Identifier: MIT */
/* The practice service: opened, told, served, ended. */
#include "net/practice/practice.h"

#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/practice/again.h"
#include "net/practice/crowd.h"
#include "net/practice/http_server.h"
#include "net/practice/imap_server.h"
#include "net/practice/names_server.h"
#include "net/practice/quirks.h"
#include "net/practice/smtp_server.h"

struct practice {
    struct world world;
    struct http_server http;
    struct smtp_server smtp;
    struct imap_server imap;
    struct names_server names;
    struct door smtp_door, imap_door;
    struct crowd crowd;
};

static int open_doors(struct practice *practice, struct error *err)
{
    if (draw_password(practice->smtp.password) != 0 ||
        draw_password(practice->imap.password) != 0)
        return error_set(err, "no randomness for the practice service");
    practice->smtp.world = practice->imap.world = &practice->world;
    practice->smtp.user = PLOT_USER;
    if (door_open(&practice->smtp_door, smtp_server_session, &practice->smtp,
                  SMTP_FULL, err) != 0 ||
        door_open(&practice->imap_door, imap_server_session, &practice->imap,
                  IMAP_FULL, err) != 0 ||
        names_server_open(&practice->names, err) != 0)
        return -1;
    return http_server_start(&practice->http, &practice->world, err);
}

static void put_place(struct event *event, const char *key, const char *scheme,
                      unsigned short port)
{
    char text[64];

    snprintf(text, sizeof(text), "%s127.0.0.1:%u", scheme, port);
    event_put_text(event, key, text);
}

/* Where the plot is about a refused key or login, another one is told. */
static int tell(const struct practice *practice, struct feed *feed,
                struct error *err)
{
    enum scenario scenario = practice->world.scenario;
    unsigned faults = plot_faults(scenario);
    char key[UUID_SIZE], password[PASSWORD_SIZE];
    struct event *event;

    if (draw_uuid(key) != 0 || draw_password(password) != 0)
        return error_set(err, "no randomness for the practice service");
    if (!(faults & FAULT_AT_KEY))
        memcpy(key, practice->http.key, sizeof(key));
    if (!(faults & FAULT_AT_LOGIN))
        memcpy(password, practice->smtp.password, sizeof(password));
    event = event_new("ready");
    event_put_text(event, "scenario", scenario_name(scenario));
    event_put_text(event, "via", channel_name(scenario_channel(scenario)));
    put_place(event, "api_url", "http://", practice->http.port);
    event_put_text(event, "api_key", key);
    put_place(event, "smtp", "", practice->smtp_door.port);
    event_put_text(event, "user", practice->smtp.user);
    event_put_text(event, "password", password);
    put_place(event, "imap", "", practice->imap_door.port);
    event_put_text(event, "mailbox_password", practice->imap.password);
    put_place(event, "dns", "", practice->names.door.port);
    event_put_text(event, "from", PLOT_FROM);
    event_put_text(event, "to", PLOT_TO);
    event_put_text(event, "other_from", PLOT_OTHER_FROM);
    event_put_text(event, "free_to", PLOT_FREE_TO);
    feed_event(feed, event);
    return 0;
}

/* Until nobody reads what we tell any more. */
static void serve(struct practice *practice, int out)
{
    struct pollfd fds[] = {
        {.fd = practice->smtp_door.listener, .events = POLLIN},
        {.fd = practice->imap_door.listener, .events = POLLIN},
        {.fd = practice->names.door.listener, .events = POLLIN},
        {.fd = practice->names.socket, .events = POLLIN},
        {.fd = out},
    };
    nfds_t count = sizeof(fds) / sizeof(*fds);

    do {
        if (fds[0].revents)
            crowd_admit(&practice->crowd, &practice->smtp_door);
        if (fds[1].revents)
            crowd_admit(&practice->crowd, &practice->imap_door);
        if (fds[2].revents)
            crowd_admit(&practice->crowd, &practice->names.door);
        if (fds[3].revents)
            names_server_work(&practice->names);
    } while (poll(fds, count, -1) >= 0 && !fds[count - 1].revents);
}

static void close_doors(struct practice *practice)
{
    http_server_stop(&practice->http);
    crowd_release(&practice->crowd);
    door_close(&practice->smtp_door);
    door_close(&practice->imap_door);
    names_server_close(&practice->names);
    world_release(&practice->world);
}

static void tell_end(struct feed *feed, const struct error *err)
{
    struct ending ending = {.outcome = RESULT_UNKNOWN, .fault = FAULT_CONNECT};

    snprintf(ending.reply, sizeof(ending.reply), "%s", err->text);
    feed_end(feed, &ending, NULL);
}

int practice_probe(const struct request *request, struct feed *feed)
{
    struct practice *practice = calloc(1, sizeof(*practice));
    enum scenario scenario = scenario_from(request->scenario);
    struct error err = {"no memory for the practice service"};
    unsigned quirks = 0;
    int result = -1;

    /* One heap for all threads: they are many, and idle. */
    mallopt(M_ARENA_MAX, 1);
    if (scenario == SCENARIO_NONE) {
        error_set(&err, "no scenario '%s'", request->scenario);
        goto out;
    }
    if (!practice || quirks_read(&quirks, request->quirks, &err) != 0 ||
        world_init(&practice->world, scenario, &err) != 0 ||
        again_submit(&practice->world, request->handed,
                     request->handed_count) != 0)
        goto out;
    practice->world.quirks = quirks;
    practice->smtp_door.listener = practice->imap_door.listener = -1;
    practice->names = (struct names_server){
        .scenario = scenario, .door = {.listener = -1}, .socket = -1};
    crowd_init(&practice->crowd);
    if (open_doors(practice, &err) == 0 && tell(practice, feed, &err) == 0) {
        serve(practice, feed->out);
        result = 0;
    }
    close_doors(practice);
out:
    if (result != 0)
        tell_end(feed, &err);
    free(practice);
    return result;
}
