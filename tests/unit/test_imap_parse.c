/* SPDX-License-Identifier: MIT */
/* What IMAP responses say, names of folders, fields of headers. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/header.h"
#include "net/imap_name.h"
#include "net/imap_parse.h"

/* Reads one response; the reader stays alive as long as it. */
static struct imap_response respond(struct imap_reader *reader,
                                    const char *text)
{
    struct imap_response response = {0};
    size_t room;
    char *to;

    assert_int_equal(imap_reader_init(reader), 0);
    to = imap_reader_room(reader, &room);
    assert_true(strlen(text) + 2 <= room);
    snprintf(to, room, "%s\r\n", text);
    imap_reader_filled(reader, strlen(text) + 2);
    if (imap_reader_next(reader, &response) != 1)
        fail_msg("no response: %s", text);
    return response;
}

static void test_statuses(void **state)
{
    static const struct {
        const char *text;
        bool read;
        const char *tag;
        enum imap_condition condition;
        const char *words;
    } statuses[] = {
        {"z7 OK done", true, "z7", IMAP_OK, "OK done"},
        {"* ok x", true, "*", IMAP_OK, "ok x"},
        {"z7 NO", true, "z7", IMAP_NO, "NO"},
        {"* BYE \xff", true, "*", IMAP_BYE, "BYE ÿ"},
        {"* PREAUTH in", true, "*", IMAP_PREAUTH, "PREAUTH in"},
        {"z7 BAD {3}", true, "z7", IMAP_BAD, "BAD {3}"},
        {"* OKAY x", false, "", IMAP_OK, ""},
        {"* 1 OK", false, "", IMAP_OK, ""},
        {"OK", false, "", IMAP_OK, ""},
        {" OK x", false, "", IMAP_OK, ""},
        {"+ OK", true, "+", IMAP_OK, "OK"},
        {"tagtagtagtagtagtag OK", false, "", IMAP_OK, ""},
        {"", false, "", IMAP_OK, ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(statuses); i++) {
        struct imap_reader reader;
        struct imap_response response = respond(&reader, statuses[i].text);
        struct imap_status status;

        if (imap_read_status(&status, &response) != statuses[i].read)
            fail_msg("'%s'", statuses[i].text);
        if (statuses[i].read) {
            assert_string_equal(status.tag, statuses[i].tag);
            assert_int_equal(status.condition, statuses[i].condition);
            assert_string_equal(status.words, statuses[i].words);
        }
        imap_reader_release(&reader);
    }
}

static void test_folders(void **state)
{
    static const struct {
        const char *text, *name; /* NULL: no folder */
        char delimiter;
        bool junk, all, hollow;
    } folders[] = {
        {"* LIST (\\Junk) \"/\" Junk", "Junk", '/', true, false, false},
        {"* list (\\HasNoChildren \\ALL) \".\" \"[Gmail]/All Mail\"",
         "[Gmail]/All Mail", '.', false, true, false},
        {"* LIST (\\Noselect) NIL [Gmail]", "[Gmail]", 0, false, false, true},
        {"* LIST () \"\\\\\" \"a\\\"b`c\"", "a\"b`c", '\\', false, false,
         false},
        {"* LIST () \"/\" {6}\r\nx{3}\r\n", "x{3}\r\n", '/', false, false,
         false},
        {"* LIST (\\Junk) \"/\" Junk (\"CHILDINFO\" (\"SUBSCRIBED\"))", "Junk",
         '/', true, false, false},
        {"* LIST () \"/\" \"\"", NULL, 0, false, false, false},
        {"* LIST () \"/\" \"open", NULL, 0, false, false, false},
        {"* LIST () \"/\"", NULL, 0, false, false, false},
        {"* LIST (\\Junk \"/\" Junk", NULL, 0, false, false, false},
        {"* LIST ((\\Junk)) \"/\" Junk", NULL, 0, false, false, false},
        {"* LIST \\Junk \"/\" Junk", NULL, 0, false, false, false},
        {"* LSUB () \"/\" Junk", NULL, 0, false, false, false},
        {"LIST () \"/\" Junk", NULL, 0, false, false, false},
        {"* LIST", NULL, 0, false, false, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(folders); i++) {
        struct imap_reader reader;
        struct imap_response response = respond(&reader, folders[i].text);
        struct imap_folder folder;

        if (imap_read_folder(&folder, &response) != (folders[i].name != NULL))
            fail_msg("'%s'", folders[i].text);
        if (folders[i].name) {
            assert_string_equal(folder.name, folders[i].name);
            assert_int_equal(folder.delimiter, folders[i].delimiter);
            assert_int_equal(folder.junk, folders[i].junk);
            assert_int_equal(folder.all, folders[i].all);
            assert_int_equal(folder.hollow, folders[i].hollow);
        }
        imap_reader_release(&reader);
    }
}

static void test_searches(void **state)
{
    static const struct {
        const char *text;
        size_t count;
        uint32_t first, last;
    } searches[] = {
        {"* SEARCH 7", 1, 7, 7},
        {"* SEARCH 9 2 5", 3, 2, 9},
        {"* SEARCH 1 2 3 4 5 6", 4, 3, 6},
        {"* SEARCH 6 5 4 3 2 1", 4, 3, 6},
        {"* SEARCH 4294967295", 1, 4294967295u, 4294967295u},
        {"* SEARCH 4294967296", 0, 0, 0},
        {"* SEARCH 0", 0, 0, 0},
        {"* SEARCH -1", 0, 0, 0},
        {"* SEARCH 5 x 6", 1, 5, 5},
        {"* SEARCH", 0, 0, 0},
        {"* SEARCH \"5\"", 0, 0, 0},
        {"* OK SEARCH 5", 0, 0, 0},
        {"z4 SEARCH 5", 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(searches); i++) {
        struct imap_reader reader;
        struct imap_response response = respond(&reader, searches[i].text);
        uint32_t numbers[4];
        size_t count = imap_read_search(numbers, 4, &response);

        if (count != searches[i].count)
            fail_msg("'%s': %zu", searches[i].text, count);
        if (count > 0) {
            assert_int_equal(numbers[0], searches[i].first);
            assert_int_equal(numbers[count - 1], searches[i].last);
        }
        imap_reader_release(&reader);
    }
}

#define SECTION "BODY[HEADER.FIELDS (X-NOLLEGO-TOKEN SUBJECT)]"

static void test_mails(void **state)
{
    static const struct {
        const char *text;
        bool read;
        uint32_t uid;
        const char *date, *header; /* NULL: none */
    } mails[] = {
        {"* 1 FETCH (UID 7 " SECTION " {5}\r\nA: b\n)", true, 7, "", "A: b\n"},
        {"* 1 FETCH (" SECTION " {3}\r\na)\r UID 7)", true, 7, "", "a)\r"},
        {"* 1 FETCH (UID 7 INTERNALDATE \"x\" " SECTION " \"q\")", true, 7, "x",
         "q"},
        {"* 1 FETCH (FLAGS (\\Seen (a)) UID 7)", true, 7, "", NULL},
        {"* 1 FETCH (UID 7 " SECTION " NIL)", true, 7, "", NULL},
        {"* 1 FETCH (UID 7 BODY[HEADER.FIELDS (\"a)b\")] {1}\r\nz)", true, 7,
         "", "z"},
        {"* 1 FETCH (UID 7 " SECTION " {5})", false, 0, "", NULL},
        {"* 1 FETCH (UID 7", false, 0, "", NULL},
        {"* 1 FETCH UID 7", false, 0, "", NULL},
        {"* x FETCH (UID 7)", false, 0, "", NULL},
        {"* 1 EXPUNGE", false, 0, "", NULL},
        {"z1 1 FETCH (UID 7)", false, 0, "", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(mails); i++) {
        struct imap_reader reader;
        struct imap_response response = respond(&reader, mails[i].text);
        struct imap_mail mail;

        if (imap_read_mail(&mail, &response) != mails[i].read)
            fail_msg("'%s'", mails[i].text);
        if (mails[i].read) {
            assert_int_equal(mail.uid, mails[i].uid);
            assert_string_equal(mail.date, mails[i].date);
            assert_int_equal(mail.header != NULL, mails[i].header != NULL);
        }
        if (mails[i].read && mails[i].header) {
            assert_int_equal(mail.header_length, strlen(mails[i].header));
            assert_memory_equal(mail.header, mails[i].header,
                                mail.header_length);
        }
        imap_reader_release(&reader);
    }
}

static void test_capabilities(void **state)
{
    struct imap_reader reader;
    struct imap_response response =
        respond(&reader, "* CAPABILITY IMAP4rev1 Special-Use AUTH=PLAIN");

    (void)state;
    assert_true(imap_has_capability(&response, "SPECIAL-USE"));
    assert_false(imap_has_capability(&response, "SPECIAL"));
    assert_false(imap_has_capability(&response, "LIST-EXTENDED"));
    imap_reader_release(&reader);
}

static void test_dates(void **state)
{
    (void)state;
    assert_true(imap_read_date("23-Nov-2026 15:37:53 +0000") == 1795448273);
    assert_true(imap_read_date("23-Nov-2026 12:37:53 -0300") == 1795448273);
    assert_true(imap_read_date(" 1-Jan-1970 01:00:00 +0100") == 0);
    assert_true(imap_read_date("23-Nop-2026 15:37:53 +0000") < 0);
    assert_true(imap_read_date("23-ovD-2026 15:37:53 +0000") < 0);
    assert_true(imap_read_date("23-Nov-2026") < 0);
    assert_true(imap_read_date("23-Nov-2026 15:37:53 +0000 x") < 0);
    assert_true(imap_read_date("") < 0);
}

static void test_names(void **state)
{
    static const struct {
        const char *wire, *name;
    } names[] = {
        {"Junk", "Junk"},
        {"Se&APE-ales", "Señales"},
        {"&ZeVnLIqe-", "日本語"},
        {"&2D3eAA-", "😀"},
        {"Tom &- Ana", "Tom & Ana"},
        {"a&AGE-", "aa"},
        {"&", "&"},
        {"&APE", "&APE"},
        {"&2D0-", "&2D0-"},
        {"&3gA-", "&3gA-"},
        {"&AAA-", "&AAA-"},
        {"Se\xc3\xb1or", "Señor"},
        {"\xe9", "é"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        char name[64];

        imap_name_decode(name, sizeof(name), names[i].wire);
        assert_string_equal(name, names[i].name);
    }
}

/* Every length of room: never beyond it, always ended. */
static void test_names_fit(void **state)
{
    (void)state;
    for (size_t size = 1; size < 40; size++) {
        char *name = malloc(size);

        assert_non_null(name);
        imap_name_decode(name, size, "&ZeVnLIqe-&ZeVnLIqe- abc &- def");
        assert_true(strlen(name) < size);
        free(name);
    }
}

static void test_spam_names(void **state)
{
    (void)state;
    assert_true(imap_name_is_spam("Spam", '/'));
    assert_true(imap_name_is_spam("INBOX.JUNK", '.'));
    assert_true(imap_name_is_spam("[Gmail]/spam", '/'));
    assert_true(imap_name_is_spam("Correo no deseado", 0));
    assert_true(imap_name_is_spam("Correo electrónico no deseado", '/'));
    assert_false(imap_name_is_spam("INBOX.JUNK", '/'));
    assert_false(imap_name_is_spam("Spam de Ana", '/'));
    assert_false(imap_name_is_spam("Spam/Ana", '/'));
    assert_false(imap_name_is_spam("", '/'));
}

static void test_quotes(void **state)
{
    char out[16];

    (void)state;
    assert_true(imap_name_quote(out, sizeof(out), "a\"b\\`"));
    assert_string_equal(out, "\"a\\\"b\\\\`\"");
    assert_false(imap_name_quote(out, sizeof(out), "a\r\nz9 DELETE x"));
    assert_false(imap_name_quote(out, sizeof(out), "a\nb"));
    assert_false(imap_name_quote(out, sizeof(out), "\"\"\"\"\"\"\"\"\"\"\""));
}

static void test_header_fields(void **state)
{
    static const struct {
        const char *header, *value; /* of Subject; NULL: none */
    } headers[] = {
        {"Subject: Hola\r\n", "Hola"},
        {"From: a\nSUBJECT:Hola", "Hola"},
        {"Subject: a\r\n  b \r\n\tc\r\nFrom: x", "a b c"},
        {"Subject:\r\n a", "a"},
        {"Subject: a\r\nSubject: b\r\n", "a"},
        {"X-Subject: a\r\n Subject: b\r\n", NULL},
        {"Subjects: a\r\n", NULL},
        {"Subject", NULL},
        {"Subject:", NULL},
        {"Subject: \xf1 \r\n", "ñ"},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(headers); i++) {
        size_t length = strlen(headers[i].header);
        char *copy = malloc(length + 1), out[16];

        assert_non_null(copy);
        memcpy(copy, headers[i].header, length);
        copy[length] = 'x'; /* no NUL to lean on */
        assert_int_equal(
            header_field(out, sizeof(out), copy, length, "Subject"),
            headers[i].value != NULL);
        assert_string_equal(out, headers[i].value ? headers[i].value : "");
        free(copy);
    }
}

static void test_long_header_field(void **state)
{
    static char header[6000];
    char out[32];

    (void)state;
    memset(header, 'x', sizeof(header));
    memcpy(header, "Subject: ", 9);
    for (size_t i = 100; i < sizeof(header) - 2; i += 97)
        memcpy(header + i, "\n ", 2);
    assert_true(
        header_field(out, sizeof(out), header, sizeof(header), "Subject"));
    assert_int_equal(strlen(out), sizeof(out) - 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_folders),
        cmocka_unit_test(test_searches),
        cmocka_unit_test(test_mails),
        cmocka_unit_test(test_capabilities),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_names_fit),
        cmocka_unit_test(test_spam_names),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_header_fields),
        cmocka_unit_test(test_long_header_field),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
