/* SPDX-License-Identifier: MIT */
/* Servers of one line protocol each: a listening socket on loopback, and a
 * thread for each of a limited number of connections. */
#ifndef NET_PRACTICE_CROWD_H
#define NET_PRACTICE_CROWD_H

#include <pthread.h>
#include <stdbool.h>

#include "net/error.h"

#define CROWD_MAX 16 /* connections at once, of all doors together */
#define CROWD_STACK (256u * 1024u)

/* Talks to one peer until it is gone. The socket is closed by the caller. */
typedef void crowd_session(int fd, void *arg);

/* Where peers come in. */
struct door {
    int listener;        /* -1: none */
    unsigned short port; /* chosen by the system */
    const char *full;    /* said where no more are let in */
    crowd_session *session;
    void *arg;
};

/* Listens on 127.0.0.1; `session` runs in a thread for each connection. */
int door_open(struct door *door, crowd_session *session, void *arg,
              const char *full, struct error *err);
void door_close(struct door *door);

struct guest {
    pthread_t thread;
    int fd;
    const struct door *door;
    struct crowd *crowd;
    bool taken; /* the thread was started and not joined yet */
    bool done;  /* its session is over */
};

struct crowd {
    pthread_mutex_t lock;
    struct guest guests[CROWD_MAX];
};

void crowd_init(struct crowd *crowd);

/* Lets in who waits at the door. Called by one thread only. */
void crowd_admit(struct crowd *crowd, const struct door *door);

/* Ends every connection and waits for its thread. */
void crowd_release(struct crowd *crowd);

#endif
