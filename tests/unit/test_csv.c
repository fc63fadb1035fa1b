/* SPDX-License-Identifier: MIT */
/* The list of a sender's returns: what is in it, and that a spreadsheet can
 * neither be led nor misled by it. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/sending.h"
#include "ui/paper.h"

#define NAMES                                                                  \
    "\xef\xbb\xbf"                                                             \
    "direccion;quitar;tipo;fecha;motivo;bloqueada;asunto\r\n"

static void push_start(struct trail *trail, const char *sender)
{
    struct event *event = event_new("start");

    event_put_text(event, "probe", "api-history");
    if (sender)
        event_put_text(event, "sender", sender);
    trail_push(trail, event);
}

static void push(struct trail *trail, const char *email, const char *kind,
                 const char *details, bool inactive)
{
    struct event *event = event_new("bounce");

    event_put_text(event, "probe", "api-history");
    event_put_text(event, "email", email);
    event_put_text(event, "kind", kind);
    event_put_text(event, "when", "2026-11-01");
    event_put_text(event, "details", details);
    event_put_text(event, "subject", "s");
    event_put_flag(event, "inactive", inactive);
    trail_push(trail, event);
}

static void push_visit(struct trail *trail)
{
    struct event *event = event_new("visit");

    event_put_text(event, "step", "verdict");
    trail_push(trail, event);
}

/* Frees the trail. */
static void check(struct trail *trail, const char *wanted)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    assert_int_equal(paper_csv(out, trail), 0);
    fclose(out);
    assert_string_equal(text, wanted);
    free(text);
    trail_free(trail);
}

static void test_nothing(void **state)
{
    (void)state;
    check(trail_new(), NAMES);
}

/* Only the newest look at the sender's past; not a contact's. */
static void test_which(void **state)
{
    struct trail *trail = trail_new();

    (void)state;
    push_start(trail, NULL);
    push(trail, "contact@x.test", "HardBounce", "d", true);
    push_visit(trail);
    push_start(trail, "a@b.test");
    push(trail, "old@x.test", "HardBounce", "d", true);
    push_visit(trail);
    push_start(trail, "a@b.test");
    push(trail, "new@x.test", "SoftBounce", "d", false);
    push_visit(trail);
    push(trail, "later@x.test", "HardBounce", "d", true);
    check(trail, NAMES "new@x.test;no;rebote blando;2026-11-01;d;no;s\r\n");
}

/* An address that failed for good stays so, whatever came back of it since. */
static void test_who_leaves(void **state)
{
    struct trail *trail = trail_new();

    (void)state;
    push_start(trail, "a@b.test");
    push(trail, "A@x.test", "SoftBounce", "d", false);
    push(trail, "b@x.test", "SoftBounce", "d", false);
    push(trail, "a@x.test", "HardBounce", "d", true);
    push(trail, "c@x.test", "SpamComplaint", "d", true);
    push(trail, "d@x.test", "Novel", NULL, false);
    check(trail, NAMES "A@x.test;sí;rebote blando;2026-11-01;d;no;s\r\n"
                       "b@x.test;no;rebote blando;2026-11-01;d;no;s\r\n"
                       "a@x.test;sí;rebote duro;2026-11-01;d;sí;s\r\n"
                       "c@x.test;sí;queja por no deseado;2026-11-01;d;sí;s\r\n"
                       "d@x.test;no;Novel;2026-11-01;;no;s\r\n");
}

static void test_cells(void **state)
{
    static const struct {
        const char *said, *cell;
    } cells[] = {
        {"plain", "plain"},
        {"", ""},
        {"a,b", "\"a,b\""},
        {"a;b", "\"a;b\""},
        {"say \"no\"", "\"say \"\"no\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"=1+1", "\"'=1+1\""},
        {"=HYPERLINK(\"http://x\",\"y\")",
         "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
        {"+1", "\"'+1\""},
        {"-1", "\"'-1\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""},
        {"\t=1", "\"' =1\""},
        {"\r=1", "\"'\u240d=1\""},
        {"\n=1", "\"'\n=1\""},
        {"'=1", "'=1"},
        {" =1", " =1"},
        {"\x1b[2J", "\u241b[2J"},
        {"\u202e=1", "<U+202E>=1"},
        {"550 5.1.1 no existe ese buz\u00f3n",
         "550 5.1.1 no existe ese buz\u00f3n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cells); i++) {
        struct trail *trail = trail_new();
        char wanted[512];

        push_start(trail, "a@b.test");
        push(trail, "a@x.test", "Unknown", cells[i].said, false);
        snprintf(wanted, sizeof(wanted),
                 NAMES "a@x.test;no;sin clasificar;2026-11-01;%s;no;s\r\n",
                 cells[i].cell);
        check(trail, wanted);
    }
}

static void test_as_many_as_there_are(void **state)
{
    struct trail *trail = trail_new();
    struct returned returns[8];

    (void)state;
    push_start(trail, "a@b.test");
    for (int i = 0; i < 3; i++)
        push(trail, "a@x.test", "HardBounce", "d", true);
    assert_int_equal(sending_returns(trail, returns, COUNT(returns)), 3);
    assert_false(returns[0].again);
    assert_true(returns[1].again && returns[2].again);
    assert_int_equal(sending_returns(trail, returns, 2), 2);
    trail_free(trail);
}

static void test_counts_for_people(void **state)
{
    char words[64];

    (void)state;
    sending_kinds("HardBounce=4 SoftBounce=1 Novel=1", words, sizeof(words));
    assert_string_equal(words, "rebote duro (4), rebote blando (1), Novel (1)");
    sending_domains("x.test=2 =1", words, sizeof(words));
    assert_string_equal(words, "x.test (2)");
    sending_domains("", words, sizeof(words));
    assert_string_equal(words, "");
    sending_domains("nonsense  =", words, sizeof(words));
    assert_string_equal(words, "");
    sending_domains("x.test=2 y.test=1", words, 8);
    assert_string_equal(words, "x.test ");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_which),
        cmocka_unit_test(test_who_leaves),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_as_many_as_there_are),
        cmocka_unit_test(test_counts_for_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
