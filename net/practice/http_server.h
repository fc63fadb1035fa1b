/* SPDX-License-Identifier: MIT */
/* The service's API over HTTP on loopback, by GNU libmicrohttpd. */
#ifndef NET_PRACTICE_HTTP_SERVER_H
#define NET_PRACTICE_HTTP_SERVER_H

#include "net/error.h"
#include "net/practice/draw.h"
#include "net/practice/world.h"

struct MHD_Daemon;

struct http_server {
    struct world *world; /* borrowed */
    char key[UUID_SIZE]; /* the one that is taken */
    struct MHD_Daemon *daemon;
    unsigned short port; /* chosen by the system */
};

/* Serves from now on, in threads of its own, on 127.0.0.1. The server stays
 * where it is until http_server_stop. */
int http_server_start(struct http_server *server, struct world *world,
                      struct error *err);

/* Ends every connection and waits for its thread. */
void http_server_stop(struct http_server *server);

#endif
