/* SPDX-License-Identifier: MIT */
/* What a client says to the practice service: SMTP's arguments and text, and
 * IMAP's grammar. */
#include "net/practice/imap_parse.h"
#include "net/practice/smtp_parse.h"
#include "tests/fuzz/fuzz.h"

static void read_path(const char *text)
{
    struct smtp_path path;

    if (smtp_path_read(&path, text, "FROM:") == PATH_GOOD)
        HOLDS(strlen(path.address) < sizeof(path.address) &&
              !strpbrk(path.address, "\r\n<>"));
    if (smtp_path_read(&path, text, "TO:") == PATH_GOOD)
        HOLDS(path.address[0] != '\0');
}

/* A mail's text, `step` bytes at a time. */
static uint64_t read_text(const char *bytes, size_t length, size_t step)
{
    struct smtp_text text = {TEXT_START, false};
    struct pile pile;
    size_t at = 0;
    uint64_t told;

    pile_init(&pile, length);
    while (at < length && !text.done) {
        size_t part = length - at < step ? length - at : step;
        size_t used = smtp_text_take(&text, bytes + at, part, &pile);

        HOLDS(used <= part && (used == part || text.done));
        at += used;
    }
    told = mix(0, pile.bytes, pile.length);
    pile_release(&pile);
    return mix(mix(told, &at, sizeof(at)), &text.done, sizeof(text.done));
}

typedef bool take(struct cursor *cursor, char *out, size_t size);

static void read_command(const char *bytes, size_t length)
{
    static take *const takes[] = {cursor_atom, cursor_string, cursor_astring,
                                  cursor_pattern, cursor_set};
    char out[IMAP_TEXT_MAX];
    unsigned long number;
    size_t count;
    bool waits;

    for (size_t i = 0; i < sizeof(takes) / sizeof(*takes); i++) {
        struct cursor cursor = {bytes, bytes + length};

        while (!cursor_is_end(&cursor) && takes[i](&cursor, out, sizeof(out))) {
            HOLDS(cursor.at > bytes && cursor.at <= cursor.end);
            HOLDS(strlen(out) < sizeof(out));
            if (takes[i] == cursor_set)
                set_has(out, 3, 7);
            if (takes[i] == cursor_pattern)
                pattern_fits(out, "INBOX");
            if (!cursor_sign(&cursor, ' '))
                break;
        }
        cursor_number(&cursor, &number);
        HOLDS(cursor.at >= bytes && cursor.at <= cursor.end);
    }
    if (literal_at_end(bytes, length, &count, &waits))
        HOLDS(length >= 3 && bytes[length - 1] == '}');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data + 1;
    char *text;

    if (size < 2)
        return 0;
    text = string_of(data + 1, size - 1);
    read_path(text);
    free(text);
    HOLDS(read_text(bytes, size - 1, size) ==
          read_text(bytes, size - 1, 1 + data[0] % 8));
    read_command(bytes, size - 1);
    return 0;
}
