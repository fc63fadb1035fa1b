/* SPDX-License-Identifier: MIT */
/* What is played to the smtp probe and what must come of it. */
#include "tests/play/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/play/draft.h"

struct list {
    struct play *plays;
    size_t count;
};

static struct play *add_play(struct list *list, const struct draft *draft)
{
    struct play *plays =
        realloc(list->plays, (list->count + 1) * sizeof(*plays));

    if (!plays)
        abort();
    list->plays = plays;
    plays[list->count] = draft->play;
    return &plays[list->count++];
}

/* The steps of `from`, each $ the good reply of the way. */
static void add_steps(struct draft *draft, const char *from, const char *good)
{
    char line[SCRIPT_MAX];
    size_t length = 0;

    for (; *from && length + strlen(good) < sizeof(line); from++) {
        if (*from == '$')
            length += (size_t)snprintf(line + length, sizeof(line) - length,
                                       "%s", good);
        else if (*from != '\n')
            line[length++] = *from;
        if (*from != '\n')
            continue;
        line[length] = '\0';
        draft_add_step(draft, line);
        length = 0;
    }
}

/* The same fault at the end of the way to one phase. */
static void add_in_phase(struct list *list, const struct draft *draft,
                         const char *phase, const char *expectation)
{
    struct draft *one = malloc(sizeof(*one)), *way = malloc(sizeof(*way));

    if (!one || !way)
        abort();
    *one = *draft;
    draft_read_way(way, one, phase);
    draft_join_way(one, way);
    one->play.script[0] = '\0';
    add_steps(one, way->play.script, "$");
    add_steps(one, draft->play.script, way->good);
    for (size_t i = 0; i < way->play.unheard.count; i++)
        draft_add_part(one, &one->play.unheard, way->play.unheard.text[i]);
    draft_read_expectation(one, &one->play.end, expectation);
    one->play.end.phase = draft_find_phase(one, phase);
    snprintf(one->play.name, sizeof(one->play.name), "%s: %s in %s",
             draft->block->file, draft->block->name, phase);
    add_play(list, one);
    free(one);
    free(way);
}

static void add_in(struct list *list, const struct draft *draft, const char *in)
{
    const char *equals = strchr(in, '=');
    char phases[256], *rest = phases, *phase;

    if (!equals || (size_t)(equals - in) >= sizeof(phases))
        block_die(draft->block, "not PHASE... = EXPECTATION", in);
    memcpy(phases, in, (size_t)(equals - in));
    phases[equals - in] = '\0';
    while ((phase = strsep(&rest, " ")))
        if (*phase)
            add_in_phase(list, draft, phase, equals + 1);
}

static void add_case(struct list *list, struct draft *draft)
{
    for (size_t i = 0; i < draft->ins_count; i++)
        add_in(list, draft, draft->ins[i]);
    if (draft->ins_count > 0)
        return;
    if (draft->play.end.outcome == RESULT_COUNT)
        block_die(draft->block, "no end", "what must come of it?");
    snprintf(draft->play.name, sizeof(draft->play.name), "%s: %s",
             draft->block->file, draft->block->name);
    add_play(list, draft);
}

struct play *cases_read(const char *pattern, size_t *count)
{
    struct draft *draft = malloc(sizeof(*draft));
    struct list list = {NULL, 0};
    struct blocks blocks;

    if (!draft)
        abort();
    blocks_read(&blocks, pattern);
    for (size_t i = 0; i < blocks.count; i++) {
        if (strcmp(blocks.all[i].kind, "case") != 0)
            continue;
        draft_read(draft, &blocks, &blocks.all[i]);
        add_case(&list, draft);
    }
    free(draft);
    blocks_release(&blocks);
    *count = list.count;
    return list.plays;
}
