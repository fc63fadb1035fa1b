/* SPDX-License-Identifier: MIT */
#include "net/dkim_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/tags.h"

#define RSA_MIN_BITS 1024 /* RFC 8301 3.2 */
#define KEY_MAX 4096      /* bytes of a key: 16,384 bits and more */
#define TAGS_MAX 32

#define FLAW_WORD(id, word) word,
static const char *const flaw_words[] = {DKIM_FLAWS(FLAW_WORD)};

const char *dkim_flaw_word(enum dkim_flaw flaw)
{
    return flaw_words[flaw];
}

const char *dkim_type_word(enum dkim_type type)
{
    return type == DKIM_RSA ? "rsa" : "ed25519";
}

static int base64_value(char c)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(signs, c) : NULL;

    return at ? (int)(at - signs) : -1;
}

/* Blanks between are allowed (FWS). False: a sign that is none, wrong padding,
 * or more than `room`. */
static bool decode(unsigned char *out, size_t room, size_t *used,
                   const struct tag *tag)
{
    unsigned bits = 0, held = 0;
    size_t signs = 0, pads = 0;

    *used = 0;
    for (size_t i = 0; i < tag->value_length; i++) {
        char c = tag->value[i];
        int value = base64_value(c);

        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        pads += c == '=';
        signs++;
        if (c == '=')
            continue;
        if (value < 0 || pads > 0 || *used == room)
            return false;
        bits = (bits << 6 | (unsigned)value) & 0xffff;
        held += 6;
        if (held >= 8)
            out[(*used)++] = (unsigned char)(bits >> (held -= 8));
    }
    return signs % 4 == 0 && pads <= 2;
}

/* One element of DER: what is inside it, and what lies behind it. */
struct der {
    const unsigned char *at;
    size_t length;
};

static bool der_take(struct der *rest, unsigned char type, struct der *inside)
{
    const unsigned char *at = rest->at;
    size_t length, head = 2;

    if (rest->length < 2 || at[0] != type)
        return false;
    length = at[1];
    if (length & 0x80) {
        size_t bytes = length & 0x7f;

        if (bytes == 0 || bytes > 2 || rest->length < 2 + bytes)
            return false;
        length = 0;
        for (size_t i = 0; i < bytes; i++)
            length = length << 8 | at[2 + i];
        head += bytes;
    }
    if (length > rest->length - head)
        return false;
    *inside = (struct der){at + head, length};
    rest->at += head + length;
    rest->length -= head + length;
    return true;
}

/* SEQUENCE of modulus and exponent; the modulus' bits, or 0. */
static unsigned rsa_bits(struct der key)
{
    struct der pair, modulus, exponent;
    unsigned bits, top;

    if (!der_take(&key, 0x30, &pair) || !der_take(&pair, 0x02, &modulus) ||
        !der_take(&pair, 0x02, &exponent) || exponent.length == 0)
        return 0;
    while (modulus.length > 0 && modulus.at[0] == 0) {
        modulus.at++;
        modulus.length--;
    }
    if (modulus.length == 0)
        return 0;
    bits = 8 * (unsigned)modulus.length;
    for (top = modulus.at[0]; top < 0x80; top <<= 1)
        bits--;
    return bits;
}

/* In a SubjectPublicKeyInfo, as everybody publishes it, or bare, as RFC 6376
 * says. */
static unsigned rsa_bits_of(const unsigned char *bytes, size_t length)
{
    static const unsigned char oid[] = {0x2a, 0x86, 0x48, 0x86, 0xf7,
                                        0x0d, 0x01, 0x01, 0x01};
    struct der all = {bytes, length}, info, algorithm, name, bit_string;

    if (!der_take(&all, 0x30, &info) || !der_take(&info, 0x30, &algorithm))
        return rsa_bits((struct der){bytes, length});
    if (!der_take(&algorithm, 0x06, &name) || name.length != sizeof(oid) ||
        memcmp(name.at, oid, sizeof(oid)) != 0)
        return 0;
    if (!der_take(&info, 0x03, &bit_string) || bit_string.length < 1)
        return 0;
    return rsa_bits((struct der){bit_string.at + 1, bit_string.length - 1});
}

static enum dkim_flaw read_data(struct dkim_key *key, const struct tag *p)
{
    unsigned char bytes[KEY_MAX];
    size_t length;

    if (!decode(bytes, sizeof(bytes), &length, p))
        return DKIM_FLAW_BASE64;
    if (key->type == DKIM_ED25519) {
        key->bits = 256;
        return length == 32 ? DKIM_FLAW_NONE : DKIM_FLAW_DATA;
    }
    key->bits = rsa_bits_of(bytes, length);
    if (key->bits == 0)
        return DKIM_FLAW_DATA;
    return key->bits < RSA_MIN_BITS ? DKIM_FLAW_SHORT : DKIM_FLAW_NONE;
}

/* Whether one of the parts between colons is that word, or else "*". */
static bool lists(const struct tag *tag, const char *word)
{
    const char *part;
    size_t at = 0, length;

    while (tag_part(tag, ':', &at, &part, &length)) {
        struct tag one = {.value = part, .value_length = length};

        if (tag_says(&one, word) || tag_says(&one, "*"))
            return true;
    }
    return false;
}

/* What is known of the tags while they go by. */
struct reading {
    const char *names[TAGS_MAX];
    size_t lengths[TAGS_MAX];
    size_t count;
    struct tag p;
};

static bool is_twice(struct reading *reading, const struct tag *tag)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->lengths[i] == tag->name_length &&
            memcmp(reading->names[i], tag->name, tag->name_length) == 0)
            return true;
    if (reading->count < TAGS_MAX) {
        reading->names[reading->count] = tag->name;
        reading->lengths[reading->count++] = tag->name_length;
    }
    return false;
}

static enum dkim_flaw read_tag(struct dkim_key *key, struct reading *reading,
                               const struct tag *tag)
{
    if (is_twice(reading, tag))
        return DKIM_FLAW_TWICE;
    if (tag_is(tag, "v", false) &&
        (reading->count > 1 || tag->value_length != 5 ||
         memcmp(tag->value, "DKIM1", 5) != 0))
        return DKIM_FLAW_VERSION;
    if (tag_is(tag, "p", false))
        reading->p = *tag;
    if (tag_is(tag, "k", false)) {
        if (!tag_says(tag, "rsa") && !tag_says(tag, "ed25519"))
            return DKIM_FLAW_TYPE;
        key->type = tag_says(tag, "rsa") ? DKIM_RSA : DKIM_ED25519;
    }
    if (tag_is(tag, "h", false) && !lists(tag, "sha256"))
        return DKIM_FLAW_HASH;
    if (tag_is(tag, "s", false) && !lists(tag, "email"))
        return DKIM_FLAW_SERVICE;
    if (tag_is(tag, "t", false)) {
        key->testing = lists(tag, "y");
        key->strict = lists(tag, "s");
    }
    return DKIM_FLAW_NONE;
}

void dkim_key_read(struct dkim_key *key, const char *text, size_t length)
{
    struct reading reading = {.count = 0};
    struct tag tag;
    size_t at = 0;
    int status;

    *key = (struct dkim_key){.type = DKIM_RSA};
    while ((status = tag_next(text, length, &at, &tag)) > 0) {
        enum dkim_flaw flaw = read_tag(key, &reading, &tag);

        if (key->flaw == DKIM_FLAW_NONE)
            key->flaw = flaw;
    }
    if (key->flaw != DKIM_FLAW_NONE)
        return;
    if (status < 0)
        key->flaw = DKIM_FLAW_TAGS;
    else if (!reading.p.value)
        key->flaw = DKIM_FLAW_NO_KEY;
    else if (reading.p.value_length == 0)
        key->flaw = DKIM_FLAW_REVOKED;
    else
        key->flaw = read_data(key, &reading.p);
}

static void take_answer(struct dkim_selector *found,
                        const struct dns_answer *answer)
{
    *found =
        (struct dkim_selector){.state = answer->state, .count = answer->count};
    snprintf(found->alias, sizeof(found->alias), "%s", answer->canonical);
    for (size_t i = 0; i < answer->count; i++) {
        const struct dns_record *record = &answer->records[i];
        struct dkim_key key;

        dkim_key_read(&key, record->text, record->length);
        if (i > 0 &&
            (key.flaw != DKIM_FLAW_NONE || found->key.flaw == DKIM_FLAW_NONE))
            continue;
        found->key = key;
        snprintf(found->text, sizeof(found->text), "%.*s", (int)record->length,
                 record->text);
    }
}

void dkim_selectors_ask(struct dkim_selector *found,
                        const struct resolver *resolver,
                        const char *const *selectors, size_t count,
                        const char *domain)
{
    struct dns_query *queries = calloc(count ? count : 1, sizeof(*queries));

    for (size_t i = 0; i < count; i++) {
        char name[2 * DNS_NAME_MAX + 16];

        found[i] = (struct dkim_selector){.state = DNS_UNASKED};
        snprintf(name, sizeof(name), "%s._domainkey.%s", selectors[i], domain);
        if (queries)
            dns_query_init(&queries[i], name, DNS_TXT);
    }
    if (!queries)
        return;
    resolver_ask(resolver, queries, count);
    for (size_t i = 0; i < count; i++)
        take_answer(&found[i], &queries[i].answer);
    dns_queries_release(queries, count);
    free(queries);
}

void dkim_selector_ask(struct dkim_selector *found,
                       const struct resolver *resolver, const char *selector,
                       const char *domain)
{
    dkim_selectors_ask(found, resolver, &selector, 1, domain);
}
