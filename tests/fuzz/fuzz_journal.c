/* SPDX-License-Identifier: MIT */
/* A session's file, which anyone may have written, and the reports of it. */
#include <sys/mman.h>
#include <unistd.h>

#include "net/json.h"
#include "steps/journal.h"
#include "steps/report.h"
#include "tests/fuzz/fuzz.h"
#include "ui/paper.h"

static char *print(enum paper_format format, int columns,
                   const struct trail *trail, size_t *length)
{
    struct paper paper = {.columns = columns, .lang = "es"};
    char *text = NULL;
    FILE *out = open_memstream(&text, length);

    HOLDS(out != NULL);
    HOLDS(paper_write(out, format, trail, &paper) == 0);
    HOLDS(fclose(out) == 0);
    return text;
}

static void check_plain(char *text, size_t length)
{
    HOLDS(is_utf8(text, length));
    for (size_t i = 0; i < length; i++)
        HOLDS((unsigned char)text[i] >= 0x20 ? text[i] != 0x7f
                                             : text[i] == '\n');
    free(text);
}

static void check_papers(const struct trail *trail)
{
    size_t length;
    char *text = print(FORMAT_TEXT, 80, trail, &length);
    cJSON *json;

    check_plain(text, length);
    text = print(FORMAT_TEXT, 20, trail, &length);
    check_plain(text, length);
    text = print(FORMAT_HTML, 0, trail, &length);
    check_plain(text, length);
    text = print(FORMAT_JSON, 0, trail, &length);
    json = json_read(text, length);
    HOLDS(is_utf8(text, length) && (json || length > JSON_MAX));
    json_free(json);
    free(text);
}

static void check_trail(const struct trail *trail)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);

    for (size_t i = 0; i < count; i++) {
        HOLDS(attempts[i].via < VIA_COUNT && attempts[i].part < PART_COUNT);
        HOLDS(attempt_outcome(&attempts[i]) < OUTCOME_COUNT);
        attempt_contradicts(&attempts[i]);
    }
    trail_can_back(trail);
    trail_part(trail);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fd = memfd_create("journal", 0);
    struct trail *trail = trail_new();
    size_t skipped;

    if (fd < 0 || !trail || write(fd, data, size) != (ssize_t)size ||
        lseek(fd, 0, SEEK_SET) != 0)
        abort();
    if (journal_load(trail, fd, &skipped, NULL) == 0 && trail_step(trail)) {
        check_trail(trail);
        check_papers(trail);
    }
    trail_free(trail);
    close(fd);
    return 0;
}
