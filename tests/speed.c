/* SPDX-License-Identifier: MIT */
/* How fast refusals are read: `make speed`. Ends with 1 where that is slower
 * than 100,000 replies a second or 50 ms for a hostile megabyte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "steps/reply.h"

#define REPLIES_MAX 4096
#define LINE_MAX_HERE 2048
#define ROUNDS 400
#define PER_SECOND 100000.0
#define HOSTILE (1u << 20)
#define HOSTILE_SECONDS 0.050

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t load(const char *path, char *replies[REPLIES_MAX])
{
    char line[LINE_MAX_HERE];
    size_t count = 0;
    FILE *file = fopen(path, "r");

    while (file && count < REPLIES_MAX && fgets(line, sizeof(line), file)) {
        line[strcspn(line, "\t\n")] = '\0';
        if (line[0] != '\0' && line[0] != '#' &&
            (replies[count] = strdup(line)) != NULL)
            count++;
    }
    if (file)
        fclose(file);
    return count;
}

static int try_many(const char *path)
{
    char *replies[REPLIES_MAX];
    size_t count = load(path, replies);
    struct reading reading;
    double began = seconds(), rate;

    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++)
            reply_read(&reading, replies[i], strlen(replies[i]));
    }
    rate = (double)count * ROUNDS / (seconds() - began);
    printf("%-24s %9.0f replies a second\n", "replies", rate);
    for (size_t i = 0; i < count; i++)
        free(replies[i]);
    return count > 0 && rate >= PER_SECOND ? 0 : 1;
}

/* A megabyte of `piece` again and again; of random bytes where it is NULL. */
static int try_hostile(const char *piece)
{
    char *text = malloc(HOSTILE);
    struct reading reading;
    double began;

    if (!text)
        return 1;
    for (size_t i = 0; i < HOSTILE; i++)
        text[i] = piece ? piece[i % strlen(piece)] : (char)rand();
    began = seconds();
    reply_read(&reading, text, HOSTILE);
    began = seconds() - began;
    printf("%-24s %9.1f ms a megabyte\n", piece ? piece : "random bytes",
           began * 1e3);
    free(text);
    return began <= HOSTILE_SECONDS ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const char *const pieces[] = {
        "a ",
        "user ",
        "not ",
        "mailbox ",
        "message ",
        "no existe ",
        "5.1.1 ",
        "550 ",
        ".",
        "@",
        "blocked ip ",
        "x@y ",
        "user unknown ",
        "9.",
        "the ",
        "recipient address rejected ",
        NULL,
    };
    int slow = argc > 1 ? try_many(argv[1]) : 1;

    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        slow |= try_hostile(pieces[i]);
    return slow;
}
