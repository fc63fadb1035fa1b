/* SPDX-License-Identifier: MIT */
/* A stage for SMTP and IMAP sessions of the practice service: the client says
 * all that it has to say over a socket pair, hangs up and listens. */
#ifndef TESTS_UNIT_PRACTICE_STAGE_H
#define TESTS_UNIT_PRACTICE_STAGE_H

#include "net/practice/imap_server.h"
#include "net/practice/smtp_server.h"

#define HEARD_MAX 65536

struct stage {
    struct world world;
    struct smtp_server smtp;
    struct imap_server imap;
    char heard[HEARD_MAX];
};

/* cmocka's setup and teardown; the state is a struct stage whose world plays
 * "arrives". */
int open_stage(void **state);
int close_stage(void **state);

/* "\0tienda\0secreto" and "\0tienda\0otro" */
#define LOGIN "AUTH PLAIN AHRpZW5kYQBzZWNyZXRv\r\n"
#define WRONG_LOGIN "AUTH PLAIN AHRpZW5kYQBvdHJv\r\n"
#define MAIL "MAIL FROM:<avisos@tienda.example>\r\n"
#define RCPT "RCPT TO:<ana@empresa.example>\r\n"
#define ENTER "1 LOGIN ana@empresa.example buzon\r\n"

/* What a server says to a script, from its greeting to its end; borrowed
 * until the next one. It must end by itself. */
const char *smtp(struct stage *stage, const char *script);
const char *imap(struct stage *stage, const char *script);

/* The same for `length` bytes of anything, to both of them. */
void play_both(struct stage *stage, const char *bytes, size_t length);

#define assert_heard(heard, text) assert_non_null(strstr(heard, text))
#define assert_unheard(heard, text) assert_null(strstr(heard, text))

#endif
