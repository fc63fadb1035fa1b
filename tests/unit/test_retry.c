/* SPDX-License-Identifier: MIT */
/* What servers put into Retry-After, and what is made of it. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "net/retry.h"

#define NOW 784111777 /* Sun, 06 Nov 1994 08:49:37 GMT */

static const struct {
    const char *value;
    int seconds;
} values[] = {
    {"120", 120},
    {" 7 \r\n", 7},
    {"\t007", 7},
    {"3600", 3600},
    {"3601", RETRY_MAX},
    {"1000000000", RETRY_MAX},
    {"99999999999999999999999999999999999999999999", RETRY_MAX},
    {"9999999999999999999999999999999999999999999999999999999999999999999999",
     RETRY_MAX},
    {"0", 0},
    {"-1", 0},
    {"+5", 0},
    {"1.5", 0},
    {"1e3", 0},
    {"0x10", 0},
    {"5 s", 0},
    {"5, 6", 0},
    {"", 0},
    {" \r\n", 0},
    {"soon", 0},
    {"\"5\"", 0},
    {"Sun, 06 Nov 1994 08:49:47 GMT", 10},
    {"Sunday, 06-Nov-94 08:49:47 GMT", 10},
    {"Sun Nov  6 08:49:47 1994", 10},
    {"Sun, 06 Nov 1994 08:49:37 GMT", 0},
    {"Sun, 06 Nov 1994 08:49:27 GMT", 0},
    {"Mon, 06 Nov 2124 08:49:37 GMT", RETRY_MAX},
    {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
    {"Sun, 06 Nov 1994 08:49:47 GMT; really", 0},
    {"Sun, 06 Nov 1994 08:49:47", 0},
    {"Sun, 06 Nov 1994 08:49:47 CET", 0},
    {"Sun, 06 Nov 19941994199419941994199419941994199419941994 08:49:47 GMT",
     0},
    {"31 Feb", 0},
    {"\xff\xfe", 0},
};

/* The copy is of the exact size, so that the sanitizers see a step beyond. */
static int read_exactly(const char *value, size_t length)
{
    char *copy = malloc(length ? length : 1);
    int seconds;

    assert_non_null(copy);
    memcpy(copy, value, length);
    seconds = retry_read(copy, length, NOW);
    free(copy);
    return seconds;
}

static void test_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(values); i++) {
        int seconds = read_exactly(values[i].value, strlen(values[i].value));

        if (seconds != values[i].seconds)
            fail_msg("'%s' is %d", values[i].value, seconds);
    }
    assert_int_equal(read_exactly("5\0006", 3), 0);
}

/* Whatever it is cut to, it stays within bounds. */
static void test_cut_at_every_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(values); i++)
        for (size_t cut = 0; cut < strlen(values[i].value); cut++)
            assert_in_range(read_exactly(values[i].value, cut), 0, RETRY_MAX);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),
        cmocka_unit_test(test_cut_at_every_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
