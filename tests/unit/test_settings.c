/* SPDX-License-Identifier: MIT */
/* Mailboxes that the person opens: typed, offered, forgotten. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "steps/settings.h"

#define ANA "ana@gmail.com"
#define BENITO "benito@corp.example"

static void fill(struct settings *settings, const char *address,
                 const char *key, const char *value)
{
    if (settings_fill(settings, address, key, value) != 0)
        fail_msg("%s: %s %s", address, key, value);
}

static void fill_all(struct settings *settings, const char *address,
                     const char *server, const char *user, const char *password)
{
    fill(settings, address, "mail_server", server);
    fill(settings, address, "mail_user", user);
    fill(settings, address, "mail_password", password);
}

static void test_each_address_has_its_own(void **state)
{
    struct settings settings;
    const struct mailbox *ana, *benito;

    (void)state;
    settings_init(&settings);
    fill_all(&settings, ANA, "imap.gmail.com", "", "one");
    fill_all(&settings, BENITO, "imap.corp.example:143", "corp\\benito", "two");
    ana = settings_mailbox(&settings, "ANA@gmail.com");
    benito = settings_mailbox(&settings, BENITO);
    assert_non_null(ana);
    assert_non_null(benito);
    assert_string_equal(ana->imap.host, "imap.gmail.com");
    assert_int_equal(ana->imap.port, 993);
    assert_int_equal(ana->imap.tls, TLS_IMPLICIT);
    assert_string_equal(ana->user, "");
    assert_string_equal(ana->password.text, "one");
    assert_int_equal(benito->imap.tls, TLS_STARTTLS);
    assert_string_equal(benito->user, "corp\\benito");
    assert_null(settings_mailbox(&settings, "carla@corp.example"));
    settings_clear(&settings);
    assert_string_equal(settings.mailboxes[0].password.text, "");
}

static void test_none_without_a_password(void **state)
{
    struct settings settings;

    (void)state;
    settings_init(&settings);
    fill(&settings, ANA, "mail_server", "imap.gmail.com");
    assert_null(settings_mailbox(&settings, ANA));
    assert_false(settings_gives(&settings, ANA, "mail_password"));
    fill(&settings, ANA, "mail_password", "one");
    assert_true(settings_gives(&settings, ANA, "mail_password"));
    assert_false(settings_gives(&settings, BENITO, "mail_password"));
    settings_clear(&settings);
}

/* The configuration's may have an old password. */
static void test_typed_comes_first(void **state)
{
    struct settings settings;
    struct mailbox *known = &settings.mailboxes[0];

    (void)state;
    settings_init(&settings);
    snprintf(known->address, sizeof(known->address), "%s", BENITO);
    snprintf(known->imap.host, sizeof(known->imap.host), "imap.corp.example");
    settings.mailbox_count = 1;
    assert_ptr_equal(settings_mailbox(&settings, BENITO), known);
    fill(&settings, BENITO, "mail_server", "imap.corp.example");
    assert_ptr_equal(settings_mailbox(&settings, BENITO), known);
    fill(&settings, BENITO, "mail_password", "new");
    assert_string_equal(settings_mailbox(&settings, BENITO)->password.text,
                        "new");
    settings_skip(&settings, BENITO, "mail_password");
    assert_ptr_equal(settings_mailbox(&settings, BENITO), known);
}

static void test_what_is_offered(void **state)
{
    struct settings settings;

    (void)state;
    settings_init(&settings);
    assert_string_equal(settings_offer(&settings, ANA, "mail_server"),
                        "imap.gmail.com");
    assert_string_equal(settings_offer(&settings, BENITO, "mail_server"), "");
    assert_string_equal(settings_offer(&settings, ANA, "mail_user"), "");
    fill_all(&settings, BENITO, "imap.corp.example:143", "benito", "two");
    assert_string_equal(settings_offer(&settings, BENITO, "mail_server"),
                        "imap.corp.example");
    assert_string_equal(settings_offer(&settings, BENITO, "mail_user"),
                        "benito");
    assert_string_equal(settings_offer(&settings, BENITO, "mail_password"), "");
    /* Left as it is offered, without its port. */
    fill(&settings, BENITO, "mail_server", "imap.corp.example");
    assert_int_equal(settings_mailbox(&settings, BENITO)->imap.port, 143);
    settings_clear(&settings);
}

static void test_forgotten_when_skipped(void **state)
{
    struct settings settings;

    (void)state;
    settings_init(&settings);
    fill_all(&settings, ANA, "imap.gmail.com", "", "one");
    fill_all(&settings, BENITO, "imap.corp.example", "", "two");
    settings_skip(&settings, ANA, "password");
    assert_non_null(settings_mailbox(&settings, ANA));
    settings_skip(&settings, ANA, "mail_password");
    assert_null(settings_mailbox(&settings, ANA));
    assert_string_equal(settings_mailbox(&settings, BENITO)->password.text,
                        "two");
    assert_string_equal(settings.mailboxes[1].password.text, "");
    settings_skip(&settings, ANA, "mail_password");
    settings_skip(&settings, BENITO, "mail_password");
    assert_int_equal(settings.mailbox_count, 0);
}

static void test_passwords_of_gmail(void **state)
{
    static const struct {
        const char *typed, *kept;
    } cases[] = {
        {"abcd efgh ijkl mnop", "abcdefghijklmnop"},
        {"abcdefghijklmnop", "abcdefghijklmnop"},
        {"abcd efgh ijkl mno1", "abcd efgh ijkl mno1"},
        {"abcd efgh ijkl mnopq", "abcd efgh ijkl mnopq"},
        {"correct horse batte", "correct horse batte"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct settings settings;

        settings_init(&settings);
        fill_all(&settings, ANA, "imap.gmail.com", "", cases[i].typed);
        assert_string_equal(settings_mailbox(&settings, ANA)->password.text,
                            cases[i].kept);
        settings_clear(&settings);
    }
}

static void test_no_more_than_there_is_room_for(void **state)
{
    struct settings settings;
    char address[32];

    (void)state;
    settings_init(&settings);
    for (int i = 0; i < MAILBOXES_MAX; i++) {
        snprintf(address, sizeof(address), "a%d@corp.example", i);
        fill_all(&settings, address, "imap.corp.example", "", "x");
    }
    assert_int_equal(
        settings_fill(&settings, ANA, "mail_server", "imap.gmail.com"), -1);
    assert_int_equal(settings_fill(&settings, ANA, "mail_password", "x"), -1);
    assert_int_equal(settings.mailbox_count, MAILBOXES_MAX);
    settings_clear(&settings);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_address_has_its_own),
        cmocka_unit_test(test_none_without_a_password),
        cmocka_unit_test(test_typed_comes_first),
        cmocka_unit_test(test_what_is_offered),
        cmocka_unit_test(test_forgotten_when_skipped),
        cmocka_unit_test(test_passwords_of_gmail),
        cmocka_unit_test(test_no_more_than_there_is_room_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
