/* SPDX-License-Identifier: MIT */
#include "net/practice/names.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HEADER 12
#define CLASS_IN 1
#define TTL 60
#define STRING_MAX 255
#define NAME_MAX_TEXT 256

enum { TYPE_A = 1, TYPE_CNAME = 5, TYPE_PTR = 12, TYPE_MX = 15, TYPE_TXT = 16 };
enum { RCODE_OK = 0, RCODE_FORMERR = 1, RCODE_NXDOMAIN = 3, RCODE_REFUSED = 5 };

#define IN_ANY 0u
#define BIT(id) (1u << SCENARIO_##id)
#define CORPORATE (BIT(CORPORATE_FILTER) | BIT(CORPORATE_REJECT))

/* A record; `only` are the scenarios that have it, as bits. Names in the data
 * are whole, the text of a TXT is cut into strings where it is long. */
struct name_row {
    const char *name;
    int type;
    const char *data;
    unsigned only, but;
};

#define KEY                                                                    \
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAjqUls8B91/"                   \
    "TW79EtngER8mcv/r5J1QRhXJKCA7lwaeswHSPehJyplvR0SdQCKRcHS7J7u9j8oB30cuRbK"  \
    "7bY+bzM5x3YbviTlRwKWTwDRB75AMUrCPnnsny1F6Z0LOzS8euwRy8NeNHNs291EYhk7V2+"  \
    "s/b5zGpMdgijPINVKPpqIo/axSi8IuBmMFtviipcMs1z9/ICZpYvb3AY9MIe7N561pIcchr"  \
    "g2YMQnffnEqPDZAmMRBPW7uuXDPnOCgI9/XJgAO7Bz3EqcxuGwaANeSlLcC43NB+BiiAOHR"  \
    "9i9w/JwymE8YgvXpkBAOMb6zvyXYiLVAprTrdv+tbvlhoiNwIDAQAB"

/* clang-format off */
static const struct name_row rows[] = {
    {"tienda.example", TYPE_MX, "10 mx.tienda.example", IN_ANY, 0},
    {"tienda.example", TYPE_TXT,
     "v=spf1 include:spf.servicio.example -all", IN_ANY, 0},
    {"mx.tienda.example", TYPE_A, "192.0.2.10", IN_ANY, 0},
    {"_dmarc.tienda.example", TYPE_TXT, "v=DMARC1; p=none", IN_ANY, 0},
    {"default._domainkey.tienda.example", TYPE_CNAME,
     "tienda.dkim.servicio.example", IN_ANY, 0},
    {"servicio.example", TYPE_MX, "10 smtp.servicio.example", IN_ANY, 0},
    {"smtp.servicio.example", TYPE_A, "192.0.2.20", IN_ANY, 0},
    {"spf.servicio.example", TYPE_TXT, "v=spf1 ip4:192.0.2.0/24 -all",
     IN_ANY, 0},
    {"tienda.dkim.servicio.example", TYPE_TXT, "v=DKIM1; k=rsa; p=" KEY,
     IN_ANY, 0},
    {"20.2.0.192.in-addr.arpa", TYPE_PTR, "smtp.servicio.example", IN_ANY, 0},
    {"empresa.example", TYPE_MX, "10 mx.empresa.example", IN_ANY, CORPORATE},
    {"mx.empresa.example", TYPE_A, "192.0.2.30", IN_ANY, CORPORATE},
    {"empresa.example", TYPE_MX,
     "0 empresa-example.mail.protection.outlook.com", CORPORATE, 0},
    {"empresa-example.mail.protection.outlook.com", TYPE_A, "192.0.2.40",
     CORPORATE, 0},
    {"gmail.example", TYPE_MX, "5 gmail-smtp-in.l.google.com", IN_ANY, 0},
    {"gmail-smtp-in.l.google.com", TYPE_A, "192.0.2.50", IN_ANY, 0},
};
/* clang-format on */

/* Below these every name that is no row does not exist. */
static const char *const zones[] = {"example", "invalid",
                                    "2.0.192.in-addr.arpa"};

/* A message that is being read, an answer that is being made. */
struct talk {
    enum scenario scenario;
    char name[NAME_MAX_TEXT];
    int type;
    size_t question; /* where it ends */
    unsigned char *out;
    size_t length, size;
    unsigned count;
    bool cut;
};

static bool read_question(struct talk *talk, const unsigned char *bytes,
                          size_t length)
{
    size_t at = HEADER, used = 0;

    while (at < length && bytes[at]) {
        size_t label = bytes[at++];
        if (label > 63 || label > length - at ||
            used + label + 1 >= sizeof(talk->name))
            return false;
        memcpy(talk->name + used, bytes + at, label);
        used += label;
        at += label;
        talk->name[used++] = '.';
    }
    talk->name[used ? used - 1 : 0] = '\0';
    if (length - at < 5)
        return false;
    talk->type = bytes[at + 1] << 8 | bytes[at + 2];
    talk->question = at + 5;
    return true;
}

static void put(struct talk *talk, const void *bytes, size_t length)
{
    if (length > talk->size - talk->length) {
        talk->cut = true;
        return;
    }
    memcpy(talk->out + talk->length, bytes, length);
    talk->length += length;
}

static void put16(struct talk *talk, unsigned number)
{
    const unsigned char bytes[] = {(unsigned char)(number >> 8),
                                   (unsigned char)number};

    put(talk, bytes, sizeof(bytes));
}

static void put_name(struct talk *talk, const char *name)
{
    while (*name) {
        unsigned char label = (unsigned char)strcspn(name, ".");
        put(talk, &label, 1);
        put(talk, name, label);
        name += label + (name[label] == '.');
    }
    put(talk, "", 1);
}

static void put_text(struct talk *talk, const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        unsigned char part =
            (unsigned char)(left < STRING_MAX ? left : STRING_MAX);
        put(talk, &part, 1);
        put(talk, text, part);
        text += part;
        left -= part;
    }
}

static void put_data(struct talk *talk, const struct name_row *row)
{
    struct in_addr address = {0};
    char *end;

    switch (row->type) {
    case TYPE_A:
        inet_pton(AF_INET, row->data, &address);
        put(talk, &address, sizeof(address));
        break;
    case TYPE_MX:
        put16(talk, (unsigned)strtoul(row->data, &end, 10));
        put_name(talk, end + 1);
        break;
    case TYPE_TXT:
        put_text(talk, row->data);
        break;
    default:
        put_name(talk, row->data);
    }
}

/* A record that does not fit is left out whole. */
static void put_row(struct talk *talk, const struct name_row *row)
{
    size_t start = talk->length, data;

    put_name(talk, row->name);
    put16(talk, (unsigned)row->type);
    put16(talk, CLASS_IN);
    put16(talk, 0);
    put16(talk, TTL);
    put16(talk, 0);
    data = talk->length;
    put_data(talk, row);
    if (talk->cut) {
        talk->length = start;
        return;
    }
    talk->out[data - 2] = (unsigned char)((talk->length - data) >> 8);
    talk->out[data - 1] = (unsigned char)(talk->length - data);
    talk->count++;
}

static bool is_played(const struct name_row *row, enum scenario scenario)
{
    unsigned bit = 1u << scenario;

    return (row->only == IN_ANY || row->only & bit) && !(row->but & bit);
}

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), wanted = strlen(end);

    return length >= wanted && strcasecmp(name + length - wanted, end) == 0 &&
           (length == wanted || name[length - wanted - 1] == '.');
}

/* Puts the records of a name; true where it has any, or names below it. */
static bool put_rows(struct talk *talk, const char *name, const char **alias)
{
    bool is_there = false;

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const struct name_row *row = &rows[i];
        if (!is_played(row, talk->scenario) || !ends_in(row->name, name))
            continue;
        is_there = true;
        if (strcasecmp(row->name, name) != 0)
            continue;
        if (row->type == TYPE_CNAME)
            *alias = row->data;
        if (row->type == talk->type || row->type == TYPE_CNAME)
            put_row(talk, row);
    }
    return is_there;
}

static int answer(struct talk *talk)
{
    const char *alias = NULL;
    bool known = false;

    if (put_rows(talk, talk->name, &alias)) {
        if (alias && talk->type != TYPE_CNAME)
            put_rows(talk, alias, &alias);
        return RCODE_OK;
    }
    for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
        known |= ends_in(talk->name, zones[i]);
    return known ? RCODE_NXDOMAIN : RCODE_REFUSED;
}

size_t names_answer(enum scenario scenario, const unsigned char *question,
                    size_t length, unsigned char *out, size_t size)
{
    struct talk talk = {.scenario = scenario, .out = out, .size = size};
    int rcode;

    if (length < HEADER || length > size || question[2] & 0x80)
        return 0;
    memset(out, 0, HEADER);
    memcpy(out, question, 2);
    if (question[4] || question[5] != 1 ||
        !read_question(&talk, question, length)) {
        out[2] = 0x80;
        out[3] = RCODE_FORMERR;
        return HEADER;
    }
    memcpy(out + HEADER, question + HEADER, talk.question - HEADER);
    talk.length = talk.question;
    rcode = answer(&talk);
    out[2] =
        (unsigned char)(0x84 | (talk.cut ? 0x02 : 0) | (question[2] & 0x01));
    out[3] = (unsigned char)(0x80 | rcode);
    out[5] = 1;
    out[7] = (unsigned char)talk.count;
    return talk.length;
}
