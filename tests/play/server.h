/* SPDX-License-Identifier: MIT */
/* The scripted server of one session, in a thread. */
#ifndef TESTS_PLAY_SERVER_H
#define TESTS_PLAY_SERVER_H

#include <pthread.h>

#include "tests/play/cases.h"
#include "tests/play/script.h"

struct server {
    const char *script;
    int listener;
    int callers[4]; /* who keeps it busy */
    unsigned short port;
    bool answers; /* there is a thread */
    pthread_t thread;
    struct stage stage;
    char *heard;
    size_t heard_length;
};

/* Opens its port, as the case wants it. -1 where the system does not let us. */
int server_open(struct server *server, const struct play *play);

/* Makes its certificate; the authority to trust goes to `ca_file`. */
void server_prepare(struct server *server, const struct play *play,
                    const char *ca_file);

/* Answers one call, in a thread; signals go to `probe`. */
void server_start(struct server *server, pid_t probe);

/* Waits for the end of the script, for which the probe must have left. Returns
 * whether somebody called again. `heard` is then the caller's to free. */
bool server_stop(struct server *server);

#endif
