/* SPDX-License-Identifier: MIT */
/* A server on loopback that plays a script (tests/play/script.h) to each
 * connection, one after the other.
 *
 *   peer SCRIPT [CA]   prints "PORT" and then all that it hears, line by line;
 *                      where CA is given it can speak TLS and writes there the
 *                      certificate to trust
 *
 * It ends by a signal, or after a minute. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/play/paper.h"
#include "tests/play/script.h"

#define LIFE 60 /* seconds */
#define SCRIPT_MAX 8192

static void read_script(char *script, const char *path)
{
    FILE *file = fopen(path, "r");

    if (!file) {
        perror(path);
        exit(1);
    }
    script[fread(script, 1, SCRIPT_MAX - 1, file)] = '\0';
    fclose(file);
}

static void serve(int listener, int fd, SSL_CTX *context, const char *script)
{
    struct stage stage = {
        .fd = fd, .listener = listener, .context = context, .heard = stdout};

    script_play(&stage, script);
    if (stage.missed[0])
        fprintf(stderr, "peer: %s\n", stage.missed);
}

int main(int argc, char **argv)
{
    static char script[SCRIPT_MAX];
    unsigned short port;
    SSL_CTX *context = NULL;
    int listener, fd;

    if (argc < 2 || argc > 3) {
        fputs("usage: peer SCRIPT [CA]\n", stderr);
        return 64;
    }
    read_script(script, argv[1]);
    if (argc == 3)
        context = paper_make(paper_find("good"), argv[2]);
    listener = script_listen(false, 8, &port);
    if (listener < 0) {
        perror("peer");
        return 1;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    alarm(LIFE);
    printf("%d\n", port);
    while ((fd = accept(listener, NULL, NULL)) >= 0)
        serve(listener, fd, context, script);
    perror("peer");
    return 1;
}
