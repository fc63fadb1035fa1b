/* SPDX-License-Identifier: MIT */
/* Reads a refusal: from a server's words and codes to the cause. */
#include "steps/reply.h"

#include "steps/reply_scan.h"

/* What the words say: the upper of all lines that fit, and the first vendor. */
struct words_say {
    const struct phrase *phrase; /* NULL: nothing */
    const char *vendor;
};

static bool code_fits(const struct code_pattern *only, const struct scan *scan)
{
    if (only->code != 0)
        return scan->code == only->code;
    if (only->digit != 0)
        return scan->code / 100 == only->digit ||
               (scan->code == 0 && scan->enhanced_count > 0 &&
                scan->enhanced[0].digit == only->digit);
    for (size_t i = 0; only->enhanced && i < scan->enhanced_count; i++) {
        const struct enhanced *status = &scan->enhanced[i];

        if ((only->status.digit == 0 || only->status.digit == status->digit) &&
            only->status.subject == status->subject &&
            only->status.detail == status->detail)
            return true;
    }
    return !only->enhanced;
}

/* What stands behind the reply code is the server's own; what stands before it
 * gives way to that, unless that is vague. */
static struct words_say hear_words(const struct scan *scan)
{
    struct words_say say = {NULL, NULL};
    enum found heard = FOUND_NOT;

    for (size_t i = 0; i < phrase_tables.phrase_count; i++) {
        const struct phrase *phrase = &phrase_tables.phrases[i];
        enum found found = (enum found)scan->words.found[i];

        if (found == FOUND_NOT || !code_fits(&phrase->only, scan))
            continue;
        if (!say.vendor)
            say.vendor = phrase_tables.vendors[phrase->vendor];
        if (phrase->cause != CAUSE_COUNT && found > heard &&
            (heard == FOUND_NOT || phrase->rank > RANK_VAGUE)) {
            say.phrase = phrase;
            heard = found;
        }
    }
    return say;
}

/* The weightiest of the enhanced codes, the first of equals. */
static const struct code_row *hear_codes(const struct scan *scan,
                                         const char *vendor)
{
    const struct code_row *best = NULL;

    for (size_t i = 0; i < scan->enhanced_count; i++) {
        const struct code_row *row = code_enhanced(scan->enhanced[i], vendor);

        if (row && row->cause != CAUSE_UNKNOWN &&
            (!best || row->rank > best->rank))
            best = row;
    }
    return best;
}

static int first_digit(const struct scan *scan)
{
    if (scan->code != 0)
        return scan->code / 100;
    return scan->enhanced_count > 0 ? scan->enhanced[0].digit : 0;
}

static enum cause hear_reply_code(const struct scan *scan)
{
    return first_digit(scan) == 2 ? CAUSE_ACCEPTED : code_reply(scan->code);
}

static void conclude(struct reading *reading, enum cause cause, unsigned side,
                     enum confidence confidence)
{
    reading->cause = cause;
    reading->side = side == SIDE_COUNT ? cause_side(cause) : (enum side)side;
    reading->confidence = confidence;
}

/* Words alone are no proof, unless a vendor's own or borne out by the code. */
static enum confidence trust_words(const struct phrase *phrase,
                                   const struct code_row *code)
{
    enum confidence trust =
        phrase->vendor ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;

    if (code && code->cause == (enum cause)phrase->cause)
        return CONFIDENCE_HIGH;
    if (phrase->rank == RANK_VAGUE)
        return CONFIDENCE_LOW;
    return code && code->rank > RANK_VAGUE ? trust - 1 : trust;
}

static enum confidence trust_code(const struct code_row *code,
                                  const struct phrase *phrase)
{
    if (code->rank == RANK_VAGUE)
        return CONFIDENCE_LOW;
    return phrase && phrase->rank > RANK_VAGUE &&
                   code->cause != (enum cause)phrase->cause
               ? CONFIDENCE_MEDIUM
               : CONFIDENCE_HIGH;
}

/* Never as sure where the first digit says otherwise: "not yet" to what is
 * for good, or the other way round. */
static void heed_digit(struct reading *reading, int digit)
{
    bool by_class = cause_is_hard(reading->cause);
    bool contradicts =
        (digit == 4 && by_class) || (digit == 5 && reading->side == SIDE_WAIT);

    reading->hard = digit == 0 ? by_class : digit == 5;
    if (contradicts && reading->confidence > CONFIDENCE_LOW)
        reading->confidence--;
}

void reply_read(struct reading *reading, const char *text, size_t length)
{
    struct scan scan;
    struct words_say words;
    const struct code_row *code;

    scan_text(&scan, text, length);
    words = hear_words(&scan);
    code = hear_codes(&scan, words.vendor);
    if (words.phrase && (!code || words.phrase->rank >= code->rank))
        conclude(reading, (enum cause)words.phrase->cause, words.phrase->side,
                 trust_words(words.phrase, code));
    else if (code)
        conclude(reading, code->cause, code->side,
                 trust_code(code, words.phrase));
    else
        conclude(reading, hear_reply_code(&scan), SIDE_COUNT, CONFIDENCE_LOW);
    reading->vendor = words.vendor || !code ? words.vendor : code->vendor;
    heed_digit(reading, first_digit(&scan));
}
