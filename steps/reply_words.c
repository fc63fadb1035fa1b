/* SPDX-License-Identifier: MIT */
/* Finds the phrases of assets/phrases.txt in a stream of words, in time linear
 * in their number. */
#include "steps/reply_words.h"

#include <string.h>

#define NO_WORD UINT16_MAX

static const struct phrase_tables *const tables = &phrase_tables;

void words_init(struct words *words)
{
    words->at = GAP_WORDS + 1;
    words->finding = FOUND_BEFORE;
    memset(words->last, 0, sizeof(words->last));
    memset(words->ends, 0, tables->part_count * sizeof(words->ends[0]));
    memset(words->found, 0, tables->phrase_count * sizeof(words->found[0]));
}

/* The hash that steps/phrases.awk also counts. */
static uint16_t find_word(const char *word, size_t length)
{
    uint32_t hash = 0;

    for (size_t i = 0; i < length; i++)
        hash = (hash * 31 + (unsigned char)word[i]) & 0xffff;
    for (;; hash++) {
        unsigned slot = tables->slots[hash & tables->slot_mask];
        size_t start;

        if (slot == 0)
            return NO_WORD;
        start = tables->word_start[slot - 1];
        if (tables->word_start[slot] - start == length &&
            memcmp(tables->letters + start, word, length) == 0)
            return (uint16_t)(slot - 1);
    }
}

static bool part_fits(const struct words *words, size_t number, uint32_t start)
{
    const struct phrase_part *part = &tables->part[number];
    uint32_t before;

    if (part->first)
        return true;
    before = words->ends[number - 1];
    if (before == 0 || before > start)
        return false;
    return start - before <= (part->gap ? GAP_WORDS : 0);
}

/* A run of words that is `term` begins at word `start` and ends here. */
static void take_term(struct words *words, size_t term, uint32_t start,
                      bool named)
{
    for (size_t i = tables->term_parts[term]; i < tables->term_parts[term + 1];
         i++) {
        size_t number = tables->parts[i];
        const struct phrase_part *part = &tables->part[number];

        if ((named && tables->phrases[part->phrase].vendor == 0) ||
            !part_fits(words, number, start))
            continue;
        words->ends[number] = words->at;
        if (part->last)
            words->found[part->phrase] = words->finding;
    }
}

static const struct phrase_node *child(const struct phrase_node *node,
                                       uint16_t word)
{
    for (size_t i = node->edges; i < node[1].edges; i++) {
        if (tables->edges[i].word == word)
            return &tables->nodes[tables->edges[i].node];
    }
    return NULL;
}

/* All runs that end with the word just taken, the shortest first. */
static void take_runs(struct words *words, uint16_t word, bool named)
{
    const struct phrase_node *node;
    uint32_t start = words->at - 1;

    if (word == NO_WORD || tables->roots[word] == 0)
        return;
    node = &tables->nodes[tables->roots[word] - 1];
    while (node) {
        for (size_t i = node->terms; i < node[1].terms; i++)
            take_term(words, tables->node_terms[i], start, named);
        start--;
        if (words->last[start % RUN_MAX].at != start)
            return;
        named = named || words->last[start % RUN_MAX].named;
        node = child(node, words->last[start % RUN_MAX].word);
    }
}

void words_take(struct words *words, const char *word, size_t length,
                bool named)
{
    uint16_t number = length > WORD_MAX ? NO_WORD : find_word(word, length);

    if (number < tables->skipped)
        return;
    words->last[words->at % RUN_MAX].at = words->at;
    words->last[words->at % RUN_MAX].word = number;
    words->last[words->at % RUN_MAX].named = named;
    words->at++;
    take_runs(words, number, named);
}

void words_break(struct words *words)
{
    words->at += GAP_WORDS + 1;
}

void words_code(struct words *words)
{
    words_break(words);
    words->finding = FOUND_BEHIND;
}
