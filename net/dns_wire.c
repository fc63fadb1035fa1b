/* SPDX-License-Identifier: MIT */
#include "net/dns_wire.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define HEADER 12
#define FIXED 10 /* type, class, TTL and length of a record */
#define CLASS_IN 1
#define NAME_WIRE_MAX 255
#define POINTER 0xc0

/* The flags of a header, RFC 1035 4.1.1. */
#define FLAG_ANSWER 0x8000u
#define FLAG_CUT 0x0200u
#define OPCODE 0x7800u
#define RCODE 0x000fu

enum {
    RCODE_OK = 0,
    RCODE_SERVFAIL = 2,
    RCODE_NXDOMAIN = 3,
    RCODE_REFUSED = 5
};

struct message {
    const unsigned char *bytes;
    size_t length;
    size_t answers; /* where the records begin */
    unsigned count; /* of the records of the answer */
};

struct record {
    char owner[DNS_NAME_MAX];
    bool named; /* `owner` is one that a text can show */
    unsigned type, class;
    size_t data, length;
};

static unsigned number(const struct message *message, size_t at)
{
    return (unsigned)message->bytes[at] << 8 | message->bytes[at + 1];
}

/* A name as it is being read. */
struct reading {
    size_t at, after; /* where the name goes on, where the record does */
    size_t wire;      /* bytes that it takes without pointers */
    size_t length;    /* of the text so far */
    bool jumped, shown;
};

/* Pointers lead only to what stands before them, so that each name ends. */
static bool jump(struct reading *reading, const struct message *message)
{
    if (reading->at + 2 > message->length)
        return false;
    size_t to = number(message, reading->at) & 0x3fff;
    if (!reading->jumped)
        reading->after = reading->at + 2;
    if (to >= reading->at)
        return false;
    reading->jumped = true;
    reading->at = to;
    return true;
}

static bool take_label(struct reading *reading, const struct message *message,
                       char *out)
{
    size_t size = message->bytes[reading->at++];
    const unsigned char *label = message->bytes + reading->at;

    if (size > message->length - reading->at ||
        (reading->wire += size + 1) > NAME_WIRE_MAX - 1)
        return false;
    if (memchr(label, '.', size) || memchr(label, '\0', size))
        reading->shown = false;
    if (reading->length)
        out[reading->length++] = '.';
    memcpy(out + reading->length, label, size);
    reading->length += size;
    reading->at += size;
    return true;
}

/* Reads the name at `*at` and moves that behind it. False: no name. `*shown`
 * tells whether `out` is all of it. */
static bool take_name(const struct message *message, size_t *at,
                      char out[DNS_NAME_MAX], bool *shown)
{
    struct reading reading = {.at = *at, .shown = true};

    for (;;) {
        if (reading.at >= message->length)
            return false;
        unsigned size = message->bytes[reading.at];
        if (size == 0)
            break;
        bool good = size < 64 ? take_label(&reading, message, out)
                              : size >= POINTER && jump(&reading, message);
        if (!good)
            return false;
    }
    out[reading.length] = '\0';
    *at = reading.jumped ? reading.after : reading.at + 1;
    *shown = reading.shown;
    return true;
}

static bool take_record(const struct message *message, size_t *at,
                        struct record *record)
{
    if (!take_name(message, at, record->owner, &record->named) ||
        message->length - *at < FIXED)
        return false;
    record->type = number(message, *at);
    record->class = number(message, *at + 2);
    record->length = number(message, *at + 8);
    record->data = *at + FIXED;
    *at = record->data + record->length;
    return *at <= message->length;
}

/* The header, and that it is an answer to this question. */
static bool take_question(struct message *message, const char *name,
                          enum dns_type type)
{
    char asked[DNS_NAME_MAX];
    size_t at = HEADER;
    bool shown;

    if (message->length < HEADER || message->length > 65535 ||
        (number(message, 2) & (FLAG_ANSWER | OPCODE)) != FLAG_ANSWER ||
        number(message, 4) != 1 || !take_name(message, &at, asked, &shown) ||
        message->length - at < 4 || !shown || strcasecmp(asked, name) != 0 ||
        number(message, at) != (unsigned)type ||
        number(message, at + 2) != CLASS_IN)
        return false;
    message->answers = at + 4;
    message->count = number(message, 6);
    return true;
}

/* Reads all of a record's data as one name. */
static bool data_name(const struct message *message, const struct record *from,
                      size_t skip, char out[DNS_NAME_MAX], bool *shown)
{
    size_t at = from->data + skip;

    return from->length > skip && take_name(message, &at, out, shown) &&
           at == from->data + from->length;
}

/* Strings, each behind its length, joined in `out`. False: they do not end
 * where the data does. */
static bool data_text(const struct message *message, const struct record *from,
                      char *out, size_t *length)
{
    const unsigned char *at = message->bytes + from->data;
    const unsigned char *end = at + from->length;

    *length = 0;
    while (at < end) {
        size_t size = *at++;
        if (size > (size_t)(end - at))
            return false;
        memcpy(out + *length, at, size);
        *length += size;
        at += size;
    }
    return from->length > 0;
}

static bool add_address(struct dns_answer *answer,
                        const struct message *message,
                        const struct record *from, enum dns_type type)
{
    struct dns_record record = {.text = ""};
    size_t size = type == DNS_A ? sizeof(record.ip4) : sizeof(record.ip6);

    if (from->length != size)
        return false;
    memcpy(type == DNS_A ? (void *)&record.ip4 : (void *)&record.ip6,
           message->bytes + from->data, size);
    dns_answer_add(answer, type, &record);
    return true;
}

static bool add_text(struct dns_answer *answer, const struct message *message,
                     const struct record *from)
{
    char text[DNS_TEXT_MAX];
    struct dns_record record = {.text = text};

    if (!data_text(message, from, text, &record.length))
        return false;
    dns_answer_add(answer, DNS_TXT, &record);
    return true;
}

static bool add_name(struct dns_answer *answer, const struct message *message,
                     const struct record *from, enum dns_type type)
{
    char name[DNS_NAME_MAX];
    struct dns_record record = {.text = name};
    size_t skip = type == DNS_MX ? 2 : 0;
    bool shown;

    if (!data_name(message, from, skip, name, &shown))
        return false;
    if (skip)
        record.preference = number(message, from->data);
    record.length = strlen(name);
    if (shown)
        dns_answer_add(answer, type, &record);
    else
        answer->cut = true;
    return true;
}

static bool add(struct dns_answer *answer, const struct message *message,
                const struct record *record, enum dns_type type)
{
    switch (type) {
    case DNS_A:
    case DNS_AAAA:
        return add_address(answer, message, record, type);
    case DNS_TXT:
        return add_text(answer, message, record);
    default:
        return add_name(answer, message, record, type);
    }
}

enum found {
    FOUND_NONE,
    FOUND_STRANGE, /* nothing, but records of others */
    FOUND_RECORDS,
    FOUND_ALIAS,
    FOUND_GARBAGE
};

/* All records of one name: those of the type are added, an alias is put into
 * `alias`, unless it is what was asked for. A message with records, none of
 * which is of that name, answers something else. */
static enum found look_up(struct dns_answer *answer,
                          const struct message *message, const char *name,
                          enum dns_type type, char alias[DNS_NAME_MAX])
{
    enum found found = FOUND_NONE;
    size_t at = message->answers;
    struct record record;
    bool shown = true, ours = !message->count;

    for (unsigned i = 0; i < message->count; i++) {
        if (!take_record(message, &at, &record))
            return FOUND_GARBAGE;
        if (!record.named || record.class != CLASS_IN ||
            strcasecmp(record.owner, name) != 0)
            continue;
        ours = true;
        if (record.type == (unsigned)type) {
            if (!add(answer, message, &record, type))
                return FOUND_GARBAGE;
            found = FOUND_RECORDS;
        } else if (record.type == DNS_CNAME && found == FOUND_NONE) {
            if (!data_name(message, &record, 0, alias, &shown) || !shown ||
                !alias[0])
                return FOUND_GARBAGE;
            found = FOUND_ALIAS;
        }
    }
    return ours ? found : FOUND_STRANGE;
}

static void be_bogus(struct dns_answer *answer)
{
    dns_answer_release(answer);
    answer->state = DNS_BOGUS;
}

/* Follows the chain from `name`; true where it leads out of the message. */
static bool follow(struct dns_answer *answer, const struct message *message,
                   const char *name, enum dns_type type)
{
    char alias[DNS_NAME_MAX], from[DNS_NAME_MAX];
    enum found found = FOUND_ALIAS;
    int links = 0;

    snprintf(from, sizeof(from), "%s", name);
    for (; found == FOUND_ALIAS && links <= DNS_CHAIN_MAX; links++) {
        found = look_up(answer, message, from, type, alias);
        if (found != FOUND_ALIAS)
            break;
        memcpy(from, alias, sizeof(from));
        memcpy(answer->canonical, alias, sizeof(answer->canonical));
    }
    if (found == FOUND_NONE || (found == FOUND_STRANGE && links > 0))
        return links > 0;
    if (found != FOUND_RECORDS || !answer->count)
        be_bogus(answer);
    return false;
}

/* What is told where there are no records. */
static enum dns_state bare_state(unsigned rcode)
{
    switch (rcode) {
    case RCODE_OK:
        return DNS_NODATA;
    case RCODE_NXDOMAIN:
        return DNS_NXDOMAIN;
    case RCODE_SERVFAIL:
        return DNS_SERVFAIL;
    case RCODE_REFUSED:
        return DNS_REFUSED;
    default:
        return DNS_BOGUS;
    }
}

bool dns_wire_read(struct dns_answer *answer, const char *name,
                   enum dns_type type, const unsigned char *bytes,
                   size_t length)
{
    struct message message = {.bytes = bytes, .length = length};
    bool open = false, cut;
    unsigned rcode;

    if (!take_question(&message, name, type)) {
        be_bogus(answer);
        return false;
    }
    rcode = number(&message, 2) & RCODE;
    cut = number(&message, 2) & FLAG_CUT;
    if (rcode == RCODE_OK || rcode == RCODE_NXDOMAIN)
        open = follow(answer, &message, name, type);
    if (rcode == RCODE_NXDOMAIN && answer->count)
        be_bogus(answer);
    if (answer->state == DNS_UNASKED)
        answer->state = cut ? DNS_BOGUS : bare_state(rcode);
    answer->cut |= cut;
    return open && rcode == RCODE_OK && answer->state == DNS_NODATA;
}
