/* SPDX-License-Identifier: MIT */
/* What an IMAP server says, as responses, however its packets are cut, and
 * what is read in them. */
#include "net/imap_boxes.h"
#include "net/imap_check.h"
#include "net/imap_name.h"
#include "net/imap_parse.h"
#include "tests/fuzz/fuzz.h"

static void read_folder(const struct imap_response *response)
{
    struct imap_folder folder;
    char name[4 * IMAP_NAME_MAX], quoted[3 * IMAP_NAME_MAX];

    if (!imap_read_folder(&folder, response))
        return;
    imap_name_decode(name, sizeof(name), folder.name);
    HOLDS(is_text(name));
    imap_name_is_spam(name, folder.delimiter);
    if (imap_name_quote(quoted, sizeof(quoted), folder.name))
        HOLDS(!strpbrk(quoted, "\r\n") && quoted[0] == '"' &&
              quoted[strlen(quoted) - 1] == '"');
}

static void read_mail(const struct imap_response *response)
{
    struct imap_mail mail;

    if (!imap_read_mail(&mail, response))
        return;
    imap_read_date(mail.date);
    if (mail.header)
        HOLDS(mail.header >= response->text &&
              mail.header + mail.header_length <=
                  response->text + response->length);
}

/* The folders so far keep their order whatever comes next. */
static void read_boxes(struct imap_boxes *boxes,
                       const struct imap_response *response)
{
    int rest = 0;

    imap_boxes_take(boxes, response);
    imap_boxes_settle(boxes);
    HOLDS(boxes->count >= 1 && boxes->count <= IMAP_BOXES_MAX);
    HOLDS(boxes->all[0].role == ROLE_INBOX);
    for (int i = 0; i < boxes->count; i++) {
        HOLDS(is_text(boxes->all[i].shown));
        HOLDS(i == 0 || boxes->all[i - 1].role <= boxes->all[i].role);
        rest += boxes->all[i].role == ROLE_REST;
    }
    HOLDS(rest == boxes->rest);
}

/* No mail is both ours and similar, and only one of ours leaves its header. */
static void check_mail(const struct imap_response *response)
{
    static const struct request request = {
        .token = "0123456789abcdef0123456789abcdef",
        .subject_code = "K7Q-4M2",
        .from = "avisos@corp.example",
    };
    struct imap_check check = {.request = &request, .uid = 7};

    imap_check_take(response, &check);
    HOLDS(!check.ours || !check.similar);
    HOLDS(check.ours || !check.header);
    free(check.header);
}

static void read_all(struct imap_boxes *boxes,
                     const struct imap_response *response)
{
    struct imap_status status;
    uint32_t numbers[16];
    size_t count;

    HOLDS(response->literal_count <= IMAP_LITERALS_MAX);
    for (size_t i = 0; i < response->literal_count; i++)
        HOLDS(response->literals[i].at + response->literals[i].length <=
              response->length);
    if (imap_read_status(&status, response))
        HOLDS(is_text(status.words));
    imap_has_capability(response, "IDLE");
    count = imap_read_search(numbers, 16, response);
    HOLDS(count <= 16);
    for (size_t i = 1; i < count; i++)
        HOLDS(numbers[i - 1] < numbers[i]);
    read_folder(response);
    read_boxes(boxes, response);
    read_mail(response);
    check_mail(response);
}

static uint64_t tell(const uint8_t *data, size_t size, size_t step)
{
    static struct imap_boxes boxes;
    struct imap_reader reader;
    struct imap_response response;
    uint64_t told = 0;
    int next = 0;

    imap_boxes_init(&boxes);
    if (imap_reader_init(&reader) != 0)
        abort();
    while (size > 0 && next >= 0) {
        size_t room, part = size < step ? size : step;
        char *at = imap_reader_room(&reader, &room);

        HOLDS(room > 0);
        part = part < room ? part : room;
        memcpy(at, data, part);
        imap_reader_filled(&reader, part);
        data += part;
        size -= part;
        while ((next = imap_reader_next(&reader, &response)) > 0) {
            read_all(&boxes, &response);
            told = mix(told, response.text, response.length);
        }
    }
    imap_reader_release(&reader);
    return mix(told, &next, sizeof(next));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1)
        HOLDS(tell(data + 1, size - 1, size) ==
              tell(data + 1, size - 1, 1 + data[0] % 32));
    return 0;
}
