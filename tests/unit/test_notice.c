/* SPDX-License-Identifier: MIT */
/* Return notices: the cases of tests/data/notices. */
#include "tests/unit/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/dsn.h"
#include "net/parts.h"

#define FILE_MAX (512u << 10)
#define CASES_LEAST 25

/* A case being checked. */
struct trial {
    const char *file;
    char name[256];
    struct dsn dsn;
    size_t recipients; /* that the case names */
    bool report;
    int wrong;
};

static void expect(struct trial *trial, const char *what, const char *wanted,
                   const char *got)
{
    if (strcmp(wanted, got && got[0] ? got : "-") == 0)
        return;
    print_message("# %s: %s: %s is '%s', not '%s'\n", trial->file, trial->name,
                  what, got ? got : "-", wanted);
    trial->wrong++;
}

static void check_recipient(struct trial *trial, const char *line)
{
    char address[ADDRESS_MAX], action[16], status[16], code[16], number[16];
    const struct dsn_recipient *recipient =
        &trial->dsn.recipients[trial->recipients++];

    assert_int_equal(
        sscanf(line, "%320s %15s %15s %15s", address, action, status, code), 4);
    assert_true(trial->recipients <= DSN_RECIPIENTS_MAX);
    snprintf(number, sizeof(number), "%d", recipient->code);
    expect(trial, "address", address, recipient->address);
    expect(trial, "action", action, dsn_action_name(recipient->action));
    expect(trial, "status", status, recipient->status);
    expect(trial, "code", code, recipient->code ? number : "");
}

static void check_line(struct trial *trial, const char *line)
{
    const struct dsn *dsn = &trial->dsn;
    const struct {
        const char *name, *got;
    } texts[] = {
        {"remote ", dsn->recipients[0].remote},
        {"reporting ", dsn->reporting},
        {"id ", dsn->message_id},
        {"token ", dsn->token},
    };

    if (strncmp(line, "recipient ", 10) == 0)
        check_recipient(trial, line + 10);
    for (size_t i = 0; i < COUNT(texts); i++)
        if (strncmp(line, texts[i].name, strlen(texts[i].name)) == 0)
            expect(trial, texts[i].name, line + strlen(texts[i].name),
                   texts[i].got);
    if (strncmp(line, "reply ", 6) == 0 &&
        !strstr(dsn->recipients[0].words, line + 6))
        expect(trial, "reply", line + 6, dsn->recipients[0].words);
    trial->report |= strcmp(line, "report") == 0;
}

static const char *take_line(char *line, size_t size, const char *at)
{
    size_t length = strcspn(at, "\n");

    snprintf(line, size, "%.*s", (int)length, at);
    return at + length + (at[length] == '\n');
}

static int run_case(const char *file, const char *text, const char *end)
{
    struct trial *trial = calloc(1, sizeof(*trial));
    char line[1024], count[16], wanted[16];
    const char *at, *mail;
    int wrong;

    assert_non_null(trial);
    trial->file = file;
    at = mail = take_line(trial->name, sizeof(trial->name), text);
    while (*mail == '?' || *mail == '#')
        mail = take_line(line, sizeof(line), mail);
    mail += *mail == '\n';
    dsn_read(&trial->dsn, mail, mail < end ? (size_t)(end - mail) : 0);
    while (*at == '?' || *at == '#') {
        at = take_line(line, sizeof(line), at);
        if (line[0] == '?')
            check_line(trial, line + 2);
    }
    snprintf(wanted, sizeof(wanted), "%zu", trial->recipients);
    snprintf(count, sizeof(count), "%zu", trial->dsn.count);
    expect(trial, "recipients", wanted, count);
    expect(trial, "form", trial->report ? "report" : "words",
           trial->dsn.report ? "report" : "words");
    wrong = trial->wrong;
    free(trial);
    return wrong;
}

static int run_file(const char *folder, const char *name, int *cases)
{
    char path[2048], *text = calloc(1, FILE_MAX + 1);
    const char *at;
    FILE *in;
    int wrong = 0;

    assert_non_null(text);
    snprintf(path, sizeof(path), "%s/%.255s", folder, name);
    in = fopen(path, "r");
    assert_non_null(in);
    assert_true(fread(text, 1, FILE_MAX, in) < FILE_MAX);
    fclose(in);
    for (at = strstr(text, "== "); at;) {
        const char *next = strstr(at, "\n== ");

        wrong += run_case(name, at + 3, next ? next + 1 : at + strlen(at));
        (*cases)++;
        at = next ? next + 1 : NULL;
    }
    free(text);
    return wrong;
}

static void test_cases(void **state)
{
    char folder[1024];
    int cases = 0, wrong = 0;
    struct dirent *entry;
    DIR *dir;

    (void)state;
    snprintf(folder, sizeof(folder), "%s/tests/data/notices", getenv("TOP"));
    dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir)))
        if (strstr(entry->d_name, ".case"))
            wrong += run_file(folder, entry->d_name, &cases);
    closedir(dir);
    print_message("# %d cases\n", cases);
    assert_true(cases >= CASES_LEAST);
    assert_int_equal(wrong, 0);
}

/* Parts within parts end somewhere, and so do parts beside parts. */
static void test_bounds(void **state)
{
    struct parts *parts = malloc(sizeof(*parts));
    char *mail = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&mail, &length);

    (void)state;
    assert_non_null(parts);
    assert_non_null(out);
    for (int i = 0; i < 200; i++)
        fprintf(out, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n",
                i, i);
    for (int i = 0; i < 2000; i++)
        fprintf(out, "\n--b%d\n\nx\n", PARTS_DEPTH - 1);
    assert_int_equal(fclose(out), 0);
    parts_read(parts, mail, length);
    assert_int_equal(parts->count, PARTS_MAX);
    free(parts);
    free(mail);
}

static void test_quotes(void **state)
{
    struct request request = {.token = "abc", .subject_code = "K7Q-4M2"};
    struct dsn dsn = {.count = 1};

    (void)state;
    assert_false(dsn_quotes(&dsn, &request));
    snprintf(dsn.subject, sizeof(dsn.subject), "Re: Prueba K7Q-4M2");
    assert_true(dsn_quotes(&dsn, &request));
    dsn.subject[0] = '\0';
    snprintf(dsn.token, sizeof(dsn.token), "abcd");
    assert_false(dsn_quotes(&dsn, &request));
    snprintf(dsn.token, sizeof(dsn.token), "abc");
    assert_true(dsn_quotes(&dsn, &request));
    memset(&request, 0, sizeof(request));
    memset(&dsn, 0, sizeof(dsn));
    assert_false(dsn_quotes(&dsn, &request));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_quotes),
    };

    return cmocka_run_group_tests_name("notice", tests, NULL, NULL);
}
