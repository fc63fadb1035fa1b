/* SPDX-License-Identifier: MIT */
/* The command line: what the program is asked to do. */
#include "ui/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "ui/config.h"
#include "ui/rules.h"
#include "ui/say.h"
#include "ui/settle.h"

#define GIVEN_MAX 64
#define IMAPS_PORT 993
#define SUBMISSION_PORT 587

/* What stands on the command line, before any of it is taken. */
struct given {
    const struct rule *rule;
    const char *value;
};

/* The first that getopt could not read; `sign` is 0 where it read all. */
struct unread {
    int sign, option;
    const char *word;
};

struct reader {
    struct options *options;
    struct unread unread;
    struct given given[GIVEN_MAX];
    int count;
    const char *values[RULE_COUNT]; /* the last of each; "" where it has none */
};

static void fill_getopt(struct option table[RULE_COUNT + 1])
{
    memset(table, 0, (RULE_COUNT + 1) * sizeof(*table));
    for (int i = 0; i < RULE_COUNT; i++) {
        table[i].name = rules[i].name;
        table[i].val = 256 + i;
        if (rules[i].value)
            table[i].has_arg = rules[i].value[0] == '[' ? optional_argument
                                                        : required_argument;
    }
}

static int refuse_unread(const struct reader *reader)
{
    const struct unread *unread = &reader->unread;
    int option = unread->option;
    bool known = option >= 256 && option < 256 + RULE_COUNT;

    if (unread->sign == 0)
        return CONTINUE;
    if (unread->sign == ':')
        return settle_refuse(T_BAD_MISSING,
                             option == 'o' ? "output"
                             : known       ? rules[option - 256].name
                                           : "?",
                             NULL);
    if (known)
        return settle_refuse(T_BAD_EXTRA, rules[option - 256].name, NULL);
    return settle_refuse(T_BAD_OPTION, NULL, unread->word);
}

/* Reads to the end whatever comes, so that what is wrong can be said in the
 * language that another option asks for. */
static int collect(struct reader *reader, int argc, char **argv)
{
    struct option table[RULE_COUNT + 1];
    int sign;

    fill_getopt(table);
    opterr = 0;
    optind = 0; /* glibc: begin anew, also in a test's second run */
    while ((sign = getopt_long(argc, argv, ":ho:", table, NULL)) != -1) {
        int i = sign == 'h'   ? RULE_HELP
                : sign == 'o' ? RULE_OUTPUT
                              : sign - 256;

        if (i < 0 || i >= RULE_COUNT) {
            if (reader->unread.sign == 0)
                reader->unread =
                    (struct unread){sign, optopt, argv[optind - 1]};
            continue;
        }
        if (reader->count == GIVEN_MAX)
            return settle_refuse(T_BAD_MANY, NULL, NULL);
        reader->values[i] = optarg ? optarg : "";
        reader->given[reader->count++] =
            (struct given){&rules[i], reader->values[i]};
    }
    return CONTINUE;
}

/* The words that are no options: the command, then what it takes. */
static int take_words(struct options *options, int argc, char **argv)
{
    const char *word = optind < argc ? argv[optind] : NULL;

    options->command = word ? command_from(word) : COMMAND_WIZARD;
    if (options->command == COMMAND_COUNT)
        return settle_refuse(T_BAD_COMMAND, NULL, word);
    options->rest = argv + optind + (word ? 1 : 0);
    options->rest_count = argc - optind - (word ? 1 : 0);
    return CONTINUE;
}

static int take_rest(struct options *options)
{
    int most = 0;

    if (options->command == COMMAND_EXPLAIN)
        return CONTINUE;
    if (options->command == COMMAND_REPORT && options->rest_count > 0)
        options->session = options->rest[most++];
    if (options->command == COMMAND_PROBE) {
        if (options->rest_count > 0)
            options->probe = probe_from(options->rest[most++]);
        if (options->probe == PROBE_COUNT || options->probe == PROBE_PRACTICE ||
            options->probe == PROBE_API_ACTIVATE ||
            options->probe == PROBE_PRINT)
            return settle_refuse(T_BAD_PROBE, NULL, NULL);
    }
    if (options->rest_count > most)
        return settle_refuse(T_BAD_REST, NULL, options->rest[most]);
    return CONTINUE;
}

/* Help, version and lists need nothing else to be right. */
static int answer(const struct reader *reader)
{
    const char *practice = reader->values[RULE_PRACTICE];

    if (reader->values[RULE_HELP])
        rules_help(stdout, reader->options->command);
    else if (reader->values[RULE_VERSION])
        puts(PACKAGE_STRING);
    else if (practice && strcmp(practice, "list") == 0)
        rules_scenarios(stdout);
    else
        return CONTINUE;
    return STATUS_ARRIVED;
}

static int check_places(const struct reader *reader)
{
    enum command command = reader->options->command;

    for (int i = 0; i < reader->count; i++)
        if (!(reader->given[i].rule->commands & 1u << command))
            return settle_refuse(T_BAD_PLACE, reader->given[i].rule->name,
                                 command_name(command));
    return CONTINUE;
}

static int take_language(struct reader *reader)
{
    struct options *options = reader->options;
    const char *value = reader->values[RULE_LANG];
    enum text_id problem =
        value ? take_lang(options->lang, sizeof(options->lang), value) : T_NONE;

    if (problem != T_NONE)
        return settle_refuse(problem, "lang", value);
    options->lang_chosen = value != NULL;
    text_language(options->lang);
    return CONTINUE;
}

/* Real servers have no part in practice: nothing of the configuration but the
 * language stays. */
static int read_config(struct reader *reader)
{
    struct options *options = reader->options;
    int status = config_read(&options->settings, options->lang, &options->paper,
                             reader->values[RULE_CONFIG]);

    if (status != CONTINUE)
        return status;
    if (reader->values[RULE_PRACTICE]) {
        int keep_days = options->settings.keep_days;

        settings_clear(&options->settings);
        settings_init(&options->settings);
        options->settings.keep_days = keep_days;
        options->settings.limit = options->settings.wait = SETTLE_DEFAULT;
    }
    return take_language(reader);
}

static void forget_server(struct endpoint *endpoint, unsigned short port,
                          enum tls_mode tls)
{
    *endpoint = (struct endpoint){.port = port, .tls = tls};
}

/* A server given here has nothing of the one in the configuration, above all
 * not its login or key. */
static void forget_configured(struct reader *reader)
{
    struct settings *settings = &reader->options->settings;

    if (reader->values[RULE_SMTP]) {
        forget_server(&settings->smtp, SUBMISSION_PORT, TLS_STARTTLS);
        settings->user[0] = '\0';
        secret_clear(&settings->password);
    }
    if (reader->values[RULE_API_URL])
        secret_clear(&settings->api_key);
}

static int take_values(struct reader *reader)
{
    struct options *options = reader->options;

    forget_server(&options->imap, IMAPS_PORT, TLS_IMPLICIT);
    forget_configured(reader);
    for (int i = 0; i < reader->count; i++) {
        const struct given *given = &reader->given[i];
        const struct rule *rule = given->rule;
        enum text_id problem = rule->take
                                   ? rule->take((char *)options + rule->offset,
                                                rule->size, given->value)
                                   : T_NONE;

        if (problem != T_NONE)
            return settle_refuse(problem, rule->name, given->value);
    }
    if (reader->values[RULE_NO_COLOR])
        options->colour = false;
    options->output = reader->values[RULE_OUTPUT];
    return CONTINUE;
}

static int take_format(struct reader *reader)
{
    const char *value = reader->values[RULE_FORMAT];

    reader->options->format = value ? paper_from(value) : FORMAT_TEXT;
    if (reader->options->format != FORMAT_COUNT)
        return CONTINUE;
    return settle_refuse(strcmp(value, "pdf") == 0 ? T_BAD_NO_PDF
                                                   : T_BAD_FORMAT,
                         "format", value);
}

static int read_all(struct reader *reader, int argc, char **argv)
{
    struct options *options = reader->options;
    int status;

    if ((status = collect(reader, argc, argv)) != CONTINUE ||
        (status = take_language(reader)) != CONTINUE ||
        (status = refuse_unread(reader)) != CONTINUE ||
        (status = take_words(options, argc, argv)) != CONTINUE ||
        (status = answer(reader)) != CONTINUE ||
        (status = check_places(reader)) != CONTINUE ||
        (status = take_rest(options)) != CONTINUE ||
        (status = take_format(reader)) != CONTINUE ||
        (status = read_config(reader)) != CONTINUE ||
        (status = take_values(reader)) != CONTINUE)
        return status;
    return settle(options, reader->values);
}

/* A convention of programs that can talk to screen readers. */
static bool wants_lines(const char *accessible)
{
    return accessible && *accessible && strcmp(accessible, "0") != 0;
}

int options_read(struct options *options, int argc, char **argv)
{
    struct reader reader = {.options = options};

    memset(options, 0, sizeof(*options));
    options->probe = PROBE_COUNT;
    options->colour = true;
    options->plain = wants_lines(getenv("ACCESSIBLE"));
    snprintf(options->lang, sizeof(options->lang), "es");
    options->paper.lang = options->lang;
    return read_all(&reader, argc, argv);
}

void options_clear(struct options *options)
{
    settings_clear(&options->settings);
}
