/* SPDX-License-Identifier: MIT */
/* nollego finds out, by live tests, why a transactional test mail did not
 * arrive, along one help article. The map of the house:
 *
 *   Start      main() below     cage, words, command line, one command
 *              net/cage         no exec, no core file, a clean environment
 *              net/place        our own files, found from the program's place
 *              ui/options       command line -> struct options, by ui/rules
 *              ui/take          one value checked; ui/settle: all together
 *              ui/config        INI -> steps/settings: servers, keys, limits
 *
 *   Walk       steps/step       a step of the article as data
 *              steps/graph      all steps, what follows what
 *              steps/trail      the way so far; it changes by events alone
 *              steps/live       which tests a step wants, as requests
 *              steps/reply      a refusal's words and codes -> steps/cause
 *              steps/judge      evidence -> one verdict
 *              steps/journal    every event on disk: loading is replaying
 *              steps/report     the facts in order, before any format
 *              steps/tell       what a screen says; steps/text: id -> sentence
 *              steps/provider   whose mailbox an address is
 *              steps/domains    what the DNS says, in words; network: our own
 *              steps/clock      how long a test has been on its way
 *              steps/guide      the help of each step, and the glossary
 *
 *   Test       net/request      what a probe shall do; net/probe: which one
 *              net/job          forks it, keeps its deadline, gives one end
 *              net/module       the door of smtp.so, api.so, dns.so ...
 *              net/smtp         by net/link, dialogue, relay, driver, message
 *              net/trx_*        the service's API, by net/https and json
 *              net/imap         a mailbox, by net/imap_*; net/pace: how often
 *              net/domain       both domains, by net/party, sender, reverse
 *              net/dns          c-ares behind net/resolver; spf, dmarc, dkim
 *              net/feed         a probe's mouth, through net/redact
 *              net/event        one JSON line: net/line, net/fault, net/utf8
 *              net/practice/    a small provider on loopback to practise with
 *
 *   Show       ui/walk          trail, journal and running tests together
 *              ui/wizard        the screens, by ui/loop, layout, term, keys
 *              ui/lines         the same screens as lines, by ui/lines_*
 *              ui/headless      `diagnose`; ui/probe_command: `probe`
 *              ui/explain_command, ui/report_command, by ui/paper_*
 *              ui/show          the one door of foreign text; ui/wrap: lines
 *
 *   Words      assets/NAME.def  every sentence, in Spanish
 *              assets/po/       the same in English and Portuguese
 *
 * A room includes only what stands below it: ui -> steps -> net. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "net/cage.h"
#include "net/place.h"
#include "ui/options.h"
#include "ui/say.h"

static command_run *const commands[COMMAND_COUNT] = {
    [COMMAND_WIZARD] = wizard_command, [COMMAND_DIAGNOSE] = diagnose_command,
    [COMMAND_PROBE] = probe_command,   [COMMAND_EXPLAIN] = explain_command,
    [COMMAND_REPORT] = report_command, [COMMAND_SESSIONS] = sessions_command,
};

static int fail(const char *problem)
{
    say_line(stderr, T_OURS_START,
             (struct blank[]){{"value", problem}, {NULL, NULL}});
    return STATUS_OURS;
}

int main(int argc, char **argv)
{
    struct options options;
    struct error err = {""};
    char locale[PATH_TEXT_MAX];
    int status;

    /* First, so that nothing has read the environment before it is clean. */
    if (cage_program(&err) != 0)
        return fail(err.text);
    /* A file that may grow no more is told of, not died of. */
    signal(SIGXFSZ, SIG_IGN);
    setlocale(LC_CTYPE, "");
    text_open(place_locale(locale, sizeof(locale), NULL) == 0 ? locale : NULL);
    status = options_read(&options, argc, argv);
    if (status < 0 && commands[options.command])
        status = commands[options.command](&options);
    options_clear(&options);
    return status;
}
