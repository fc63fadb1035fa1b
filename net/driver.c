/* SPDX-License-Identifier: MIT */
/* libesmtp, which drives a session: in a thread of its own, in clear, against a
 * local end that we hold. */
#include "net/driver.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* In this order, or libesmtp.h leaves the login out. */
#include <auth-client.h>
#include <libesmtp.h>

#define STRANGERS_MAX 4096
#define OWN_FD_MAX 1024
#define CONNECT_WAIT 2000 /* ms for libesmtp to call us */
#define LIMIT_MAX 86400   /* seconds that libesmtp is asked to wait at most */
#define RETURN_WAIT 300   /* ms for libesmtp to notice that we left */

struct driver {
    const struct errand *errand;
    smtp_session_t session;
    smtp_message_t message;
    auth_context_t login;
    pthread_t thread;
    bool running;
    int end; /* ours, or -1 */
};

/* Answers libesmtp's question for user and password. It copies them. */
static int give_login(auth_client_request_t request, char **result, int fields,
                      void *arg)
{
    const struct driver *driver = arg;
    const struct errand *errand = driver->errand;

    for (int i = 0; i < fields; i++) {
        bool secret = (request[i].flags & AUTH_PASS) != 0;

        /* The field is not const in its header, but it is only read. */
        memcpy(&result[i], secret ? &errand->password : &errand->user,
               sizeof(result[i]));
    }
    return 1;
}

static bool set_timeouts(smtp_session_t session, double limit)
{
    static const int which[] = {Timeout_GREETING, Timeout_ENVELOPE,
                                Timeout_DATA, Timeout_TRANSFER, Timeout_DATA2};
    long ms = (limit < LIMIT_MAX ? (long)limit : LIMIT_MAX) * 1000 + 2000;

    for (size_t i = 0; i < sizeof(which) / sizeof(*which); i++)
        if (!smtp_set_timeout(session,
                              which[i] | Timeout_OVERRIDE_RFC2822_MINIMUM, ms))
            return false;
    return true;
}

static bool set_login(struct driver *driver)
{
    if (!driver->errand->user[0])
        return true;
    driver->login = auth_create_context();
    return driver->login &&
           auth_set_mechanism_flags(driver->login, AUTH_PLUGIN_PLAIN, 0) &&
           auth_set_interact_cb(driver->login, give_login, driver) &&
           smtp_auth_set_context(driver->session, driver->login);
}

/* Everything is told to the session before it starts; TLS is ours alone. */
static bool set_session(struct driver *driver, const char *server)
{
    const struct errand *errand = driver->errand;
    void *text;

    memcpy(&text, &errand->text, sizeof(text));
    driver->session = smtp_create_session();
    return driver->session && smtp_set_server(driver->session, server) &&
           smtp_set_hostname(driver->session, errand->hello) &&
           smtp_starttls_enable(driver->session, Starttls_DISABLED) &&
           set_timeouts(driver->session, errand->limit) && set_login(driver) &&
           (driver->message = smtp_add_message(driver->session)) != NULL &&
           smtp_set_reverse_path(driver->message, errand->from) &&
           smtp_add_recipient(driver->message, errand->to) &&
           smtp_set_message_str(driver->message, text);
}

static void *drive(void *arg)
{
    struct driver *driver = arg;

    smtp_start_session(driver->session);
    return NULL;
}

/* A port of 127.0.0.1 for one caller. */
static int listen_here(char *server, size_t size)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t length = sizeof(here);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&here, length) < 0 ||
        listen(fd, 1) < 0 ||
        getsockname(fd, (struct sockaddr *)&here, &length) < 0) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    snprintf(server, size, "127.0.0.1:%u", ntohs(here.sin_port));
    return fd;
}

static bool is_at(int fd, int (*name)(int, struct sockaddr *, socklen_t *),
                  const struct sockaddr_in *place)
{
    struct sockaddr_in in;
    socklen_t length = sizeof(in);

    return name(fd, (struct sockaddr *)&in, &length) == 0 &&
           length == sizeof(in) && in.sin_family == AF_INET &&
           in.sin_port == place->sin_port &&
           in.sin_addr.s_addr == place->sin_addr.s_addr;
}

/* Whether the other end of `fd` is one of this process's own descriptors: any
 * user of this machine may call a port of the loopback. */
static bool is_own(int fd)
{
    struct sockaddr_in here, there;
    socklen_t here_size = sizeof(here), there_size = sizeof(there);

    if (getsockname(fd, (struct sockaddr *)&here, &here_size) < 0 ||
        getpeername(fd, (struct sockaddr *)&there, &there_size) < 0)
        return false;
    for (int other = 0; other < OWN_FD_MAX; other++)
        if (other != fd && is_at(other, getsockname, &there) &&
            is_at(other, getpeername, &here))
            return true;
    return false;
}

static int accept_own(int listener)
{
    struct pollfd ready = {.fd = listener, .events = POLLIN};

    for (int i = 0; i < STRANGERS_MAX; i++) {
        int fd, on = 1;

        if (poll(&ready, 1, CONNECT_WAIT) <= 0)
            return -1;
        fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0 && is_own(fd)) {
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
            return fd;
        }
        if (fd >= 0)
            close(fd);
    }
    return -1;
}

struct driver *driver_start(const struct errand *errand, int *fd,
                            struct error *err)
{
    struct driver *driver = calloc(1, sizeof(*driver));
    char server[32];
    int listener = listen_here(server, sizeof(server));

    if (!driver || listener < 0)
        goto failed;
    driver->errand = errand;
    driver->end = -1;
    if (!set_session(driver, server) ||
        pthread_create(&driver->thread, NULL, drive, driver) != 0)
        goto failed;
    driver->running = true;
    driver->end = accept_own(listener);
    if (driver->end < 0)
        goto failed;
    close(listener);
    *fd = driver->end;
    return driver;

failed:
    error_set(err, "libesmtp cannot be started");
    if (listener >= 0)
        close(listener);
    if (driver)
        driver_stop(driver);
    return NULL;
}

/* False where the thread does not come back. */
static bool join(struct driver *driver)
{
    struct timespec until;

    if (!driver->running)
        return true;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += RETURN_WAIT * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    return pthread_timedjoin_np(driver->thread, NULL, &until) == 0;
}

int driver_stop(struct driver *driver)
{
    const smtp_status_t *status;
    int code = 0;

    if (driver->end >= 0)
        close(driver->end);
    if (!join(driver))
        return 0;
    status =
        driver->message ? smtp_message_transfer_status(driver->message) : NULL;
    if (status)
        code = status->code;
    if (driver->session)
        smtp_destroy_session(driver->session);
    if (driver->login)
        auth_destroy_context(driver->login);
    auth_client_exit();
    free(driver);
    return code;
}
