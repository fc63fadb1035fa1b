/* SPDX-License-Identifier: MIT */
/* Headers of received copies: the cases of tests/data/headers. */
#include "tests/unit/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/copy_finding.h"

#define FILE_MAX (512u << 10)
#define CASES_LEAST 60

/* A case being checked. */
struct trial {
    const char *file, *name;
    struct copy copy;
    char from[COPY_NAME_MAX], to[COPY_NAME_MAX];
    size_t doubtful;
    bool found;
    int wrong;
};

static void expect(struct trial *trial, const char *what, const char *wanted,
                   const char *got)
{
    if (strcmp(wanted, got[0] ? got : "-") == 0)
        return;
    print_message("# %s: %s: %s is '%s', not '%s'\n", trial->file, trial->name,
                  what, got, wanted);
    trial->wrong++;
}

/* The words of an expectation; "" where there are fewer. */
struct words {
    char word[6][FILTER_TESTS_MAX];
};

static void check_auth(struct trial *trial, enum copy_method method,
                       const struct words *words)
{
    const struct copy_check *check = &trial->copy.checks[method];

    expect(trial, words->word[0], words->word[1], check->result);
    if (method == COPY_COMPAUTH || method == COPY_ARC) {
        if (words->word[2][0])
            expect(trial, "reason", words->word[2], check->reason);
        return;
    }
    if (words->word[2][0])
        expect(trial, "domain", words->word[2], check->domain);
    if (words->word[3][0])
        expect(trial, "alignment", words->word[3],
               alignment_name(check->aligned));
    if (words->word[4][0])
        expect(trial, "selector", words->word[4], check->selector);
}

static void check_filter(struct trial *trial, const struct words *words)
{
    const struct filter *filter =
        filter_find(&trial->copy.filters, words->word[1]);
    char score[32];

    if (!filter || strcmp(words->word[2], "absent") == 0) {
        expect(trial, words->word[1], words->word[2], filter ? "" : "absent");
        return;
    }
    if (words->word[2][0])
        expect(trial, "verdict", words->word[2],
               filter->verdict == FILTER_SILENT
                   ? ""
                   : filter_verdict_name(filter->verdict));
    snprintf(score, sizeof(score), "%g", filter->score);
    if (words->word[3][0])
        expect(trial, "score", words->word[3], filter->scored ? score : "");
    if (words->word[4][0])
        expect(trial, "tests", words->word[4], filter->tests);
}

static void check_line(struct trial *trial, const char *line)
{
    struct words words = {{""}};
    size_t count = 0;

    while (*line && count < COUNT(words.word)) {
        size_t length = strcspn(line, " ");

        snprintf(words.word[count++], FILTER_TESTS_MAX, "%.*s", (int)length,
                 line);
        line += length + strspn(line + length, " ");
    }
    for (int i = 0; i < COPY_METHOD_COUNT; i++)
        if (strcmp(words.word[0], copy_method_name((enum copy_method)i)) == 0)
            check_auth(trial, (enum copy_method)i, &words);
    if (strcmp(words.word[0], "ip") == 0)
        expect(trial, "ip", words.word[1], trial->copy.ip);
    if (strcmp(words.word[0], "path") == 0)
        expect(trial, "path", words.word[1], trial->copy.return_path);
    if (strcmp(words.word[0], "filter") == 0)
        check_filter(trial, &words);
    if (strcmp(words.word[0], "doubtful") == 0)
        trial->doubtful = (size_t)strtoul(words.word[1], NULL, 10);
    if (strcmp(words.word[0], "finding") == 0) {
        trial->found = true;
        expect(trial, "finding", words.word[1],
               copy_finding_name(copy_find(&trial->copy)));
    }
}

/* The line at `at` without its end; `at` goes to the next. */
static void take_line(char *line, size_t size, const char **at)
{
    size_t length = strcspn(*at, "\n");

    snprintf(line, size, "%.*s", (int)length, *at);
    *at += length + ((*at)[length] == '\n');
}

/* From behind its "== " to the next case; returns what is wrong with it. */
static int run_case(const char *file, const char *text, const char *end)
{
    struct trial *trial = calloc(1, sizeof(*trial));
    const char *at = text, *head;
    char name[256], line[1024], doubtful[16];
    int wrong;

    assert_non_null(trial);
    take_line(name, sizeof(name), &at);
    trial->file = file;
    trial->name = name;
    for (head = at; *head == '?';) {
        take_line(line, sizeof(line), &head);
        if (strncmp(line, "? to ", 5) == 0)
            snprintf(trial->to, sizeof(trial->to), "%.255s", line + 5);
        if (strncmp(line, "? from ", 7) == 0)
            snprintf(trial->from, sizeof(trial->from), "%.255s", line + 7);
    }
    copy_read(&trial->copy, head, (size_t)(end - head),
              &(struct copy_ask){trial->from, trial->to});
    while (*at == '?') {
        take_line(line, sizeof(line), &at);
        check_line(trial, line + 2);
    }
    snprintf(line, sizeof(line), "%zu", trial->doubtful);
    snprintf(doubtful, sizeof(doubtful), "%zu", trial->copy.doubtful_count);
    expect(trial, "doubtful", line, doubtful);
    if (!trial->found)
        expect(trial, "finding", "(named by the case)", "");
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
    snprintf(folder, sizeof(folder), "%s/tests/data/headers", getenv("TOP"));
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

static void test_organisations(void **state)
{
    static const struct {
        const char *domain, *organisation;
    } cases[] = {
        {"example.com", "example.com"},
        {"a.b.example.com", "example.com"},
        {"mail.tienda.com.ar", "tienda.com.ar"},
        {"tienda.com.ar", "tienda.com.ar"},
        {"a.b.tienda.co.uk", "tienda.co.uk"},
        {"salud.gob.mx", "salud.gob.mx"},
        {"correo.salud.gob.mx", "salud.gob.mx"},
        {"com.ar", "com.ar"},
        {"example.de", "example.de"},
        {"mx.example.de.", "example.de."},
        {"localhost", "localhost"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(orgdomain(cases[i].domain), cases[i].organisation);
    assert_true(orgdomain_same("Mail.Example.COM", "example.com."));
    assert_false(orgdomain_same("a.com.ar", "b.com.ar"));
    assert_false(orgdomain_same("", ""));
    assert_false(orgdomain_under("notexample.com", "example.com"));
    assert_int_equal(orgdomain_align("a.example.com", "example.com"),
                     ALIGNMENT_RELAXED);
    assert_int_equal(orgdomain_align("EXAMPLE.com", "example.com"),
                     ALIGNMENT_STRICT);
}

static void test_received(void **state)
{
    static const struct {
        const char *body, *hello, *host, *ip, *by;
    } cases[] = {
        {"from mail.x.example (mail.x.example. [203.0.113.7]) by mx.google.com "
         "with ESMTPS id a1 for <a@gmail.com>; Mon, 2 Nov 2026",
         "mail.x.example", "mail.x.example", "203.0.113.7", "mx.google.com"},
        {"from y (unknown [IPv6:2001:db8::1]) by m.example (Postfix) with "
         "ESMTP",
         "y", "", "2001:db8::1", "m.example"},
        {"from mail.x.example ([203.0.113.7]:4711 helo=y.example) by m.example "
         "with esmtps (TLS1.3) (Exim 4.96) (envelope-from <a@x.example>)",
         "mail.x.example", "mail.x.example", "203.0.113.7", "m.example"},
        {"from [203.0.113.7] (port=4711 helo=y.example) by m.example "
         "(Exim 4.96)",
         "y.example", "", "203.0.113.7", "m.example"},
        {"from unknown (HELO y.example) (203.0.113.7) by 0 with SMTP",
         "unknown", "", "203.0.113.7", "0"},
        {"from 203.0.113.7 (EHLO y.example) by 10.217.136.1 with SMTPs; Mon",
         "y.example", "", "203.0.113.7", "10.217.136.1"},
        {"from y.example (203.0.113.7) by A.prod.outlook.com (10.1.1.1) with "
         "Microsoft SMTP Server (version=TLS1_2)",
         "y.example", "", "203.0.113.7", "A.prod.outlook.com"},
        {"by 2002:a05:6a10:1 with SMTP id x; Mon", "", "", "",
         "2002:a05:6a10:1"},
        {"(qmail 4711 invoked by uid 89); 2 Nov 2026", "", "", "", ""},
        {"from a (b (c [203.0.113.7", "a", "c", "203.0.113.7", ""},
        {"from", "", "", "", ""},
        {"", "", "", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct received received;

        received_read(&received, cases[i].body);
        assert_string_equal(received.hello, cases[i].hello);
        assert_string_equal(received.ip, cases[i].ip);
        assert_string_equal(received.by, cases[i].by);
        if (!strstr(cases[i].body, "a (b (c"))
            assert_string_equal(received.host, cases[i].host);
    }
    assert_true(received_is_private("10.1.2.3"));
    assert_true(received_is_private("fd00::1"));
    assert_false(received_is_private("203.0.113.7"));
    assert_false(received_is_private(""));
}

/* Whatever is cut off, nothing is read past the end. */
static void test_every_cut(void **state)
{
    static const char header[] =
        "Received: from a (b [203.0.113.7]) by c.example (Postfix)\r\n"
        "Authentication-Results: c.example 1; spf=pass (a(b)c\\) \"\r\n"
        " ) smtp.mailfrom=\"x y\"@d.example; dkim/1 = fail reason=\"no; "
        "key\"\r\n"
        " header.d=d.example;\r\n"
        "DKIM-Signature: v=1; d=d.example; s = s1 ;\r\n"
        "X-Spam-Status: Yes, score=9 required=5 tests=A_B,C_D\r\n"
        "From: <u@d.example>\r\n\r\n";
    struct copy *copy = malloc(sizeof(*copy));

    (void)state;
    assert_non_null(copy);
    for (size_t length = 0; length < sizeof(header); length++) {
        char *cut = malloc(length + 1);

        assert_non_null(cut);
        memcpy(cut, header, length);
        copy_read(copy, cut, length, &(struct copy_ask){"", ""});
        copy_find(copy);
        free(cut);
    }
    assert_string_equal(copy->checks[COPY_DKIM].result, "fail");
    assert_string_equal(copy->checks[COPY_DKIM].reason, "no; key");
    assert_string_equal(copy->checks[COPY_SPF].domain, "d.example");
    assert_string_equal(copy->signatures[0].selector, "s1");
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_organisations),
        cmocka_unit_test(test_received),
        cmocka_unit_test(test_every_cut),
    };

    return cmocka_run_group_tests_name("headers", tests, NULL, NULL);
}
