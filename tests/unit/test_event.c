/* SPDX-License-Identifier: MIT */
/* Events as lines: there and back, hostile lines, caps. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/event.h"

#define GOOD                                                                   \
    "{\"event\":\"reply\",\"code\":550,\"text\":\"5.1.1 \\u001b no\","         \
    "\"ok\":true,\"none\":null,\"more\":{\"list\":[1,2.5,\"x\"]}}"

/* Parses from memory that ends where the text does, so that a sanitizer sees
 * one byte read too many. */
static struct event *parse(const char *bytes, size_t length)
{
    char *exact = malloc(length ? length : 1);
    struct event *event;

    assert_non_null(exact);
    memcpy(exact, bytes, length);
    event = event_parse(exact, length);
    free(exact);
    return event;
}

static struct event *parse_text(const char *text)
{
    return parse(text, strlen(text));
}

static void assert_line(const struct event *event, const char *expected)
{
    char *line = event_line(event);

    assert_non_null(line);
    assert_string_equal(line, expected);
    free(line);
}

static void goes_there_and_back(void **state)
{
    struct event *event = event_new("reply"), *again, *copy;
    char *line;

    (void)state;
    event_put_text(event, "text", "Se rechaz\xc3\xb3 \"as\xed\"\\");
    event_put_number(event, "code", 550);
    event_put_number(event, "seconds", 0.25);
    event_put_flag(event, "last", true);
    event_put_text(event, "cause", NULL);
    assert_line(event, "{\"event\":\"reply\",\"text\":\"Se rechazó \\\"así\\\""
                       "\\\\\",\"code\":550,\"seconds\":0.25,\"last\":true,"
                       "\"cause\":null}");
    line = event_line(event);
    again = parse_text(line);
    assert_line(again, line);
    copy = event_copy(again);
    assert_line(copy, line);
    free(line);
    event_free(event);
    event_free(again);
    event_free(copy);
}

static void keeps_nested_values(void **state)
{
    struct event *event = parse_text(GOOD "\n");

    (void)state;
    assert_line(event, GOOD);
    assert_true(event_is(event, "reply"));
    assert_true(event_flag(event, "ok"));
    assert_true(event_has(event, "none"));
    assert_null(event_text(event, "none"));
    assert_null(event_text(event, "code"));
    event_free(event);
}

static void reads_members_by_their_exact_name(void **state)
{
    struct event *event = parse_text("{\"event\":\"x\",\"Text\":\"no\","
                                     "\"text\":\"yes\",\"N\":1e999}");

    (void)state;
    assert_string_equal(event_text(event, "text"), "yes");
    assert_string_equal(event_text(event, "Text"), "no");
    assert_null(event_text(event, "TEXT"));
    assert_true(event_number(event, "n", 7) == 7);
    assert_true(event_number(event, "N", 7) == 7); /* no finite number */
    assert_false(event_has(event, "EVENT"));
    event_free(event);
}

static void refuses_hostile_lines(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } lines[] = {
#define LINE(text) {text, sizeof(text) - 1}
        LINE(""),
        LINE("\n"),
        LINE("null"),
        LINE("[{\"event\":\"x\"}]"),
        LINE("{\"event\":1}"),
        LINE("{\"Event\":\"x\"}"),
        LINE("{}"),
        LINE("{\"event\":\"x\"}{"),
        LINE("{\"event\":\"x\"} trailing"),
        LINE("{\"event\":\"x\"}\0"),
        LINE("\xef\xbb\xbf{\"event\":\"x\"}"),
        LINE("{\"event\":\"x\",\"event\":\"y\"}"),
        LINE("{\"event\":\"x\",\"a\":{\"b\":1,\"b\":2}}"),
        LINE("{\"event\":\"x\",\"a\":\"\\u0000\"}"),
        LINE("{\"event\":\"x\",\"a\\u0000b\":1}"),
        LINE("{\"event\":\"x\",\"a\":\"\0\"}"),
        LINE("{\"event\":\"x\",\"a\":\"\033\"}"),
        LINE("{\"event\":\"x\",\"a\":\"two\nlines\"}"),
        LINE("{\"event\":\"x\",\"a\":\"\xff\"}"),
        LINE("{\"event\":\"x\",\"a\":\"\xed\xa0\x80\"}"),
        LINE("{\"event\":\"x\",\"a\":\"\\ud800\"}"),
        LINE("{\"event\":\"x\",\"a\":NaN}"),
        LINE("{\"event\":\"x\",\"a\":[[[[[[[[1]]]]]]]]}"),
        LINE("{\"event\":\"x\"\001}"),
    };

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++)
        assert_null(parse(lines[i].text, lines[i].length));
}

static void refuses_too_much(void **state)
{
    size_t length = EVENT_LINE_MAX + 1;
    char *text = malloc(length);
    struct event *event;

    (void)state;
    memset(text, ' ', length);
    memcpy(text, GOOD, sizeof(GOOD) - 1);
    assert_null(parse(text, length));
    event = parse(text, length - 1);
    assert_non_null(event);
    event_free(event);
    memset(text, '[', length);
    memcpy(text, "{\"event\":\"x\",\"a\":", 17);
    assert_null(parse(text, length - 1));
    free(text);

    event = event_new("x");
    for (int i = 0; i < EVENT_MEMBERS_MAX; i++) {
        char key[8] = {'k', (char)('a' + i / 16), (char)('a' + i % 16)};

        event_put_number(event, key, i);
    }
    text = event_line(event);
    assert_null(parse_text(text));
    free(text);
    event_free(event);
}

/* Cut anywhere it is no event; with any one byte changed it is none, or one
 * that still goes there and back. */
static void survives_damage(void **state)
{
    static const char good[] = GOOD;
    char text[sizeof(good)];

    (void)state;
    for (size_t length = 0; length < sizeof(good) - 1; length++)
        assert_null(parse(good, length));
    for (size_t at = 0; at < sizeof(good) - 1; at++)
        for (int byte = 0; byte < 256; byte++) {
            struct event *event, *again;
            char *line;

            memcpy(text, good, sizeof(good));
            text[at] = (char)byte;
            event = parse(text, sizeof(good) - 1);
            if (!event)
                continue;
            line = event_line(event);
            again = parse_text(line);
            assert_line(again, line);
            free(line);
            event_free(event);
            event_free(again);
        }
}

static void writes_numbers_plainly(void **state)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-3, "-3"},
        {2147483648.0, "2147483648"},
        {9007199254740992.0, "9007199254740992"},
        {0.1, "0.1"},
        {1.0 / 3, "0.33333333333333331"},
        {1e300, "1e+300"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct event *event = event_new("n");
        char expected[64];

        event_put_number(event, "v", cases[i].number);
        snprintf(expected, sizeof(expected), "{\"event\":\"n\",\"v\":%s}",
                 cases[i].text);
        assert_line(event, expected);
        event_free(event);
    }
}

static void escapes_what_steers(void **state)
{
    struct event *event = event_new("x");

    (void)state;
    event_put_text(event, "a", "\033[2J\007\x7f\xc2\x9b\xe2\x80\xae\n\t");
    assert_line(event, "{\"event\":\"x\",\"a\":\"\\u001b[2J\\u0007\\u007f"
                       "\\u009b\\u202e\\n\\t\"}");
    event_free(event);
}

static void cuts_the_longest_text(void **state)
{
    struct event *event = event_new("x"), *again;
    char *big = malloc(2 * EVENT_LINE_MAX), *line;

    (void)state;
    memset(big, '\033', 2 * EVENT_LINE_MAX); /* six bytes each in a line */
    event_put_text(event, "small", "stays");
    event_put_bytes(event, "big", big, 2 * EVENT_LINE_MAX);
    line = event_line(event);
    assert_true(strlen(line) < EVENT_LINE_MAX);
    again = parse_text(line);
    assert_string_equal(event_text(again, "small"), "stays");
    assert_true(strlen(event_text(again, "big")) > 1000);
    assert_int_equal(strlen(event_text(event, "big")), EVENT_LINE_MAX);
    free(line);
    free(big);
    event_free(event);
    event_free(again);
}

static void puts_in_place(void **state)
{
    struct event *event = parse_text("{\"event\":\"x\",\"a\":1,\"b\":2}");

    (void)state;
    event_put_text(event, "a", "new");
    event_put_text(event, "event", "y");
    assert_line(event, "{\"event\":\"y\",\"a\":\"new\",\"b\":2}");
    event_join(event, parse_text("{\"event\":\"z\",\"b\":3,\"c\":4}"));
    event_join(event, NULL);
    assert_line(event, "{\"event\":\"y\",\"a\":\"new\",\"b\":2,\"c\":4}");
    event_free(event);
}

static char *shout(const char *text, void *arg)
{
    (void)arg;
    return strcmp(text, "x") == 0 ? strdup("X!") : NULL;
}

static void changes_every_text(void **state)
{
    struct event *event = parse_text("{\"event\":\"e\",\"a\":\"x\",\"b\":\"y\","
                                     "\"c\":[\"x\",{\"d\":\"x\"}]}");

    (void)state;
    event_each_text(event, shout, NULL);
    assert_line(event, "{\"event\":\"e\",\"a\":\"X!\",\"b\":\"y\","
                       "\"c\":[\"X!\",{\"d\":\"X!\"}]}");
    event_free(event);
}

static void survives_no_event(void **state)
{
    (void)state;
    assert_string_equal(event_kind(NULL), "");
    assert_null(event_text(NULL, "a"));
    assert_false(event_flag(NULL, "a"));
    assert_true(event_number(NULL, "a", 3) == 3);
    event_put_text(NULL, "a", "b");
    event_put_number(NULL, "a", 1);
    event_each_text(NULL, shout, NULL);
    event_join(NULL, event_new("x"));
    assert_null(event_line(NULL));
    assert_null(event_copy(NULL));
    event_free(NULL);
}

static void reads_an_ending_back(void **state)
{
    struct ending ending = {
        .outcome = RESULT_FAULT,
        .fault = FAULT_REFUSED,
        .phase = PHASE_RCPT,
        .code = 550,
        .enhanced = "5.1.1",
        .reply = "550 5.1.1 no such user",
        .seconds = 0.5,
    };
    struct event *event = ending_event(&ending);
    struct ending back;

    (void)state;
    assert_line(event, "{\"event\":\"end\",\"outcome\":\"fault\",\"fault\":"
                       "\"refused\",\"phase\":\"rcpt\",\"code\":550,"
                       "\"enhanced\":\"5.1.1\",\"reply\":\"550 5.1.1 no such "
                       "user\",\"cause\":null,\"seconds\":0.5}");
    assert_true(ending_read(&back, event));
    assert_memory_equal(&back, &ending, sizeof(back));
    event_free(event);
}

static void reads_any_end(void **state)
{
    struct event *event = parse_text("{\"event\":\"end\",\"code\":1e18,"
                                     "\"outcome\":\"PASS\",\"phase\":7,"
                                     "\"enhanced\":\"5.1.1.1.1.1.1.1.1.1.1\"}");
    struct ending ending;

    (void)state;
    assert_true(ending_read(&ending, event));
    assert_int_equal(ending.outcome, RESULT_UNKNOWN);
    assert_int_equal(ending.phase, PHASE_NONE);
    assert_int_equal(ending.code, 0);
    assert_int_equal(strlen(ending.enhanced), sizeof(ending.enhanced) - 1);
    event_put_text(event, "event", "ended");
    assert_false(ending_read(&ending, event));
    assert_false(ending_read(&ending, NULL));
    event_free(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_there_and_back),
        cmocka_unit_test(keeps_nested_values),
        cmocka_unit_test(reads_members_by_their_exact_name),
        cmocka_unit_test(refuses_hostile_lines),
        cmocka_unit_test(refuses_too_much),
        cmocka_unit_test(survives_damage),
        cmocka_unit_test(writes_numbers_plainly),
        cmocka_unit_test(escapes_what_steers),
        cmocka_unit_test(cuts_the_longest_text),
        cmocka_unit_test(puts_in_place),
        cmocka_unit_test(changes_every_text),
        cmocka_unit_test(survives_no_event),
        cmocka_unit_test(reads_an_ending_back),
        cmocka_unit_test(reads_any_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
