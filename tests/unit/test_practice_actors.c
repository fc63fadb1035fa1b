/* SPDX-License-Identifier: MIT */
/* Recipients whose name says what happens, and the switches of what is not
 * known. What a whole service makes of them is tried in tests/api.sh. */
#include "tests/unit/unit.h"

#include "net/practice/actors.h"
#include "net/practice/bounces.h"
#include "net/practice/quirks.h"

static void test_known_by_name(void **state)
{
    static const struct {
        const char *address;
        bool known;
        int code;
    } cases[] = {
        {"hard@x.test", true, 0},
        {"HARD@deep.x.TEST", true, 0},
        {"e405@x.test", true, 405},
        {"E1@x.test", true, 1},
        {"e0@x.test", false, 0},
        {"e12345@x.test", false, 0},
        {"e@x.test", false, 0},
        {"e4x5@x.test", false, 0},
        {"harder@x.test", false, 0},
        {"har@x.test", false, 0},
        {"hard@x.example", false, 0},
        {"hard@xtest", false, 0},
        {"hard@x.test.example", false, 0},
        {"hard.test", false, 0},
        {".test", false, 0},
        {"@x.test", false, 0},
        {"", false, 0},
        {PLOT_TO, false, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int code = -1;

        assert_int_equal(actor_find(cases[i].address, &code) != NULL,
                         cases[i].known);
        assert_int_equal(code, cases[i].code);
        assert_int_equal(actor_find(cases[i].address, NULL) != NULL,
                         cases[i].known);
    }
}

/* Which of them are withheld from afterwards, and which of those for good. */
static void test_fates(void **state)
{
    static const struct {
        const char *address;
        bool blocks, lifts;
    } cases[] = {
        {"hard@x.test", true, true},       {"manual@x.test", true, true},
        {"complaint@x.test", true, false}, {"soft@x.test", false, false},
        {"blocked@x.test", false, false},  {"spam@x.test", false, false},
        {"dmarc@x.test", false, false},    {"dns@x.test", false, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct fate *fate =
            plot_fate(SCENARIO_SPAM_FOLDER, PLOT_FROM, cases[i].address);
        const struct bounce_kind *kind = bounce_kind(fate->type);

        assert_int_equal(fate->kind, FATE_BOUNCE);
        assert_int_equal(kind->blocks, cases[i].blocks);
        assert_int_equal(kind->lifts, cases[i].lifts);
    }
}

static void test_quirks_are_read(void **state)
{
    struct error err = {""};
    unsigned quirks = 1;

    (void)state;
    assert_int_equal(quirks_read(&quirks, "", &err), 0);
    assert_int_equal(quirks, 0);
    assert_int_equal(quirks_read(&quirks, "total-text,code-text", &err), 0);
    assert_int_equal(quirks, QUIRK_BIT(TOTAL_TEXT) | QUIRK_BIT(CODE_TEXT));
    assert_int_equal(quirks_read(&quirks, "total", &err), -1);
    assert_int_equal(quirks_read(&quirks, "total-text,,code-text", &err), -1);
    assert_string_equal(err.text, "no quirk ''");
}

/* What an answer becomes; borrowed until the next call. */
static const char *applied(unsigned quirks, const char *json)
{
    static char text[256];
    cJSON *body = cJSON_Parse(json);

    assert_non_null(body);
    quirks_apply(quirks, body);
    assert_true(cJSON_PrintPreallocated(body, text, sizeof(text), 0));
    cJSON_Delete(body);
    return text;
}

static void test_quirks_are_applied(void **state)
{
    (void)state;
    assert_string_equal(applied(0, "{\"ErrorCode\":0}"), "{\"ErrorCode\":0}");
    assert_string_equal(applied(QUIRK_BIT(CODE_TEXT), "{\"ErrorCode\":406}"),
                        "{\"ErrorCode\":\"406\"}");
    assert_string_equal(applied(QUIRK_BIT(CODE_MISSING), "{\"ErrorCode\":0}"),
                        "{}");
    assert_string_equal(applied(QUIRK_BIT(CODE_MISSING), "{\"ErrorCode\":10}"),
                        "{\"ErrorCode\":10}");
    assert_string_equal(applied(QUIRK_BIT(TOTAL_TEXT), "{\"TotalCount\":7}"),
                        "{\"TotalCount\":\"7\"}");
    assert_string_equal(
        applied(QUIRK_BIT(TRANSLATED), "{\"ErrorCode\":405,\"Message\":\"x\"}"),
        "{\"ErrorCode\":405,\"Message\":\"La cuenta no tiene créditos.\"}");
    quirks_apply(~0u, NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_by_name),
        cmocka_unit_test(test_fates),
        cmocka_unit_test(test_quirks_are_read),
        cmocka_unit_test(test_quirks_are_applied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
