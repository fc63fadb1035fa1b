/* SPDX-License-Identifier: MIT */
/* The server's side of a conversation, played by a script: for what real
 * servers do not do on demand. */
#ifndef TESTS_PLAY_SCRIPT_H
#define TESTS_PLAY_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include <openssl/ssl.h>

/* A script is lines, each one step; it ends with the connection being closed:
 *   S TEXT        says TEXT and CRLF
 *   B TEXT        says TEXT and CRLF, byte by byte
 *   R TEXT        says TEXT alone
 *   fill N TEXT   says TEXT alone N times
 *   flood TEXT    says TEXT and CRLF until the other side leaves
 *   drip MS TEXT  says TEXT over and over, a byte each MS milliseconds, until
 *                 the other side leaves
 *   C PREFIX      hears one line, which must begin so (case does not count)
 *   message       hears lines up to the single dot
 *   await         waits until something was said to it, and does not hear it
 *   hold          hears all, says nothing until the other side leaves
 *   deaf          hears nothing more, until the other side leaves
 *   tls           the server's side of a handshake
 *   tls N         the same, but stands still after N bytes of it
 *   reset         will leave by RST
 *   interrupt     sends SIGINT to the program on the other side
 *   kill          sends SIGKILL to its child
 *   freeze        sends SIGSTOP to its child
 * In the TEXT of R, fill and drip \n \r \e \\ and \xNN are those bytes.
 *
 * Where each command begins with a tag, and for more than one call:
 *   on COMMAND => TEXT  from here on answers lines whose words behind the tag
 *                       begin so by TEXT, as R does; the longest one counts
 *   until COMMAND       answers so, up to a line that begins so, which is heard
 *   serve               answers so until the other side leaves
 *   call                leaves, and takes the next call
 *   gone                leaves, and takes no call any more
 * In every TEXT that is said, TAG is the tag of the line heard last. */

#define RULES_MAX 24
#define TAG_SIZE 24

/* An answer to a command. */
struct rule {
    const char *command, *answer;
};

/* What a script is played on and what came of it. */
struct stage {
    int fd;           /* connected; closed by script_play */
    int listener;     /* where further calls come in */
    bool eight_bits;  /* what is heard may be more than ASCII */
    SSL_CTX *context; /* borrowed; NULL: no TLS */
    SSL *ssl;         /* of the play itself */
    FILE *heard;      /* all lines, each ended by \n; "(TLS)" after a
                         handshake, ? for NUL */
    pid_t probe;      /* the program on the other side, or 0 */
    double struck;    /* when it got a signal, by strike_clock */
    struct rule rules[RULES_MAX];
    size_t rule_count;
    char tag[TAG_SIZE]; /* of the line heard last, or "" */
    char missed[256];   /* the step that found something else, or "" */
};

/* Plays it to its end or to the first step that fails. */
void script_play(struct stage *stage, const char *script);

/* A socket that listens to a free port of 127.0.0.1, or of ::1 where `six`;
 * where `calls` is negative it has a port and does not listen. -1 where the
 * system does not let us. */
int script_listen(bool six, int calls, unsigned short *port);

#endif
