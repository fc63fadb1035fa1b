/* SPDX-License-Identifier: MIT */
/* Submission by SMTP (RFC 6409), in clear text on loopback. */
#ifndef NET_PRACTICE_SMTP_SERVER_H
#define NET_PRACTICE_SMTP_SERVER_H

#include "net/practice/draw.h"
#include "net/practice/world.h"

#define SMTP_FULL "421 4.3.2 Too many connections, try again later\r\n"

struct smtp_server {
    struct world *world; /* borrowed */
    const char *user;
    char password[PASSWORD_SIZE];
};

/* Talks to one client; a crowd_session whose argument is the server. */
void smtp_server_session(int fd, void *server);

#endif
