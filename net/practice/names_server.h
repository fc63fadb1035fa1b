/* SPDX-License-Identifier: MIT */
/* The DNS server of the practice world, on UDP and TCP. */
#ifndef NET_PRACTICE_NAMES_SERVER_H
#define NET_PRACTICE_NAMES_SERVER_H

#include "net/practice/crowd.h"
#include "net/practice/plot.h"

struct names_server {
    enum scenario scenario;
    struct door door; /* TCP */
    int socket;       /* UDP, the same port; -1: none */
};

/* Listens on 127.0.0.1; the scenario is set before. -1 with `err`. */
int names_server_open(struct names_server *server, struct error *err);

/* Answers what has come by UDP. Never blocks. */
void names_server_work(struct names_server *server);

void names_server_close(struct names_server *server);

#endif
