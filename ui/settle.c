/* SPDX-License-Identifier: MIT */
/* What the values of the command line mean together, and what is missing. */
#include "ui/settle.h"

#include <stdio.h>
#include <string.h>

#include "net/practice/scenarios.h"
#include "ui/say.h"

#define IMAPS_PORT 993
#define PRACTICE_SECONDS 3 /* limit and wait of the practice world */

int settle_refuse(enum text_id problem, const char *option, const char *value)
{
    char name[40] = "";
    struct blank blanks[] = {{"option", name}, {"value", value}, {NULL, NULL}};

    if (option)
        snprintf(name, sizeof(name), "--%s", option);
    say_line(stderr, problem, blanks);
    return take_is_data(problem) ? STATUS_DATA : STATUS_USAGE;
}

/* Whoever gives a limit alone does not want to wait longer either. */
static void settle_times(struct settings *settings, bool practice)
{
    double limit = practice ? PRACTICE_SECONDS : LIMIT_USUAL;
    double wait = practice ? PRACTICE_SECONDS : WAIT_USUAL;

    if (settings->wait < 0)
        settings->wait = settings->limit < 0 ? wait : settings->limit;
    if (settings->limit < 0)
        settings->limit = limit;
}

/* --tls holds for every server given beside it, but for port 993, which knows
 * one way only. Where none is given, for that of the configuration. */
static void spread_tls(struct options *options, const char *const *values)
{
    if (!values[RULE_TLS])
        return;
    if (values[RULE_SMTP] || !values[RULE_IMAP])
        options->settings.smtp.tls = options->tls;
    if (options->imap.port != IMAPS_PORT)
        options->imap.tls = options->tls;
}

/* What is not given beside --imap comes from the configuration's mailbox of
 * that address. */
static void fill_mailbox(struct mailbox *mailbox, const struct options *options,
                         const char *address, const char *const *values)
{
    const struct settings *settings = &options->settings;
    const struct mailbox *known = settings_mailbox(settings, address);

    if (known)
        *mailbox = *known;
    snprintf(mailbox->address, sizeof(mailbox->address), "%s", address);
    mailbox->imap = options->imap;
    if (values[RULE_USER] || !known)
        snprintf(mailbox->user, sizeof(mailbox->user), "%s",
                 values[RULE_USER] ? settings->user : address);
    if (values[RULE_PASSWORD_FILE])
        mailbox->password = settings->password;
}

/* The mailbox of --imap goes to the front of the list. */
static int take_mailbox(struct options *options, const char *const *values)
{
    struct settings *settings = &options->settings;
    const char *address = settings->to[0] ? settings->to : settings->user;
    struct mailbox mailbox = {.address = ""};

    if (!values[RULE_IMAP])
        return CONTINUE;
    if (!address[0])
        return settle_refuse(T_NEED_OPTION, rules[RULE_TO].name, NULL);
    fill_mailbox(&mailbox, options, address, values);
    if (settings->mailbox_count < MAILBOXES_MAX)
        settings->mailbox_count++;
    memmove(settings->mailboxes + 1, settings->mailboxes,
            (size_t)(settings->mailbox_count - 1) * sizeof(mailbox));
    settings->mailboxes[0] = mailbox;
    secret_clear(&mailbox.password);
    return CONTINUE;
}

/* The mailbox that `probe imap` looks into, or NULL. */
static const struct mailbox *choose_mailbox(const struct settings *settings)
{
    const struct mailbox *known = settings_mailbox(settings, settings->to);

    if (known || settings->mailbox_count == 0)
        return known;
    return &settings->mailboxes[0];
}

/* The scenario that can be played over the channel wanted. */
static int take_scenario(struct options *options, const char *const *values)
{
    struct settings *settings = &options->settings;
    const char *value = values[RULE_PRACTICE];
    enum scenario scenario = scenario_from(value);
    bool smtp = strcmp(settings->via, "smtp") == 0;
    struct blank blanks[] = {
        {"value", value}, {"via", settings->via}, {NULL, NULL}};

    if (!value)
        return CONTINUE;
    if (scenario == SCENARIO_NONE)
        return settle_refuse(T_BAD_SCENARIO, NULL, value);
    if (settings->via[0])
        scenario = scenario_over(scenario, smtp ? CHANNEL_SMTP : CHANNEL_API);
    else if (options->command == COMMAND_DIAGNOSE)
        snprintf(settings->via, sizeof(settings->via), "%s",
                 channel_name(scenario_channel(scenario)));
    if (scenario == SCENARIO_NONE) {
        say_line(stderr, T_BAD_CHANNEL, blanks);
        return STATUS_USAGE;
    }
    snprintf(settings->practice, sizeof(settings->practice), "%s",
             scenario_name(scenario));
    return CONTINUE;
}

static int check_servers(const struct settings *settings)
{
    bool safe = take_is_safe(&settings->smtp);

    for (int i = 0; i < settings->mailbox_count; i++)
        safe = safe && take_is_safe(&settings->mailboxes[i].imap);
    return safe ? CONTINUE : settle_refuse(T_BAD_PLAIN, NULL, NULL);
}

static bool has_from(const struct options *options)
{
    return options->settings.from[0];
}

static bool has_to(const struct options *options)
{
    return options->settings.to[0];
}

static bool has_either(const struct options *options)
{
    return has_from(options) || has_to(options);
}

static bool has_key(const struct options *options)
{
    return settings_has_api(&options->settings);
}

static bool has_smtp(const struct options *options)
{
    return settings_has_smtp(&options->settings);
}

static bool has_message(const struct options *options)
{
    return options->message_id[0] || options->settings.to[0];
}

static bool has_address(const struct options *options)
{
    return options->address[0] || options->sender[0];
}

static bool has_token(const struct options *options)
{
    return options->token[0];
}

static bool has_file(const struct options *options)
{
    return options->file[0];
}

static bool has_imap(const struct options *options)
{
    return options->mailbox && options->mailbox->imap.host[0];
}

static bool has_password(const struct options *options)
{
    return options->mailbox && secret_given(&options->mailbox->password);
}

/* What a test cannot do without, in the order in which it is asked for. */
static const struct {
    enum rule_id rule;
    bool (*there)(const struct options *);
    unsigned probes; /* bits 1 << enum probe */
} needs[] = {
#define OF(probe) (1u << PROBE_##probe)
    {RULE_FROM, has_from, OF(SMTP) | OF(API_SEND)},
    {RULE_TO, has_to, OF(SMTP) | OF(API_SEND)},
    {RULE_FROM, has_either, OF(DOMAIN)},
    {RULE_MESSAGE_ID, has_message, OF(API_WATCH)},
    {RULE_ADDRESS, has_address, OF(API_HISTORY)},
    {RULE_TOKEN, has_token, OF(IMAP) | OF(IMAP_RETURN)},
    {RULE_SMTP, has_smtp, OF(SMTP)},
    {RULE_API_KEY_FILE, has_key,
     OF(API_SEND) | OF(API_WATCH) | OF(API_HISTORY)},
    {RULE_FILE, has_file, OF(HEADERS) | OF(NOTICE)},
    {RULE_IMAP, has_imap, OF(IMAP) | OF(IMAP_RETURN)},
    {RULE_PASSWORD_FILE, has_password, OF(IMAP) | OF(IMAP_RETURN)},
};

/* A walk that nobody is asked in begins with a send. */
static enum probe first_probe(struct options *options)
{
    char *via = options->settings.via;

    if (options->command == COMMAND_PROBE)
        return options->probe;
    if (options->command != COMMAND_DIAGNOSE || options->settings.practice[0])
        return PROBE_COUNT;
    if (!via[0])
        snprintf(via, sizeof(options->settings.via), "%s",
                 has_smtp(options) && !has_key(options) ? "smtp" : "api");
    return strcmp(via, "smtp") == 0 ? PROBE_SMTP : PROBE_API_SEND;
}

static int check_needs(struct options *options)
{
    unsigned probe = 1u << first_probe(options);

    for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
        if (needs[i].probes & probe && !needs[i].there(options))
            return settle_refuse(T_NEED_OPTION, rules[needs[i].rule].name,
                                 NULL);
    return CONTINUE;
}

/* A history is of one or the other. */
static int check_history(const char *const *values)
{
    char other[40];

    if (!values[RULE_ADDRESS] || !values[RULE_SENDER])
        return CONTINUE;
    snprintf(other, sizeof(other), "--%s", rules[RULE_SENDER].name);
    return settle_refuse(T_BAD_BOTH, rules[RULE_ADDRESS].name, other);
}

int settle(struct options *options, const char *const values[RULE_COUNT])
{
    int status;

    settle_times(&options->settings, values[RULE_PRACTICE]);
    spread_tls(options, values);
    if ((status = take_scenario(options, values)) != CONTINUE ||
        (status = take_mailbox(options, values)) != CONTINUE ||
        (status = check_servers(&options->settings)) != CONTINUE ||
        (status = check_history(values)) != CONTINUE)
        return status;
    options->settings.smtp_settled = settings_has_smtp(&options->settings);
    options->mailbox = choose_mailbox(&options->settings);
    return check_needs(options);
}
