/* SPDX-License-Identifier: MIT */
/* The command line: what the program is asked to do. */
#ifndef UI_OPTIONS_H
#define UI_OPTIONS_H

#include <stdbool.h>

#include "net/probe.h"
#include "steps/settings.h"
#include "ui/paper.h"

/* Exit statuses that scripts rely on; those from 64 on are of sysexits.h. */
enum status {
    STATUS_ARRIVED = 0, /* arrived, nothing wrong, the probe passed */
    STATUS_CAUSE = 1,   /* a cause was found, the probe met a fault */
    STATUS_UNKNOWN = 2, /* could not tell */
    STATUS_USAGE = 64,  /* the command line is wrong */
    STATUS_DATA = 65,   /* an address, a token ... is wrong */
    STATUS_OURS = 70,   /* we are at fault */
    STATUS_CONFIG = 78  /* the configuration is wrong */
};

#define COMMANDS(X)                                                            \
    X(WIZARD, "wizard")                                                        \
    X(DIAGNOSE, "diagnose")                                                    \
    X(PROBE, "probe")                                                          \
    X(EXPLAIN, "explain")                                                      \
    X(REPORT, "report")                                                        \
    X(SESSIONS, "sessions")

#define COMMAND_ENUM(id, name) COMMAND_##id,
enum command { COMMANDS(COMMAND_ENUM) COMMAND_COUNT };

/* All values are checked: servers may be spoken to, addresses have a form that
 * can be sent to, numbers are in their range. */
struct options {
    enum command command; /* without a word: WIZARD */

    /* Configuration, then the options over it. In it are also `practice`,
     * `via`, `from`, `to`, `other_from`, `free_to`. A mailbox given by --imap
     * comes first and belongs to the --to address. In practice `limit` and
     * `wait` are the practice world's. */
    struct settings settings;

    struct endpoint imap; /* as given; host empty: not */
    enum tls_mode tls;    /* as given; its servers have it already */

    bool colour;  /* neither --no-color nor NO_COLOR */
    bool plain;   /* the wizard in lines: --plain or ACCESSIBLE */
    bool resume;  /* straight into the session that was left */
    bool json;    /* diagnose, explain */
    char lang[8];     /* es, en, pt_BR */
    bool lang_chosen; /* by --lang or by its key */

    enum probe probe;              /* `probe NAME` */
    const struct mailbox *mailbox; /* for `probe imap`; in the settings */
    char message_id[ID_MAX];
    char address[ADDRESS_MAX]; /* `probe api-history`; else `sender` */
    char sender[ADDRESS_MAX];
    char ip[IP_TEXT_MAX]; /* `probe domain` */
    char selector[SELECTOR_MAX];
    char token[TOKEN_MAX];
    char subject_code[CODE_MAX];
    char file[PATH_TEXT_MAX]; /* `probe headers`; "-": standard input */

    enum paper_format format;
    struct paper paper;  /* its language is `lang` */
    bool print;          /* report: on paper */
    const char *output;  /* -o FILE, or NULL: standard output */
    const char *session; /* report SESSION or "-", or NULL: the latest */

    /* What follows the options: the texts of `explain`. Borrowed from argv. */
    char *const *rest;
    int rest_count;
};

/* Reads configuration and command line. Returns -1 where the program shall go
 * on, else the status to leave with, once what there is to say was said (help
 * and version on standard output, all else as one sentence on standard error).
 * `options` must be cleared in either case. */
int options_read(struct options *options, int argc, char **argv);

/* Wipes the secrets. */
void options_clear(struct options *options);

/* Every command: runs to its end and returns a status. */
typedef int command_run(struct options *options);

command_run wizard_command;   /* ui/wizard.c */
command_run diagnose_command; /* ui/headless.c */
command_run probe_command;    /* ui/probe_command.c */
command_run explain_command;  /* ui/explain_command.c */
command_run report_command;   /* ui/report_command.c */
command_run sessions_command; /* ui/sessions_command.c */

#endif
