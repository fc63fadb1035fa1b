/* SPDX-License-Identifier: MIT */
/* The table of options, and the help that is made from it. */
#ifndef UI_RULES_H
#define UI_RULES_H

#include <stdio.h>

#include "ui/options.h"
#include "ui/take.h"

enum rule_id {
    RULE_PRACTICE,
    RULE_VIA,
    RULE_FROM,
    RULE_TO,
    RULE_OTHER_FROM,
    RULE_FREE_TO,
    RULE_MESSAGE_ID,
    RULE_ADDRESS,
    RULE_SENDER,
    RULE_TOKEN,
    RULE_SUBJECT_CODE,
    RULE_FILE,
    RULE_API_URL,
    RULE_API_KEY_FILE,
    RULE_SMTP,
    RULE_TLS,
    RULE_USER,
    RULE_PASSWORD_FILE,
    RULE_IMAP,
    RULE_DNS,
    RULE_IP,
    RULE_SELECTOR,
    RULE_CA_FILE,
    RULE_LIMIT,
    RULE_WAIT,
    RULE_JSON,
    RULE_FORMAT,
    RULE_WIDTH,
    RULE_ASCII,
    RULE_OUTPUT,
    RULE_PRINT,
    RULE_PLAIN,
    RULE_RESUME,
    RULE_LANG,
    RULE_NO_COLOR,
    RULE_CONFIG,
    RULE_HELP,
    RULE_VERSION,
    RULE_COUNT
};

/* One option. Its value goes through `take` into struct options at `offset`;
 * those without `take` are seen to by options_read itself. */
struct rule {
    const char *name;
    const char *value; /* what it takes, for the help; NULL: nothing */
    enum text_id help;
    unsigned commands; /* bits 1 << enum command */
    take *take;
    size_t offset, size;
};

extern const struct rule rules[RULE_COUNT];

/* The command of a word, or COMMAND_COUNT. */
enum command command_from(const char *word);
const char *command_name(enum command command);

/* Usage, what the command does, and its options; the wizard's help names the
 * other commands too. */
void rules_help(FILE *out, enum command command);

/* The scenarios of the practice world, one a line, and what each shows. */
void rules_scenarios(FILE *out);

#endif
