/* SPDX-License-Identifier: MIT */
/* One block of a file of cases, as far as it is understood. */
#include "tests/play/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/play/paper.h"
#include "tests/play/talk.h"
#include "tests/play/trade.h"

#define USE_DEPTH_MAX 16

static void read_block(struct draft *draft, const struct blocks *blocks,
                       const struct block *block, int depth);

static void copy(const struct draft *draft, char *out, size_t size,
                 const char *text)
{
    if (strlen(text) >= size)
        block_die(draft->block, "too long", text);
    memcpy(out, text, strlen(text) + 1);
}

void draft_add_step(struct draft *draft, const char *text)
{
    char *script = draft->play.script;
    size_t length = strlen(script), more = strlen(text);

    if (length + more + 2 > SCRIPT_MAX)
        block_die(draft->block, "the script is too long", text);
    memcpy(script + length, text, more);
    memcpy(script + length + more, "\n", 2);
}

void draft_add_part(struct draft *draft, struct parts *parts, const char *text)
{
    if (parts->count == PARTS_MAX || strlen(text) >= PART_MAX)
        block_die(draft->block, "too much of this", text);
    talk_unescape(parts->text[parts->count++], text);
}

/* --- the words of a block ------------------------------------------------- */

/* Each takes the text behind its word, to its place in the draft. */
typedef void take_word(struct draft *draft, void *into, size_t size,
                       const char *text);

static void take_copy(struct draft *draft, void *into, size_t size,
                      const char *text)
{
    copy(draft, into, size, text);
}

static void take_part(struct draft *draft, void *into, size_t size,
                      const char *text)
{
    (void)size;
    draft_add_part(draft, into, text);
}

static void take_number(struct draft *draft, void *into, size_t size,
                        const char *text)
{
    double *number = into;
    char *end;

    (void)size;
    *number = strtod(text, &end);
    if (end == text || *end)
        block_die(draft->block, "no number", text);
}

static void take_flag(struct draft *draft, void *into, size_t size,
                      const char *text)
{
    bool *flag = into;

    (void)draft, (void)size, (void)text;
    *flag = true;
}

static void take_bytes(struct draft *draft, void *into, size_t size,
                       const char *text)
{
    if (strlen(text) >= size)
        block_die(draft->block, "too long", text);
    talk_unescape(into, text);
}

static void take_tls(struct draft *draft, void *into, size_t size,
                     const char *text)
{
    static const char *const modes[] = {
        [TLS_NONE] = "none",
        [TLS_STARTTLS] = "starttls",
        [TLS_IMPLICIT] = "implicit",
    };
    enum tls_mode *mode = into;

    (void)size;
    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
        if (strcmp(modes[i], text) == 0) {
            *mode = (enum tls_mode)i;
            return;
        }
    block_die(draft->block, "no such mode of TLS", text);
}

static void take_paper(struct draft *draft, void *into, size_t size,
                       const char *text)
{
    if (!paper_find(text))
        block_die(draft->block, "no such certificate", text);
    copy(draft, into, size, text);
}

/* The password is a canary: no line that we tell may hold it in any form. */
static void take_login(struct draft *draft, void *into, size_t size,
                       const char *text)
{
    struct play *play = &draft->play;

    copy(draft, into, size, text[0] ? text : "ana");
    copy(draft, play->password, sizeof(play->password), "c4nary-Passw0rd");
}

enum phase draft_find_phase(const struct draft *draft, const char *text)
{
    enum phase phase = phase_from(text);

    if (phase == PHASE_NONE)
        block_die(draft->block, "no such phase", text);
    return phase;
}

/* --- expectations --------------------------------------------------------- */

static const char *word_or_none(const char *word)
{
    return strcmp(word, "-") == 0 ? "" : word;
}

/* "OUTCOME FAULT CODE ENHANCED CAUSE", the phase apart. */
void draft_read_expectation(const struct draft *draft, struct expectation *end,
                            const char *text)
{
    char outcome[WORD_MAX], fault[WORD_MAX], code[WORD_MAX];
    char enhanced[WORD_MAX], cause[WORD_MAX], more[2];

    if (sscanf(text, "%31s %31s %31s %31s %31s %1s", outcome, fault, code,
               enhanced, cause, more) != 5)
        block_die(draft->block, "not OUTCOME FAULT CODE ENHANCED CAUSE", text);
    end->outcome = result_from(outcome);
    end->fault = fault_from(fault);
    if (strcmp(result_name(end->outcome), outcome) != 0 ||
        (end->fault == FAULT_NONE && strcmp(fault, "-") != 0))
        block_die(draft->block, "no such outcome or fault", text);
    end->code = (int)strtol(code, NULL, 10);
    copy(draft, end->enhanced, sizeof(end->enhanced), word_or_none(enhanced));
    copy(draft, end->cause, sizeof(end->cause), word_or_none(cause));
}

static void take_end(struct draft *draft, void *into, size_t size,
                     const char *text)
{
    struct expectation *end = into;
    char phase[WORD_MAX] = "";
    const char *rest = strchr(text, ' ');

    (void)size;
    sscanf(text, "%31s", phase);
    end->phase =
        strcmp(phase, "-") == 0 ? PHASE_NONE : draft_find_phase(draft, phase);
    draft_read_expectation(draft, end, rest ? rest : "");
}

static void take_in(struct draft *draft, void *into, size_t size,
                    const char *text)
{
    (void)into, (void)size;
    if (draft->ins_count == INS_MAX)
        block_die(draft->block, "too many of these", text);
    draft->ins[draft->ins_count++] = text;
}

/* --- ways ----------------------------------------------------------------- */

void draft_read_way(struct draft *way, const struct draft *user,
                    const char *name)
{
    const struct blocks *blocks = user->blocks;

    if (user->depth > USE_DEPTH_MAX)
        block_die(user->block, "a way that uses itself", name);
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->all[i];

        if (strcmp(block->kind, "way") != 0 || strcmp(block->name, name) != 0)
            continue;
        read_block(way, blocks, block, user->depth + 1);
        return;
    }
    block_die(user->block, "no such way", name);
}

/* What a way asks of server and probe, for who goes it. */
void draft_join_way(struct draft *draft, const struct draft *way)
{
    const struct play *from = &way->play;

    if (from->tls != TLS_NONE)
        draft->play.tls = from->tls;
    if (from->code[0])
        copy(draft, draft->play.code, sizeof(draft->play.code), from->code);
    if (from->user[0] && !draft->play.user[0]) {
        copy(draft, draft->play.user, sizeof(draft->play.user), from->user);
        copy(draft, draft->play.password, sizeof(draft->play.password),
             from->password);
    }
}

static void take_use(struct draft *draft, void *into, size_t size,
                     const char *text)
{
    struct draft *way = malloc(sizeof(*way));

    (void)into, (void)size;
    if (!way)
        abort();
    draft_read_way(way, draft, text);
    draft_join_way(draft, way);
    /* It ends in a line end, the step gets one. */
    if (way->play.script[0]) {
        way->play.script[strlen(way->play.script) - 1] = '\0';
        draft_add_step(draft, way->play.script);
    }
    free(way);
}

/* --- blocks --------------------------------------------------------------- */

#define INTO(member)                                                           \
    offsetof(struct draft, member), sizeof(((struct draft *)0)->member)

/* clang-format off */
static const struct {
    const char *word;
    take_word *take;
    size_t offset, size;
} words[] = {
    {"tls", take_tls, INTO(play.tls)},
    {"paper", take_paper, INTO(play.paper)},
    {"calls", take_copy, INTO(play.calls)},
    {"host", take_copy, INTO(play.host)},
    {"places", take_copy, INTO(play.places)},
    {"from", take_bytes, INTO(play.from)},
    {"to", take_bytes, INTO(play.to)},
    {"wire", take_copy, INTO(play.wire)},
    {"login", take_login, INTO(play.user)},
    {"password", take_copy, INTO(play.password)},
    {"limit", take_number, INTO(play.limit)},
    {"trust", take_copy, INTO(play.trust)},
    {"within", take_number, INTO(play.within)},
    {"times", take_number, INTO(play.times)},
    {"inside", take_flag, INTO(play.inside)},
    {"wait", take_number, INTO(play.wait)},
    {"code", take_copy, INTO(play.code)},
    {"where", take_copy, INTO(play.where)},
    {"folder", take_bytes, INTO(play.folder)},
    {"category", take_copy, INTO(play.category)},
    {"copies", take_number, INTO(play.copies)},
    {"similar", take_flag, INTO(play.similar)},
    {"good", take_copy, INTO(good)},
    {"use", take_use, 0, 0},
    {"end", take_end, INTO(play.end)},
    {"in", take_in, 0, 0},
    {"reply", take_part, INTO(play.reply)},
    {"detail", take_part, INTO(play.detail)},
    {"heard", take_part, INTO(play.heard)},
    {"unheard", take_part, INTO(play.unheard)},
    {"told", take_part, INTO(play.told)},
    {"untold", take_part, INTO(play.untold)},
};
/* clang-format on */

/* What is no word of ours is a step of the script, and so is "tls" where no
 * mode follows. */
static void take_line(struct draft *draft, const char *line)
{
    size_t length = strcspn(line, " ");
    const char *text = line + length + strspn(line + length, " ");
    bool step = strcmp(line, "tls") == 0 ||
                (strncmp(line, "tls ", 4) == 0 && text[0] <= '9');

    for (size_t i = 0; !step && i < sizeof(words) / sizeof(*words); i++) {
        if (strlen(words[i].word) != length ||
            strncmp(words[i].word, line, length) != 0)
            continue;
        words[i].take(draft, (char *)draft + words[i].offset, words[i].size,
                      text);
        return;
    }
    draft_add_step(draft, line);
}

static void read_block(struct draft *draft, const struct blocks *blocks,
                       const struct block *block, int depth)
{
    *draft = (struct draft){.blocks = blocks, .block = block, .depth = depth};
    draft->play = trade.play;
    draft->play.end.outcome = RESULT_COUNT;
    for (size_t i = 0; i < block->count; i++)
        take_line(draft, block->lines[i]);
}

void draft_read(struct draft *draft, const struct blocks *blocks,
                const struct block *block)
{
    read_block(draft, blocks, block, 0);
}
