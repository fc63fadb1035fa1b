/* SPDX-License-Identifier: MIT */
/* The probe's own function in a process that has nothing else to do. */
#include "tests/play/inside.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/feed.h"
#include "tests/play/trade.h"

/* --- names ---------------------------------------------------------------- */

static const char *places; /* of the case */

/* One address, with the port of `service`. */
static struct addrinfo *make_place(const char *text, const char *service)
{
    struct addrinfo *found = calloc(1, sizeof(*found));
    struct sockaddr_in *in = calloc(1, sizeof(struct sockaddr_in6));
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)in;

    if (!found || !in)
        abort();
    found->ai_socktype = SOCK_STREAM;
    found->ai_addr = (struct sockaddr *)in;
    found->ai_family = strchr(text, ':') ? AF_INET6 : AF_INET;
    found->ai_addr->sa_family = (sa_family_t)found->ai_family;
    if (found->ai_family == AF_INET6) {
        found->ai_addrlen = sizeof(*in6);
        in6->sin6_port = htons((uint16_t)atol(service));
        inet_pton(AF_INET6, text, &in6->sin6_addr);
    } else {
        found->ai_addrlen = sizeof(*in);
        in->sin_port = htons((uint16_t)atol(service));
        inet_pton(AF_INET, text, &in->sin_addr);
    }
    return found;
}

static bool is_address(const char *name)
{
    struct in6_addr address;

    return inet_pton(AF_INET, name, &address) == 1 ||
           inet_pton(AF_INET6, name, &address) == 1;
}

static int find_failure(const char *word)
{
    static const struct {
        const char *word;
        int code;
    } failures[] = {
        {"NONAME", EAI_NONAME}, {"AGAIN", EAI_AGAIN}, {"FAIL", EAI_FAIL}};

    for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++)
        if (strcmp(failures[i].word, word) == 0)
            return failures[i].code;
    return 0;
}

/* In place of libc's, for all of this program: an address is itself, each name
 * has the places of the case. */
int getaddrinfo(const char *restrict name, const char *restrict service,
                const struct addrinfo *restrict hints,
                struct addrinfo **restrict result)
{
    const char *list = is_address(name) ? name : places;
    int failure = find_failure(list);
    char *copy = strdup(list), *rest = copy, *word;
    struct addrinfo **at = result;

    (void)hints;
    *result = NULL;
    while (failure == 0 && (word = strsep(&rest, " "))) {
        *at = make_place(word, service);
        at = &(*at)->ai_next;
    }
    free(copy);
    return failure;
}

void freeaddrinfo(struct addrinfo *found)
{
    while (found) {
        struct addrinfo *next = found->ai_next;

        free(found->ai_addr);
        free(found);
        found = next;
    }
}

/* --- what is left --------------------------------------------------------- */

static int count(const char *folder)
{
    DIR *entries = opendir(folder);
    int number = 0;

    while (entries && readdir(entries))
        number++;
    if (entries)
        closedir(entries);
    return number;
}

static void compare(const char *what, int before, int after)
{
    if (after != before)
        fprintf(stderr, "%s: %d before, %d after\n", what, before, after);
}

/* --- the probe ------------------------------------------------------------ */

void inside_endpoint(struct endpoint *endpoint, const struct play *play,
                     unsigned short port)
{
    size_t bracket = play->host[0] == '[';

    snprintf(endpoint->host, sizeof(endpoint->host), "%.*s",
             (int)strcspn(play->host + bracket, "]"), play->host + bracket);
    endpoint->port = port;
    endpoint->tls = play->tls;
}

static void fill_request(struct request *request, const struct play *play,
                         unsigned short port, const char *ca_file, double limit)
{
    memset(request, 0, sizeof(*request));
    strcpy(request->token, PLAY_TOKEN);
    trade.fill(request, play, port);
    request->limit = limit;
    if (play->tls != TLS_NONE)
        snprintf(request->ca_file, sizeof(request->ca_file), "%s", ca_file);
    strcpy(request->user, play->user);
    if (play->user[0]) {
        strcpy(request->password.text, play->password);
        request->password.length = strlen(play->password);
    }
}

int inside_run(const struct play *play, unsigned short port,
               const char *ca_file, double limit)
{
    static struct request request;
    struct feed feed;
    int files = count("/proc/self/fd"), threads = count("/proc/self/task");

    places = play->places;
    fill_request(&request, play, port, ca_file, limit);
    if (feed_init(&feed, STDOUT_FILENO, &request) != 0)
        return 1;
    trade.probe(&request, &feed);
    feed_release(&feed);
    compare("descriptors", files, count("/proc/self/fd"));
    compare("threads", threads, count("/proc/self/task"));
    return 0;
}
