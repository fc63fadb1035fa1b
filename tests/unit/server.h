/* SPDX-License-Identifier: MIT */
/* A scripted server on loopback in a process of its own, for what real
 * servers do not do on demand; in clear or under TLS. */
#ifndef TESTS_UNIT_SERVER_H
#define TESTS_UNIT_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum leave {
    LEAVE,       /* closes as it should be */
    LEAVE_RESET, /* drops the connection */
    LEAVE_HOLD   /* says no more until the other side has gone */
};

/* One step: hears until these bytes came ("": none are waited for), then
 * says. */
struct turn {
    const char *hear;
    const char *say;
    size_t times; /* says it so often; 0: once */
};

#define TURNS_MAX 24

/* One connection. Where TLS is asked for, `plain_turns` of them come before
 * it. The last turn has neither `hear` nor `say`. */
struct talk {
    struct turn turns[TURNS_MAX];
    enum leave leave;
    int drip; /* milliseconds between two bytes; 0: all at once */
    int plain_turns;
};

/* Who vouches for the server's certificate. */
enum voucher {
    VOUCHER_SELF,
    VOUCHER_AUTHORITY,
    VOUCHER_STRANGER /* of the same name as the one that is trusted */
};

/* What a server shows under TLS. */
struct identity {
    const char *name; /* of the host */
    enum voucher voucher;
    bool expired;
};

struct server {
    pid_t pid;
    unsigned short port;
    int heard, certificate; /* files in memory */
    char ca[64]; /* path of the certificate that clients trust, under TLS */
};

/* Serves the talks one after the other, the last one for ever; under TLS as
 * `identity`, in clear where that is NULL. Fails the test where it cannot. */
void server_start_as(struct server *server, const struct talk *talks,
                     size_t count, const struct identity *identity);

/* The same with a certificate of that name which vouches for itself; NULL: in
 * clear. */
void server_start(struct server *server, const struct talk *talks, size_t count,
                  const char *name);

/* What was heard so far, in a buffer of `size` bytes; ended by a NUL. */
void server_heard(const struct server *server, char *out, size_t size);

void server_stop(struct server *server);

#endif
