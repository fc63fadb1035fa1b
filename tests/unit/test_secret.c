/* SPDX-License-Identifier: MIT */
/* Secrets as people paste them, and no trace of them afterwards. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/secret.h"

static void takes_what_people_paste(void **state)
{
    static const struct {
        const char *pasted, *secret;
    } cases[] = {
        {"abc", "abc"},
        {"  abc\t\r\n", "abc"},
        {"\"abc\"", "abc"},
        {" 'a b' ", "a b"},
        {"'a\"", "'a\""},
        {"\"", "\""},
        {"\"\"\"", "\""},
        {"\xc2\xa0"
         "abc\xc2\xa0 ",
         "abc"},
        {"\xef\xbb\xbf"
         "abc",
         "abc"},
        {"contrase\xc3\xb1"
         "a",
         "contraseña"},
        {"", ""},
        {" \t ", ""},
    };
    struct secret secret;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(
            secret_set(&secret, cases[i].pasted, strlen(cases[i].pasted), NULL),
            0);
        assert_string_equal(secret.text, cases[i].secret);
        assert_int_equal(secret.length, strlen(cases[i].secret));
        assert_int_equal(secret_given(&secret), cases[i].secret[0] != '\0');
    }
}

static void refuses_what_is_no_secret(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {
        {"a\nb", 3},   {"a\rb", 3},   {"a\0b", 3},
        {"a\033b", 3}, {"a\xffz", 3}, {"a\xc2\x85z", 4},
    };
    char longest[SECRET_MAX];
    struct secret secret;
    struct error err = {""};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        secret_set(&secret, "old", 3, NULL);
        err.text[0] = '\0';
        assert_int_equal(
            secret_set(&secret, cases[i].text, cases[i].length, &err), -1);
        assert_false(secret_given(&secret));
        assert_string_equal(secret.text, "");
        assert_true(err.text[0]);
    }
    memset(longest, 'x', sizeof(longest));
    assert_int_equal(secret_set(&secret, longest, SECRET_MAX, &err), -1);
    assert_int_equal(secret_set(&secret, longest, SECRET_MAX - 1, &err), 0);
    assert_int_equal(secret.length, SECRET_MAX - 1);
    assert_int_equal(secret.text[SECRET_MAX - 1], '\0');
}

static void write_file(char path[32], const char *bytes, size_t length)
{
    int fd;

    strcpy(path, "/tmp/test_secret.XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), length);
    close(fd);
}

static void reads_the_first_line(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *secret; /* NULL: refused */
    } cases[] = {
        {"key\n", 4, "key"},   {"key", 3, "key"},
        {"key\r\n", 5, "key"}, {" key \nmore\n", 11, "key"},
        {"", 0, NULL},         {"\n", 1, NULL},
        {"\nkey\n", 5, NULL},  {"k\0y\n", 4, NULL},
    };
    char path[32];
    struct secret secret;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        write_file(path, cases[i].bytes, cases[i].length);
        assert_int_equal(secret_read(&secret, path, NULL),
                         cases[i].secret ? 0 : -1);
        assert_string_equal(secret.text,
                            cases[i].secret ? cases[i].secret : "");
        unlink(path);
    }
    assert_int_equal(secret_read(&secret, "/tmp", NULL), -1);
    assert_int_equal(secret_read(&secret, "/nonexistent/key", NULL), -1);
}

static void reads_no_endless_line(void **state)
{
    char path[32], *many = malloc(1 << 20);
    struct secret secret;

    (void)state;
    memset(many, 'k', 1 << 20);
    write_file(path, many, 1 << 20);
    assert_int_equal(secret_read(&secret, path, NULL), -1);
    assert_false(secret_given(&secret));
    unlink(path);
    free(many);
}

/* Two secrets from standard input: a line each, and nothing more is taken. */
static void reads_standard_input_line_by_line(void **state)
{
    int ends[2], before = dup(STDIN_FILENO);
    struct secret first, second;
    char rest[16];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "one\ntwo\nrest", 12), 12);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_int_equal(secret_read(&first, "-", NULL), 0);
    assert_int_equal(secret_read(&second, "-", NULL), 0);
    assert_string_equal(first.text, "one");
    assert_string_equal(second.text, "two");
    assert_int_equal(read(STDIN_FILENO, rest, sizeof(rest)), 4);
    dup2(before, STDIN_FILENO);
    close(before);
}

static void leaves_nothing_behind(void **state)
{
    static const struct secret none;
    struct secret secret;

    (void)state;
    assert_int_equal(secret_set(&secret, "hush hush", 9, NULL), 0);
    secret_clear(&secret);
    assert_memory_equal(&secret, &none, sizeof(none));
    secret_set(&secret, "a long first secret", 19, NULL);
    secret_set(&secret, "short", 5, NULL);
    for (size_t i = 5; i < SECRET_MAX; i++)
        assert_int_equal(secret.text[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_people_paste),
        cmocka_unit_test(refuses_what_is_no_secret),
        cmocka_unit_test(reads_the_first_line),
        cmocka_unit_test(reads_no_endless_line),
        cmocka_unit_test(reads_standard_input_line_by_line),
        cmocka_unit_test(leaves_nothing_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
