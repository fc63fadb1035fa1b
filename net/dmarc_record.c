/* SPDX-License-Identifier: MIT */
#include "net/dmarc_record.h"

#include <string.h>

#include "net/tags.h"

#define POLICY_WORD(id, word) word,
static const char *const policy_words[] = {DMARC_POLICIES(POLICY_WORD)};

const char *dmarc_policy_word(enum dmarc_policy policy)
{
    return policy_words[policy];
}

bool dmarc_record_is(const char *text, size_t length)
{
    struct tag tag;
    size_t at = 0;

    return length > 0 && (text[0] == 'v' || text[0] == 'V') &&
           tag_next(text, length, &at, &tag) > 0 && tag_is(&tag, "v", true) &&
           tag.value_length == 6 && memcmp(tag.value, "DMARC1", 6) == 0;
}

static enum dmarc_policy policy_of(const struct tag *tag)
{
    for (enum dmarc_policy i = DMARC_NONE; i < DMARC_POLICY_COUNT; i++)
        if (tag_says(tag, policy_words[i]))
            return i;
    return DMARC_BAD;
}

/* A scheme, a colon and something behind it; of mail an address. A size
 * behind a "!" is of old. */
static bool is_uri(const char *text, size_t length)
{
    const char *colon = length > 0 ? memchr(text, ':', length) : NULL;
    size_t scheme = colon ? (size_t)(colon - text) : 0;

    if (scheme == 0 || scheme + 1 == length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (text[i] <= 0x20 || text[i] >= 0x7f)
            return false;
    if (scheme != 6 || memcmp(text, "mailto", 6) != 0)
        return true;
    return memchr(colon + 2, '@', length > 9 ? length - 9 : 0) != NULL;
}

static bool has_uri(const struct tag *tag)
{
    const char *part;
    size_t at = 0, length;

    while (tag_part(tag, ',', &at, &part, &length))
        if (is_uri(part, length))
            return true;
    return false;
}

static unsigned fo_of(const struct tag *tag)
{
    static const char letters[] = "01dsDS";
    static const unsigned meanings[] = {DMARC_FO_ALL,  DMARC_FO_ANY,
                                        DMARC_FO_DKIM, DMARC_FO_SPF,
                                        DMARC_FO_DKIM, DMARC_FO_SPF};
    const char *part, *letter;
    size_t at = 0, length;
    unsigned fo = 0;

    while (tag_part(tag, ':', &at, &part, &length)) {
        letter = length == 1 ? memchr(letters, *part, 6) : NULL;
        if (letter)
            fo |= meanings[letter - letters];
    }
    return fo ? fo : DMARC_FO_ALL;
}

static unsigned pct_of(const struct tag *tag)
{
    unsigned pct = 0;

    for (size_t i = 0; i < tag->value_length; i++) {
        if (tag->value[i] < '0' || tag->value[i] > '9' || i == 3)
            return 100;
        pct = pct * 10 + (unsigned)(tag->value[i] - '0');
    }
    return tag->value_length > 0 && pct <= 100 ? pct : 100;
}

enum field {
    F_P,
    F_SP,
    F_NP,
    F_ADKIM,
    F_ASPF,
    F_T,
    F_PSD,
    F_FO,
    F_RUA,
    F_RUF,
    F_PCT,
    F_RF,
    F_RI,
    F_COUNT
};

static const char *const field_names[F_COUNT] = {
    "p",  "sp",  "np",  "adkim", "aspf", "t", "psd",
    "fo", "rua", "ruf", "pct",   "rf",   "ri"};

static void read_psd(struct dmarc_record *record, const struct tag *tag)
{
    if (tag_says(tag, "y"))
        record->psd = 'y';
    else if (tag_says(tag, "n"))
        record->psd = 'n';
}

static void read_field(struct dmarc_record *record, enum field field,
                       const struct tag *tag)
{
    switch (field) {
    case F_P:
        record->p = policy_of(tag);
        break;
    case F_SP:
        record->sp = policy_of(tag);
        break;
    case F_NP:
        record->np = policy_of(tag);
        break;
    case F_ADKIM:
        record->adkim_strict = tag_says(tag, "s");
        break;
    case F_ASPF:
        record->aspf_strict = tag_says(tag, "s");
        break;
    case F_T:
        record->testing = tag_says(tag, "y");
        break;
    case F_PSD:
        read_psd(record, tag);
        break;
    case F_FO:
        record->fo = fo_of(tag);
        break;
    case F_RUA:
        record->rua = has_uri(tag);
        break;
    case F_RUF:
        record->ruf = has_uri(tag);
        break;
    case F_PCT:
        record->pct = pct_of(tag);
        record->historic = true;
        break;
    default:
        record->historic = true;
        break;
    }
}

static enum field field_of(const struct tag *tag)
{
    for (enum field i = 0; i < F_COUNT; i++)
        if (tag_is(tag, field_names[i], true))
            return i;
    return F_COUNT;
}

void dmarc_record_read(struct dmarc_record *record, const char *text,
                       size_t length)
{
    bool seen[F_COUNT] = {false};
    struct tag tag;
    size_t at = 0;
    int status;

    *record = (struct dmarc_record){.psd = 'u', .fo = DMARC_FO_ALL, .pct = 100};
    while ((status = tag_next(text, length, &at, &tag)) != 0) {
        enum field field = status > 0 ? field_of(&tag) : F_COUNT;

        if (status < 0 || (field < F_COUNT && seen[field])) {
            record->bad_tag = true;
        } else if (field < F_COUNT) {
            seen[field] = true;
            read_field(record, field, &tag);
        }
    }
}

enum dmarc_policy dmarc_record_asks(const struct dmarc_record *record,
                                    bool below, bool exists)
{
    if (record->p < DMARC_NONE || record->sp == DMARC_BAD ||
        record->np == DMARC_BAD)
        return record->rua ? DMARC_NONE : DMARC_UNSAID;
    if (below && !exists && record->np != DMARC_UNSAID)
        return record->np;
    return below && record->sp != DMARC_UNSAID ? record->sp : record->p;
}

enum dmarc_policy dmarc_milder(enum dmarc_policy policy)
{
    return policy > DMARC_NONE ? policy - 1 : policy;
}
