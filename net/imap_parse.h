/* SPDX-License-Identifier: MIT */
/* What an IMAP response says; every function is total on any bytes. */
#ifndef NET_IMAP_PARSE_H
#define NET_IMAP_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/imap_reader.h"

#define IMAP_NAME_MAX 512   /* bytes of a folder's name on the wire */
#define IMAP_WORDS_MAX 1024 /* bytes of a status' words that are kept */
#define IMAP_TAG_MAX 16
#define IMAP_DATE_MAX 40

enum imap_condition { IMAP_OK, IMAP_NO, IMAP_BAD, IMAP_BYE, IMAP_PREAUTH };

struct imap_status {
    char tag[IMAP_TAG_MAX]; /* "*" where it is untagged */
    enum imap_condition condition;
    char words[IMAP_WORDS_MAX]; /* valid UTF-8, from the condition on */
};

/* Reads a status response (RFC 9051 section 7.1). */
bool imap_read_status(struct imap_status *status,
                      const struct imap_response *response);

/* Whether it is an untagged response of that name ("CAPABILITY"). */
bool imap_is(const struct imap_response *response, const char *name);

/* Whether a CAPABILITY response lists `capability`. */
bool imap_has_capability(const struct imap_response *response,
                         const char *capability);

/* The numbers of a SEARCH response, each once, the `most` highest of them,
 * ascending. Returns how many. */
size_t imap_read_search(uint32_t *numbers, size_t most,
                        const struct imap_response *response);

/* What a LIST response tells of a folder (RFC 9051 section 7.3.1; uses of RFC
 * 6154). */
struct imap_folder {
    char name[IMAP_NAME_MAX]; /* as it goes over the wire, no NUL inside */
    char delimiter;           /* 0: no levels */
    bool junk, all;
    bool own;    /* what was sent, or written, by its owner */
    bool hollow; /* cannot be looked into */
};

bool imap_read_folder(struct imap_folder *folder,
                      const struct imap_response *response);

/* What a FETCH response tells of a mail. */
struct imap_mail {
    uint32_t uid;             /* 0: not told */
    char date[IMAP_DATE_MAX]; /* INTERNALDATE, or "" */
    const char *header;       /* within the response, or NULL */
    size_t header_length;
};

bool imap_read_mail(struct imap_mail *mail,
                    const struct imap_response *response);

/* A date-time such as "23-Nov-2026 15:06:01 +0100" in seconds of UTC since
 * 1970; -1 where it is none. */
double imap_read_date(const char *date);

#endif
