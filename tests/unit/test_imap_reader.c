/* SPDX-License-Identifier: MIT */
/* The bytes of an IMAP server: cut into responses in any portions, and never
 * beyond bounds, whatever the server says about itself. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/imap_reader.h"

/* Feeds `bytes` in portions of `portion`; returns what the last call gave and
 * counts the responses. The last one's text is copied into `last`. */
static int feed_all(const char *bytes, size_t length, size_t portion,
                    int *responses, char *last, size_t size)
{
    struct imap_reader reader;
    struct imap_response response;
    int got = 0;

    *responses = 0;
    assert_int_equal(imap_reader_init(&reader), 0);
    while (got >= 0) {
        size_t room, count = length < portion ? length : portion;
        char *to;

        while ((got = imap_reader_next(&reader, &response)) > 0) {
            ++*responses;
            snprintf(last, size, "%.*s", (int)response.length, response.text);
        }
        if (got < 0 || length == 0)
            break;
        to = imap_reader_room(&reader, &room);
        assert_true(room > 0);
        count = count < room ? count : room;
        memcpy(to, bytes, count);
        imap_reader_filled(&reader, count);
        bytes += count;
        length -= count;
    }
    imap_reader_release(&reader);
    return got;
}

static const struct {
    const char *bytes;
    int end, responses;
    const char *last;
} streams[] = {
    {"* OK hello\r\n", 0, 1, "* OK hello"},
    {"* OK hello\n", 0, 1, "* OK hello"},
    {"* OK hel", 0, 0, ""},
    {"\r\n\r\n", 0, 2, ""},
    {"* 1 EXISTS\r\nz1 OK done\r\n", 0, 2, "z1 OK done"},
    {"* 1 FETCH (B {5}\r\nz1 OK)\r\nz1 NO x\r\n", 0, 2, "z1 NO x"},
    {"* 1 FETCH (B {14}\r\nz1 OK\r\n* 1 X\r\n)\r\n", 0, 1,
     "* 1 FETCH (B {14}\r\nz1 OK\r\n* 1 X\r\n)"},
    {"* 1 FETCH (A {1}\r\nx B {0}\r\n C {2}\r\nyy)\r\n", 0, 1,
     "* 1 FETCH (A {1}\r\nx B {0}\r\n C {2}\r\nyy)"},
    {"* 1 FETCH (B {20}\r\nshort\r\nz1 OK\r\n", 0, 0, ""},
    {"* OK {5}\r\nz1 OK done\r\n", 0, 2, "z1 OK done"},
    {"z1 NO see {17}\r\n", 0, 1, "z1 NO see {17}"},
    {"+ {3}\r\n* X\r\n", 0, 2, "* X"},
    {"* BYEBYE {3}\r\nabc\r\n", 0, 1, "* BYEBYE {3}\r\nabc"},
    {"* X {}\r\n", 0, 1, "* X {}"},
    {"* X {-1}\r\n", 0, 1, "* X {-1}"},
    {"* X {3+}\r\n", 0, 1, "* X {3+}"},
    {"3}\r\n", 0, 1, "3}"},
    {"* X {4294967296}\r\n", -1, 0, ""},
    {"* X {99999999999999999999999}\r\n", -1, 0, ""},
    {"* X {67108865}\r\n", -1, 0, ""},
    {"* X {67108864}\r\nabc", 0, 0, ""},
    {"* X {1}\r\na{1}\r\na{1}\r\na{1}\r\na{1}\r\na{1}\r\na{1}\r\na{1}\r\na{1}"
     "\r\na",
     -1, 0, ""},
};

static void test_cuts_in_any_portions(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(streams); i++)
        for (size_t portion = 1; portion < 64; portion++) {
            char last[256] = "";
            int responses, end;

            end = feed_all(streams[i].bytes, strlen(streams[i].bytes), portion,
                           &responses, last, sizeof(last));
            if (end != streams[i].end || responses != streams[i].responses)
                fail_msg("%s by %zu: %d, %d responses", streams[i].bytes,
                         portion, end, responses);
            assert_string_equal(last, streams[i].last);
        }
}

/* A response with one literal of `size` bytes, then another response. */
static char *make_literal(size_t size, size_t *length)
{
    size_t room = size + 64;
    char *bytes = malloc(room);
    int head;

    assert_non_null(bytes);
    head = snprintf(bytes, room, "* 1 FETCH (B {%zu}\r\n", size);
    memset(bytes + head, 'x', size);
    *length = (size_t)head + size;
    *length +=
        (size_t)snprintf(bytes + *length, room - *length, " U 7)\r\nz1 OK\r\n");
    return bytes;
}

/* What is too large to be kept is counted all the same, and what follows it is
 * read as if nothing had been left out. */
static void test_skips_large_literals(void **state)
{
    static const size_t sizes[] = {IMAP_LITERAL_KEPT - 1, IMAP_LITERAL_KEPT,
                                   IMAP_LITERAL_KEPT + 1, 300000, 2000000};

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        size_t length;
        char *bytes = make_literal(sizes[i], &length), last[16];
        int responses;

        assert_int_equal(
            feed_all(bytes, length, 4099, &responses, last, sizeof(last)), 0);
        assert_int_equal(responses, 2);
        assert_string_equal(last, "z1 OK");
        free(bytes);
    }
}

static void test_tells_where_literals_are(void **state)
{
    size_t length, room;
    char *bytes = make_literal(IMAP_LITERAL_KEPT + 100, &length);
    struct imap_response response;
    struct imap_reader reader;

    (void)state;
    assert_int_equal(imap_reader_init(&reader), 0);
    assert_true(length <= (imap_reader_room(&reader, &room), room));
    memcpy(imap_reader_room(&reader, &room), bytes, length);
    imap_reader_filled(&reader, length);
    assert_int_equal(imap_reader_next(&reader, &response), 1);
    assert_int_equal(response.literal_count, 1);
    assert_int_equal(response.literals[0].length, IMAP_LITERAL_KEPT);
    assert_memory_equal(response.text + response.literals[0].at +
                            response.literals[0].length,
                        " U 7)", 5);
    imap_reader_release(&reader);
    free(bytes);
}

static void test_refuses_endless_lines(void **state)
{
    size_t length = IMAP_LINE_MAX + 100;
    char *bytes = malloc(length), last[16];
    int responses;

    (void)state;
    assert_non_null(bytes);
    memset(bytes, 'x', length);
    for (size_t portion = 7; portion < 70000; portion *= 10)
        assert_int_equal(
            feed_all(bytes, length, portion, &responses, last, sizeof(last)),
            -1);
    bytes[IMAP_LINE_MAX] = '\n';
    assert_int_equal(
        feed_all(bytes, length, 5000, &responses, last, sizeof(last)), 0);
    assert_int_equal(responses, 1);
    free(bytes);
}

/* Many lines that are each within bounds, joined by literals. */
static void test_refuses_giant_responses(void **state)
{
    size_t part = IMAP_LINE_MAX - 10, room = 7 * (part + 16), length = 0;
    char *bytes = malloc(room), last[16];
    int responses;

    (void)state;
    assert_non_null(bytes);
    for (int i = 0; i < 7; i++) {
        memset(bytes + length, 'x', part);
        length += part;
        length += (size_t)snprintf(bytes + length, room - length, "{1}\r\ny");
    }
    assert_int_equal(
        feed_all(bytes, length, 8192, &responses, last, sizeof(last)), -1);
    free(bytes);
}

/* Cheap noise of the signs that matter: no portion may change what comes out,
 * and nothing may read or write beyond its place. */
static void test_noise(void **state)
{
    static const char signs[] = "*z1{}\r\n0059 +OKx()\"";
    unsigned seed = 7;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        char bytes[200], one[256] = "", other[256] = "";
        int first, second, end;

        for (size_t i = 0; i < sizeof(bytes); i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = signs[(seed >> 16) % (sizeof(signs) - 1)];
        }
        end = feed_all(bytes, sizeof(bytes), 1, &first, one, sizeof(one));
        assert_int_equal(
            feed_all(bytes, sizeof(bytes), 200, &second, other, sizeof(other)),
            end);
        assert_int_equal(first, second);
        assert_string_equal(one, other);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cuts_in_any_portions),
        cmocka_unit_test(test_skips_large_literals),
        cmocka_unit_test(test_tells_where_literals_are),
        cmocka_unit_test(test_refuses_endless_lines),
        cmocka_unit_test(test_refuses_giant_responses),
        cmocka_unit_test(test_noise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
