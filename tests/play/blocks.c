/* SPDX-License-Identifier: MIT */
/* A file of cases as blocks of lines. */
#include "tests/play/blocks.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 4096

_Noreturn void block_die(const struct block *block, const char *what,
                         const char *text)
{
    printf("Bail out! %s:%d: %s: %s: %s\n", block->file, block->number,
           block->name, what, text);
    exit(1);
}

static void *keep(void *memory)
{
    if (memory)
        return memory;
    puts("Bail out! no memory");
    exit(1);
}

static struct block *add_block(struct blocks *blocks, const char *file,
                               int number)
{
    struct block *block;

    blocks->all =
        keep(realloc(blocks->all, (blocks->count + 1) * sizeof(*blocks->all)));
    block = &blocks->all[blocks->count++];
    *block = (struct block){.number = number};
    snprintf(block->file, sizeof(block->file), "%s", file);
    return block;
}

/* Splits the first line of a block. */
static void take_head(struct block *block, const char *line)
{
    size_t kind = strcspn(line, " ");

    block->kind = keep(strndup(line, kind));
    block->name = keep(strdup(line + kind + strspn(line + kind, " ")));
    if (strcmp(block->kind, "case") != 0 && strcmp(block->kind, "way") != 0)
        block_die(block, "neither case nor way", line);
}

/* Blocks are apart by blank lines. */
static void read_file(struct blocks *blocks, FILE *in, const char *file)
{
    char line[LINE];
    struct block *block = NULL;

    for (int number = 1; fgets(line, sizeof(line), in); number++) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#')
            continue;
        if (line[0] == '\0') {
            block = NULL;
        } else if (!block) {
            block = add_block(blocks, file, number);
            take_head(block, line);
        } else if (block->count == BLOCK_LINES_MAX) {
            block_die(block, "too many lines", line);
        } else {
            block->lines[block->count++] = keep(strdup(line));
        }
    }
}

void blocks_read(struct blocks *blocks, const char *pattern)
{
    glob_t found;

    *blocks = (struct blocks){NULL, 0};
    if (glob(pattern, 0, NULL, &found) != 0) {
        printf("Bail out! no file: %s\n", pattern);
        exit(1);
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i], *slash = strrchr(path, '/');
        FILE *in = fopen(path, "r");

        if (!in) {
            perror(path);
            exit(1);
        }
        read_file(blocks, in, slash ? slash + 1 : path);
        fclose(in);
    }
    globfree(&found);
}

void blocks_release(struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++) {
        struct block *block = &blocks->all[i];

        free(block->kind);
        free(block->name);
        for (size_t line = 0; line < block->count; line++)
            free(block->lines[line]);
    }
    free(blocks->all);
}
