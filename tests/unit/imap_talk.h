/* SPDX-License-Identifier: MIT */
/* The dialogues of the mailbox probe's tests, turn by turn, and what a probe
 * must make of them. */
#ifndef TESTS_UNIT_IMAP_TALK_H
#define TESTS_UNIT_IMAP_TALK_H

#include "tests/unit/server.h"
#include "tests/unit/witness.h"

#define PASSWORD "s3cret canary \"\\"
#define TOKEN "0123456789abcdef"
#define LIMIT (IS_WATCHED ? 5.0 : 1.0)
#define EOL "\r\n"

/* The dialogue that libcurl leads, then ours. */
#define HELLO                                                                  \
    {                                                                          \
        "", "* OK ready" EOL, 0                                                \
    }
#define CURL_CAPABILITY(words)                                                 \
    {                                                                          \
        "A001 CAPABILITY" EOL,                                                 \
            "* CAPABILITY IMAP4rev1" words EOL "A001 OK" EOL, 0                \
    }
#define LOGIN_IN                                                               \
    {"A002 LOGIN ", "", 0},                                                    \
    {                                                                          \
        EOL, "A002 OK in" EOL, 0                                               \
    }
#define ENTER HELLO, CURL_CAPABILITY(""), LOGIN_IN
#define CAPABILITY                                                             \
    {                                                                          \
        "z1 CAPABILITY" EOL, "* CAPABILITY IMAP4rev1" EOL "z1 OK" EOL, 0       \
    }
#define LIST(folders)                                                          \
    {                                                                          \
        "z2 LIST \"\" \"*\"" EOL,                                              \
            "* LIST () \"/\" INBOX" EOL folders "z2 OK" EOL, 0                 \
    }
#define START ENTER, CAPABILITY, LIST("")
#define EXAMINE(tag, name)                                                     \
    {                                                                          \
        tag " EXAMINE \"" name "\"" EOL, "* 3 EXISTS" EOL tag " OK" EOL, 0     \
    }
#define SEARCH(tag, uids)                                                      \
    {                                                                          \
        tag " UID SEARCH HEADER X-Nollego-Token \"" TOKEN "\"" EOL,            \
            "* SEARCH" uids EOL tag " OK" EOL, 0                               \
    }
#define FETCH(tag, uid, items)                                                 \
    {tag " UID FETCH " uid " ", "", 0},                                        \
    {                                                                          \
        EOL, "* 1 FETCH (UID " uid items ")" EOL tag " OK" EOL, 0              \
    }
#define DATE " INTERNALDATE \"01-Jan-2020 10:00:00 +0000\""
#define SECTION " BODY[HEADER] "
#define OURS DATE SECTION "{35}" EOL "X-Nollego-Token: " TOKEN EOL
#define JUNK "* LIST (\\Junk) \"/\" Spam" EOL

struct mailbox_case {
    const char *name;
    struct talk talk;
    double wait;
    const char *outcome, *fault, *phase, *where, *folder, *reply;
};

/* A request to look for TOKEN at the server, in clear, with PASSWORD. */
void imap_talk_fill(struct request *request, const struct server *server);

/* Plays the case and fails unless the ending is the one expected, in time. */
void imap_talk_check(const struct mailbox_case *expected);

#endif
