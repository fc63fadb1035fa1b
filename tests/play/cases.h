/* SPDX-License-Identifier: MIT */
/* What is played to a probe and what must come of it, read from files.
 * tests/data/smtp/README and tests/data/imap/README say what stands in them. */
#ifndef TESTS_PLAY_CASES_H
#define TESTS_PLAY_CASES_H

#include <stdbool.h>
#include <stddef.h>

#include "net/fault.h"
#include "net/request.h"

#define PLAY_TOKEN "0123456789abcdef0123456789abcdef"
#define PARTS_MAX 6
#define PART_MAX 160
#define SCRIPT_MAX 8192
#define WORD_MAX 32
#define PLACES_MAX 64 /* addresses of one name */

/* Texts that all must, or must not, be somewhere. */
struct parts {
    char text[PARTS_MAX][PART_MAX];
    size_t count;
};

struct expectation {
    enum result outcome;
    enum fault fault;
    enum phase phase;
    int code;
    char enhanced[WORD_MAX]; /* "": null */
    char cause[WORD_MAX];
};

struct play {
    char name[128];
    /* the server */
    char script[SCRIPT_MAX];
    char paper[WORD_MAX]; /* its certificate */
    char calls[WORD_MAX]; /* "yes", "no": refused, "full": not answered */
    /* the probe */
    enum tls_mode tls;
    char host[HOST_MAX];
    char places[PLACES_MAX * 24]; /* what the host's name resolves to, or "" */
    char from[ADDRESS_MAX], to[ADDRESS_MAX];
    char wire[ADDRESS_MAX]; /* `to` on the wire, "": the same */
    char user[ADDRESS_MAX], password[SECRET_MAX];
    double limit, within;      /* seconds; 0: within limit + 1 */
    char trust[PATH_TEXT_MAX]; /* the authorities' file, "": the server's */
    double times;              /* so often in a row */
    bool inside;               /* the command line would not let it pass */
    double wait;               /* seconds to look for a mail */
    char code[CODE_MAX];       /* in the subject of that mail, or "" */
    /* what must come of it */
    struct expectation end;
    char where[WORD_MAX], folder[128]; /* "": null */
    char category[WORD_MAX];
    double copies;
    bool similar;
    struct parts reply, detail, heard, unheard, told, untold;
};

/* Reads all files that the pattern stands for. Ends the program, naming file
 * and line, where one of them cannot be understood. */
struct play *cases_read(const char *pattern, size_t *count);

#endif
