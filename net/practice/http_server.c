/* SPDX-License-Identifier: MIT */
/* Requests, from the socket to their handler and back. */
#include "net/practice/http_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/line.h"
#include "net/practice/base64.h"
#include "net/practice/crowd.h"
#include "net/practice/http_call.h"

#define IDLE_SECONDS 60u
#define SLOW_SECONDS 1.5
#define HEADERS_MAX (16u * 1024u)

/* {id} stands for one part of the path; not there with those quirks. */
static const struct route {
    const char *method, *path;
    call_handler *handler;
    unsigned not_with;
} routes[] = {
    {"POST", "/email", http_email_send, 0},
    {"GET", "/messages/outbound", http_messages_list, QUIRK_BIT(NO_MESSAGES)},
    {"GET", "/messages/outbound/{id}/details", http_message_details,
     QUIRK_BIT(NO_MESSAGES)},
    {"GET", "/messages/outbound/{id}/dump", http_message_dump,
     QUIRK_BIT(NO_MESSAGES)},
    {"GET", "/bounces", http_bounces_list, QUIRK_BIT(NO_BOUNCES)},
    {"GET", "/bounces/{id}", http_bounce_show, QUIRK_BIT(NO_BOUNCES)},
    {"GET", "/bounces/{id}/dump", http_bounce_dump, QUIRK_BIT(NO_BOUNCES)},
    {"PUT", "/bounces/{id}/activate", http_bounce_activate,
     QUIRK_BIT(NO_BOUNCES) | QUIRK_BIT(NO_ACTIVATE)},
    {"GET", "/deliverystats", http_delivery_stats, 0},
};

/* Paths are compared without case, one slash at the end does not count. */
static bool path_fits(const char *pattern, const char *path, char id[ID_BYTES])
{
    id[0] = '\0';
    while (*pattern == '/' && *path == '/') {
        size_t wanted = strcspn(++pattern, "/");
        size_t given = strcspn(++path, "/");

        if (strncmp(pattern, "{id}", 4) == 0) {
            if (given == 0 || given >= ID_BYTES)
                return false;
            memcpy(id, path, given);
            id[given] = '\0';
        } else if (wanted != given || strncasecmp(pattern, path, wanted) != 0) {
            return false;
        }
        pattern += wanted;
        path += given;
    }
    return !*pattern && (!*path || strcmp(path, "/") == 0);
}

static bool key_is_right(const struct http_server *server,
                         struct MHD_Connection *connection)
{
    static const char *const names[] = {"X-Trx-Api-Key",
                                        "X-Postmark-Server-Token"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        const char *key =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, names[i]);

        if (key)
            return login_same(key, server->key);
    }
    return false;
}

static struct answer answer_to(const struct http_server *server,
                               struct call *call, const char *method,
                               const char *path)
{
    const struct route *route = NULL;
    bool known = false;
    struct answer answer;

    for (size_t i = 0; i < sizeof(routes) / sizeof(*routes) && !route; i++)
        if (!call_has(call, routes[i].not_with) &&
            path_fits(routes[i].path, path, call->id)) {
            known = true;
            if (strcmp(routes[i].method, method) == 0)
                route = &routes[i];
        }
    if (!route)
        return answer_fault(known ? MHD_HTTP_METHOD_NOT_ALLOWED
                                  : MHD_HTTP_NOT_FOUND,
                            12, "The requested resource was not found.");
    if (!key_is_right(server, call->connection))
        return answer_fault(MHD_HTTP_UNAUTHORIZED, 10,
                            "Request does not contain a valid Server token.");
    world_lock(call->world);
    call->now = world_now(call->world);
    answer = route->handler(call);
    world_unlock(call->world);
    return answer;
}

/* Frees the answer. */
static enum MHD_Result reply(struct MHD_Connection *connection,
                             struct answer answer)
{
    char *text = answer.page   ? strdup(answer.page)
                 : answer.body ? line_print(answer.body)
                               : NULL;
    struct MHD_Response *response;
    enum MHD_Result result;

    cJSON_Delete(answer.body);
    if (!text || answer.manner == MANNER_DROP) {
        free(text);
        return MHD_NO;
    }
    response = MHD_create_response_from_buffer(strlen(text), text,
                                               MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(text);
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            answer.page ? "text/html"
                                        : "application/json; charset=utf-8");
    result = MHD_queue_response(connection, answer.status, response);
    MHD_destroy_response(response);
    return result;
}

/* Says nothing for so long, or until the peer goes. */
static void stay_silent(struct MHD_Connection *connection, double seconds)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (info) {
        struct pollfd peer = {.fd = info->connect_fd, .events = POLLRDHUP};

        poll(&peer, 1, (int)(seconds * 1000));
    }
}

static bool is_silent(const struct http_server *server, const char *path)
{
    char id[ID_BYTES];

    return (plot_faults(server->world->scenario) & FAULT_AT_EVERYTHING) &&
           path_fits("/email", path, id);
}

/* Called by libmicrohttpd: with the header first, then with each piece of the
 * body, then once more for the answer. */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection,
                                  const char *path, const char *method,
                                  const char *version, const char *piece,
                                  size_t *piece_length, void **state)
{
    struct http_server *server = arg;
    struct pile *body = *state;
    struct call call = {.world = server->world, .connection = connection};
    struct answer answer;

    (void)version;
    if (!body) {
        body = malloc(sizeof(*body));
        if (!body)
            return MHD_NO;
        pile_init(body, LETTER_MAX);
        *state = body;
        return MHD_YES;
    }
    if (*piece_length) {
        pile_add(body, piece, *piece_length);
        *piece_length = 0;
        return MHD_YES;
    }
    if (is_silent(server, path)) {
        stay_silent(connection, IDLE_SECONDS);
        return MHD_NO;
    }
    call.body = body;
    answer = answer_to(server, &call, method, path);
    quirks_apply(server->world->quirks, answer.body);
    if (answer.manner == MANNER_SLOW)
        stay_silent(connection, SLOW_SECONDS);
    return reply(connection, answer);
}

static void on_end(void *arg, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode code)
{
    struct pile *body = *state;

    (void)arg;
    (void)connection;
    (void)code;
    if (body)
        pile_release(body);
    free(body);
    *state = NULL;
}

int http_server_start(struct http_server *server, struct world *world,
                      struct error *err)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    const union MHD_DaemonInfo *info;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->world = world;
    if (draw_uuid(server->key) != 0)
        return error_set(err, "no randomness for the practice service");
    server->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
            MHD_USE_POLL,
        0, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR,
        (struct sockaddr *)&address, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CROWD_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)CROWD_STACK,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!server->daemon)
        return error_set(err, "cannot start the practice API");
    info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info ? info->port : 0;
    return 0;
}

void http_server_stop(struct http_server *server)
{
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    server->daemon = NULL;
}
