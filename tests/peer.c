/* SPDX-License-Identifier: MIT */
/* A server that plays a script to each connection: for what real servers do
 * not do on demand. Plain text on loopback only.
 *
 *   peer SCRIPT    prints "PORT" and then all that it hears, line by line
 *
 * A script is lines of:
 *   say TEXT       sends TEXT and CRLF
 *   hear PREFIX    reads one line, which must begin so (case does not count)
 *   message        reads lines up to the single dot
 *   hold           says nothing until the other side leaves
 * and ends with the connection being closed. The peer itself ends by a signal,
 * or after a minute. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define LIFE 60 /* seconds */
#define LINE 1200

static int open_port(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t size = sizeof here;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&here, size) < 0 ||
        listen(fd, 8) < 0 ||
        getsockname(fd, (struct sockaddr *)&here, &size) < 0) {
        perror("peer");
        exit(1);
    }
    printf("%d\n", ntohs(here.sin_port));
    return fd;
}

/* Reads up to and without the line end; false at the end of the stream. */
static bool hear(FILE *in, char line[LINE])
{
    if (!fgets(line, LINE, in))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    puts(line);
    return true;
}

/* One line of the script; false ends the connection. */
static bool play(FILE *in, FILE *out, const char *step)
{
    char line[LINE];

    if (strncmp(step, "say ", 4) == 0)
        return fprintf(out, "%s\r\n", step + 4) > 0 && fflush(out) == 0;
    if (strncmp(step, "hear ", 5) == 0)
        return hear(in, line) &&
               strncasecmp(line, step + 5, strlen(step + 5)) == 0;
    if (strcmp(step, "message") == 0) {
        while (hear(in, line))
            if (strcmp(line, ".") == 0)
                return true;
        return false;
    }
    if (strcmp(step, "hold") == 0) {
        while (hear(in, line))
            ;
        return false;
    }
    fprintf(stderr, "peer: what is '%s'?\n", step);
    exit(1);
}

static void serve(int fd, FILE *script)
{
    FILE *in = fdopen(fd, "r");
    FILE *out = fdopen(dup(fd), "w");
    char step[LINE];

    rewind(script);
    while (in && out && fgets(step, sizeof step, script)) {
        step[strcspn(step, "\n")] = '\0';
        if (!play(in, out, step))
            break;
    }
    if (out)
        fclose(out);
    if (in)
        fclose(in);
}

int main(int argc, char **argv)
{
    FILE *script = argc == 2 ? fopen(argv[1], "r") : NULL;
    int port, fd;

    if (!script) {
        fputs("usage: peer SCRIPT\n", stderr);
        return 64;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    alarm(LIFE);
    port = open_port();
    while ((fd = accept(port, NULL, NULL)) >= 0)
        serve(fd, script);
    perror("peer");
    return 1;
}
