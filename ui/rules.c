/* SPDX-License-Identifier: MIT */
/* The table of options, and the help that is made from it. */
#include "ui/rules.h"

#include <string.h>

#include "net/practice/scenarios.h"
#include "ui/say.h"
#include "ui/wrap.h"

#define HELP_COLUMN 28
#define HELP_WIDTH 79

#define BIT(command) (1u << COMMAND_##command)
#define WALKS (BIT(WIZARD) | BIT(DIAGNOSE))
#define NETWORK (WALKS | BIT(PROBE))
#define ALL ((1u << COMMAND_COUNT) - 1)
#define INTO(member)                                                           \
    offsetof(struct options, member), sizeof(((struct options *)0)->member)

/* clang-format off */
const struct rule rules[RULE_COUNT] = {
    [RULE_PRACTICE] = {"practice", "[=CASO]", T_HELP_PRACTICE, WALKS,
                       NULL, INTO(settings.practice)},
    [RULE_VIA] = {"via", "api|smtp", T_HELP_VIA, WALKS,
                  take_via, INTO(settings.via)},
    [RULE_FROM] = {"from", "CORREO", T_HELP_FROM, NETWORK,
                   take_address, INTO(settings.from)},
    [RULE_TO] = {"to", "CORREO", T_HELP_TO, NETWORK,
                 take_address, INTO(settings.to)},
    [RULE_OTHER_FROM] = {"other-from", "CORREO", T_HELP_OTHER_FROM, WALKS,
                         take_address, INTO(settings.other_from)},
    [RULE_FREE_TO] = {"free-to", "CORREO", T_HELP_FREE_TO, WALKS,
                      take_address, INTO(settings.free_to)},
    [RULE_MESSAGE_ID] = {"message-id", "ID", T_HELP_MESSAGE_ID, BIT(PROBE),
                         take_word, INTO(message_id)},
    [RULE_ADDRESS] = {"address", "CORREO", T_HELP_ADDRESS, BIT(PROBE),
                      take_address, INTO(address)},
    [RULE_SENDER] = {"sender", "CORREO", T_HELP_SENDER, BIT(PROBE),
                     take_address, INTO(sender)},
    [RULE_TOKEN] = {"token", "MARCA", T_HELP_TOKEN, BIT(PROBE),
                    take_token, INTO(token)},
    [RULE_SUBJECT_CODE] = {"subject-code", "MARCA", T_HELP_SUBJECT_CODE,
                           BIT(PROBE), take_token, INTO(subject_code)},
    [RULE_FILE] = {"file", "ARCHIVO", T_HELP_FILE, BIT(PROBE),
                   take_input, INTO(file)},
    [RULE_API_URL] = {"api-url", "URL", T_HELP_API_URL, NETWORK,
                      take_url, INTO(settings.api_url)},
    [RULE_API_KEY_FILE] = {"api-key-file", "ARCHIVO", T_HELP_API_KEY_FILE,
                           NETWORK, take_secret_file, INTO(settings.api_key)},
    [RULE_SMTP] = {"smtp", "SERVIDOR:PUERTO", T_HELP_SMTP, NETWORK,
                   take_server, INTO(settings.smtp)},
    [RULE_TLS] = {"tls", "MODO", T_HELP_TLS, NETWORK,
                  take_tls, INTO(tls)},
    [RULE_USER] = {"user", "USUARIO", T_HELP_USER, NETWORK,
                   take_text, INTO(settings.user)},
    [RULE_PASSWORD_FILE] = {"password-file", "ARCHIVO", T_HELP_PASSWORD_FILE,
                            NETWORK, take_secret_file,
                            INTO(settings.password)},
    [RULE_IMAP] = {"imap", "SERVIDOR:PUERTO", T_HELP_IMAP, NETWORK,
                   take_server, INTO(imap)},
    [RULE_DNS] = {"dns", "IP:PUERTO", T_HELP_DNS, NETWORK,
                  take_resolver, INTO(settings.dns)},
    [RULE_IP] = {"ip", "IP", T_HELP_IP, BIT(PROBE),
                 take_ip, INTO(ip)},
    [RULE_SELECTOR] = {"selector", "NOMBRE", T_HELP_SELECTOR, BIT(PROBE),
                       take_selector, INTO(selector)},
    [RULE_CA_FILE] = {"ca-file", "ARCHIVO", T_HELP_CA_FILE, NETWORK,
                      take_file, INTO(settings.ca_file)},
    [RULE_LIMIT] = {"limit", "SEGUNDOS", T_HELP_LIMIT, NETWORK,
                    take_limit, INTO(settings.limit)},
    [RULE_WAIT] = {"wait", "SEGUNDOS", T_HELP_WAIT, NETWORK,
                   take_wait, INTO(settings.wait)},
    [RULE_JSON] = {"json", NULL, T_HELP_JSON, BIT(DIAGNOSE) | BIT(EXPLAIN),
                   take_flag, INTO(json)},
    [RULE_FORMAT] = {"format", "FORMA", T_HELP_FORMAT, BIT(REPORT),
                     NULL, INTO(format)},
    [RULE_WIDTH] = {"width", "COLUMNAS", T_HELP_WIDTH, BIT(REPORT),
                    take_columns, INTO(paper.columns)},
    [RULE_ASCII] = {"ascii", NULL, T_HELP_ASCII, BIT(REPORT),
                    take_flag, INTO(paper.ascii)},
    [RULE_OUTPUT] = {"output", "ARCHIVO", T_HELP_OUTPUT, BIT(REPORT),
                     NULL, INTO(output)},
    [RULE_PRINT] = {"print", NULL, T_HELP_PRINT, BIT(REPORT),
                    take_flag, INTO(print)},
    [RULE_PLAIN] = {"plain", NULL, T_HELP_PLAIN, BIT(WIZARD),
                    take_flag, INTO(plain)},
    [RULE_RESUME] = {"resume", NULL, T_HELP_RESUME, BIT(WIZARD),
                     take_flag, INTO(resume)},
    [RULE_LANG] = {"lang", "es|en|pt_BR", T_HELP_LANG, ALL,
                   take_lang, INTO(lang)},
    [RULE_NO_COLOR] = {"no-color", NULL, T_HELP_NO_COLOR, ALL,
                       NULL, 0, 0},
    [RULE_CONFIG] = {"config", "ARCHIVO", T_HELP_CONFIG, ALL,
                     NULL, 0, 0},
    [RULE_HELP] = {"help", NULL, T_HELP_HELP, ALL, NULL, 0, 0},
    [RULE_VERSION] = {"version", NULL, T_HELP_VERSION, ALL, NULL, 0, 0},
};

static const struct {
    const char *name;
    enum text_id usage, about;
} commands[COMMAND_COUNT] = {
#define COMMAND_ROW(id, name) {name, T_USAGE_##id, T_ABOUT_##id},
    COMMANDS(COMMAND_ROW)
#undef COMMAND_ROW
};
/* clang-format on */

enum command command_from(const char *word)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, word) == 0)
            return (enum command)i;
    return COMMAND_COUNT;
}

const char *command_name(enum command command)
{
    return commands[command].name;
}

/* The lines of a sentence after the first stand under it. */
static void put_indented(FILE *out, enum text_id id)
{
    char sentence[SENTENCE_MAX];
    size_t left = say_into(sentence, sizeof(sentence), id, NULL), used, shown;

    for (const char *at = sentence; left > 0; at += used, left -= used) {
        used = wrap_line(at, left, HELP_WIDTH - HELP_COLUMN, &shown);
        fprintf(out, "%*s%.*s\n", at == sentence ? 0 : HELP_COLUMN, "",
                (int)shown, at);
    }
}

/* `name` and `value` in a column of their own, then the sentence. */
static void put_row(FILE *out, const char *name, const char *value,
                    enum text_id sentence)
{
    int width =
        fprintf(out, "  %s%s%s", name, value && value[0] != '[' ? " " : "",
                value ? value : "");

    fprintf(out, "%*s", width < HELP_COLUMN ? HELP_COLUMN - width : 1, "");
    put_indented(out, sentence);
}

static void put_option(FILE *out, const struct rule *rule)
{
    char name[32];

    snprintf(name, sizeof(name), "--%s", rule->name);
    put_row(out, name, rule->value, rule->help);
}

void rules_help(FILE *out, enum command command)
{
    say_line(out, commands[command].usage, NULL);
    say_line(out, commands[command].about, NULL);
    if (command == COMMAND_WIZARD) {
        putc('\n', out);
        say_line(out, T_HELP_COMMANDS, NULL);
        for (int i = COMMAND_WIZARD + 1; i < COMMAND_COUNT; i++)
            put_row(out, commands[i].name, NULL, commands[i].about);
    }
    putc('\n', out);
    say_line(out, T_HELP_OPTIONS, NULL);
    for (int i = 0; i < RULE_COUNT; i++)
        if (rules[i].commands & 1u << command)
            put_option(out, &rules[i]);
}

void rules_scenarios(FILE *out)
{
#define SCENARIO_TEXT(id, name, via, other) T_PRACTICE_##id,
    static const enum text_id sentences[] = {SCENARIOS(SCENARIO_TEXT)};
#undef SCENARIO_TEXT

    /* One line each, however long, so that a script can read the first word. */
    for (int i = 0; i < SCENARIO_NONE; i++)
        fprintf(out, "%-20s%s\n", scenario_name((enum scenario)i),
                text(sentences[i]));
}
