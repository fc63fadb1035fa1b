/* SPDX-License-Identifier: MIT */
/* What a probe is asked to do: plain data, filled by the parent before the
 * fork, so that no secret passes an argument list, a file or a pipe. */
#ifndef NET_REQUEST_H
#define NET_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "net/secret.h"

#define ADDRESS_MAX 321 /* 64 + @ + 255 (RFC 5321 4.5.3.1) and a NUL */
#define HOST_MAX 256
#define IP_TEXT_MAX 46
#define SELECTOR_MAX 128
#define URL_MAX 512
#define PATH_TEXT_MAX 1024
#define TOKEN_MAX 40
#define CODE_MAX 12
#define ID_MAX 320
#define SUBJECT_MAX 256
#define BODY_MAX 8192
#define MAIL_MAX (256u << 10) /* bytes of a mail that is read */

enum tls_mode { TLS_NONE, TLS_STARTTLS, TLS_IMPLICIT };

/* A server as typed: a name or an address without brackets, and a port. */
struct endpoint {
    char host[HOST_MAX];
    unsigned short port;
    enum tls_mode tls;
};

/* Reads "HOST", "HOST:PORT", "[::1]:PORT" or "ADDR:PORT". Without a port the
 * one that `endpoint` held stays. -1 where it is none of these. */
int endpoint_parse(struct endpoint *endpoint, const char *text,
                   struct error *err);

/* Whether the host is 127.0.0.0/8, ::1 or "localhost": only there may a
 * connection do without verified TLS. */
bool endpoint_is_loopback(const struct endpoint *endpoint);

/* Whether `url` is https://HOST[:PORT][/PATH], or http:// to a loopback host,
 * with neither user, query nor fragment (RFC 3986 section 3). -1 where not. */
int url_check(const char *url, struct error *err);

/* A file that goes with a message. */
struct attachment {
    const char *bytes; /* borrowed; NULL: none */
    size_t length;
    char name[64]; /* letters, digits, dots and hyphens */
    char type[64]; /* a media type, RFC 2045 5.1 */
};

#define QUEUE_MAX 128

/* A printer of CUPS. */
struct printer {
    struct endpoint server; /* without a host: the system's own */
    char queue[QUEUE_MAX];  /* empty: the default */
    char media[64];         /* RFC 8011 keyword, "iso_a4_210x297mm"; or empty */
};

/* A mail that an earlier run of the practice world took. */
struct handed {
    char from[ADDRESS_MAX], to[ADDRESS_MAX];
    char token[TOKEN_MAX], subject[SUBJECT_MAX];
    char id[ID_MAX]; /* that the service gave it, or "" */
    bool smtp;
    double ago; /* seconds */
};

struct request {
    char from[ADDRESS_MAX];
    char to[ADDRESS_MAX];
    char token[TOKEN_MAX];       /* long and random: header X-Nollego-Token */
    char subject_code[CODE_MAX]; /* short, in the subject: K7Q-4M2 */
    char subject[SUBJECT_MAX];   /* UTF-8, holds the code */
    char body[BODY_MAX];         /* UTF-8, lines end in \n */
    char reply_to[ADDRESS_MAX];  /* who wants the answer; empty: `from` */
    struct attachment attachment;
    struct attachment plain; /* print: for who takes no `attachment` */
    struct printer printer;  /* print */

    char api_url[URL_MAX];
    struct secret api_key;
    char message_id[ID_MAX];   /* api-watch; empty: the newest to `to` */
    char address[ADDRESS_MAX]; /* api-history; else `sender` */
    char sender[ADDRESS_MAX];
    char bounce_id[ID_MAX]; /* api-activate */

    struct endpoint smtp;
    char user[ADDRESS_MAX];
    struct secret password;

    struct endpoint dns;  /* an address; host empty: the system's servers */
    char ip[IP_TEXT_MAX]; /* domain; the address that sends, or empty */
    char selector[SELECTOR_MAX]; /* domain; of DKIM, or empty */
    char spf_include[HOST_MAX];  /* domain; what its SPF should include, or
                                    empty */

    struct endpoint imap; /* `user` and `password` are the mailbox's then */
    double sent; /* when the mail was, in seconds since 1970; 0: just now */

    const char *mail; /* headers, notice: borrowed until the fork; any bytes */
    size_t mail_length;

    char ca_file[PATH_TEXT_MAX]; /* the whole trust of this run, or empty */
    double limit;                /* seconds for one exchange with a server */
    double wait;                 /* seconds to look for an arrival */
    char scenario[32];           /* practice only */
    char quirks[128]; /* of the practice service's API, with commas */
    const struct handed *handed; /* practice; borrowed until the fork */
    size_t handed_count;
};

#endif
