/* SPDX-License-Identifier: MIT */
/* AUTH, from its first argument to the last answer. */
#include "net/practice/smtp_login.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define USER_PROMPT "VXNlcm5hbWU6"     /* Username: */
#define PASSWORD_PROMPT "UGFzc3dvcmQ6" /* Password: */

static enum smtp_login ask(struct lines *lines, const char *prompt,
                           char answer[LINE_MAX_BYTES])
{
    int count;

    if (lines_say(lines, "334 %s", prompt) != 0)
        return LOGIN_GONE;
    count = lines_read(lines, answer, LINE_MAX_BYTES);
    if (count == LINES_GONE)
        return LOGIN_GONE;
    if (count == LINES_LONG)
        return LOGIN_GARBLED;
    return strcmp(answer, "*") == 0 ? LOGIN_GIVEN_UP : LOGIN_READ;
}

static enum smtp_login decoded(char out[LOGIN_MAX], const char *line)
{
    int length = base64_read(out, LOGIN_MAX, line, strlen(line));

    return length >= 0 && !memchr(out, '\0', (size_t)length) ? LOGIN_READ
                                                             : LOGIN_GARBLED;
}

static enum smtp_login read_plain(struct login *login, struct lines *lines,
                                  char line[LINE_MAX_BYTES])
{
    enum smtp_login result = *line ? LOGIN_READ : ask(lines, "", line);

    if (result != LOGIN_READ)
        return result;
    return login_plain(login, line) == 0 ? LOGIN_READ : LOGIN_GARBLED;
}

static enum smtp_login read_login(struct login *login, struct lines *lines,
                                  char line[LINE_MAX_BYTES])
{
    enum smtp_login result = *line ? LOGIN_READ : ask(lines, USER_PROMPT, line);

    if (result == LOGIN_READ)
        result = decoded(login->user, line);
    if (result == LOGIN_READ)
        result = ask(lines, PASSWORD_PROMPT, line);
    if (result == LOGIN_READ)
        result = decoded(login->password, line);
    return result;
}

enum smtp_login smtp_login_read(struct login *login, struct lines *lines,
                                const char *args)
{
    size_t length = strcspn(args, " ");
    char line[LINE_MAX_BYTES];

    snprintf(line, sizeof(line), "%s",
             args + length + strspn(args + length, " "));
    if (length == 5 && strncasecmp(args, "PLAIN", length) == 0)
        return read_plain(login, lines, line);
    if (length == 5 && strncasecmp(args, "LOGIN", length) == 0)
        return read_login(login, lines, line);
    return LOGIN_FOREIGN;
}
