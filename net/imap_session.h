/* SPDX-License-Identifier: MIT */
/* A logged-in IMAP connection: libcurl connects, does TLS and logs in; what
 * is asked after that goes through our own reader. */
#ifndef NET_IMAP_SESSION_H
#define NET_IMAP_SESSION_H

#include <stdbool.h>

#include <curl/curl.h>

#include "net/feed.h"
#include "net/imap_parse.h"
#include "net/imap_reader.h"
#include "net/request.h"

struct imap_session {
    CURL *curl;
    struct feed *feed;
    struct imap_reader reader;
    double limit; /* seconds for one exchange */
    double until; /* on the feed's clock: when all must be over */
    int tag;      /* of the last command */
    bool quiet;   /* keeps the dialogue out of the transcript */
    bool secret;  /* what we say now is part of a login */
    bool greeted;
    bool strange;               /* the greeting was another protocol's */
    bool said;                  /* the login was tried */
    bool cut;                   /* the last wait was cut short by `until` */
    enum fault fault;           /* NONE: the connection stands */
    char words[IMAP_WORDS_MAX]; /* the server's, of the last status */
    char detail[256];           /* technical words of a fault of the line */
};

/* Connects and logs in within request's limit, and not beyond `until`, which
 * goes for all that is asked after it as well; phases connect, greeting,
 * starttls, tls, login. 0; 1 where the world is at fault, with `fault`,
 * `words` and `detail` set and the feed's phase where it stands; -1 where we
 * are. In any case `imap_session_close` follows. */
int imap_session_open(struct imap_session *session,
                      const struct request *request, struct feed *feed,
                      double until);

/* Keeps the words of a refusal, for whoever asks why. */
void imap_session_keep_words(struct imap_session *session,
                             const struct imap_status *status);

/* The connection is of no use any more. Returns 1. */
int imap_session_lose(struct imap_session *session, enum fault fault,
                      const char *detail);

/* The bytes of a line that the transcript keeps. */
#define IMAP_LINE_KEPT 1024

/* Gets each untagged response to a command. */
typedef void imap_sink(const struct imap_response *response, void *arg);

enum imap_result {
    IMAP_DONE,     /* OK */
    IMAP_DECLINED, /* NO or BAD: `words` say why */
    IMAP_LOST      /* `fault` is set; nothing more can be asked */
};

/* Sends one command (without tag and line end) and waits for its end, no
 * longer than the limit. `sink` may be NULL. */
enum imap_result imap_session_ask(struct imap_session *session,
                                  const char *command, imap_sink *sink,
                                  void *arg);

/* Says goodbye, for a second at most, where the connection stands, and gives
 * all back. */
void imap_session_close(struct imap_session *session);

#endif
