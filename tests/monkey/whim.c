/* SPDX-License-Identifier: MIT */
/* What a monkey does at a terminal. */
#include "tests/monkey/whim.h"

#include <signal.h>
#include <string.h>

#define PASTE_START "\033[200~"
#define PASTE_END "\033[201~"
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

struct dice dice_of(uint64_t seed, unsigned life)
{
    struct dice dice = {seed * 0x9e3779b97f4a7c15u +
                        life * 0xbf58476d1ce4e5b9u};

    dice.state |= 1;
    for (int i = 0; i < 8; i++)
        dice_roll(&dice, 2);
    return dice;
}

/* xorshift64* */
unsigned dice_roll(struct dice *dice, unsigned most)
{
    dice->state ^= dice->state >> 12;
    dice->state ^= dice->state << 25;
    dice->state ^= dice->state >> 27;
    return (unsigned)((dice->state * 0x2545f4914f6cdd1du) >> 33) % most;
}

static void add(struct whim *whim, const char *bytes, size_t length)
{
    if (whim->length + length > WHIM_BYTES)
        return;
    memcpy(whim->bytes + whim->length, bytes, length);
    whim->length += length;
}

static void add_one(struct whim *whim, struct dice *dice,
                    const char *const *choices, size_t count)
{
    const char *chosen = choices[dice_roll(dice, (unsigned)count)];

    add(whim, chosen, strlen(chosen));
}

static void draw_key(struct whim *whim, struct dice *dice)
{
    static const char *const keys[] = {
        "\r",      "\r",      "\r",     "\r",     "\r",        "\033[A",
        "\033OA",  "\033[B",  "\033OB", "\033[C", "\033OD",    "\t",
        "\033[Z",  "1",       "2",      "3",      "4",         "9",
        "\033[5~", "\033[6~", "\033[H", "\033[F", "\177",      "\b",
        "\033[3~", " ",       "\033",   "a",      "\033[1;5A", "\033OP",
    };

    add_one(whim, dice, keys, COUNT(keys));
}

static void draw_command(struct whim *whim, struct dice *dice)
{
    static const char *const keys[] = {
        "?",    "h",    "i",    "I",      "p",        "v",    "d",    "D",
        "l",    "L",    "A",    "t",      "2\r",      "3\r",  "\014", "\020",
        "\016", "\022", "\025", "\001",   "\005",     "\032", "q",    "s",
        "\003", "\021", "\023", "\033OQ", "\033[24~",
    };

    add_one(whim, dice, keys, COUNT(keys));
}

static void draw_text(struct whim *whim, struct dice *dice)
{
    static const char *const texts[] = {
        "a",
        "@",
        ".",
        "ana@empresa.example",
        "ñ",
        "世",
        "é",
        "e\u0301",
        "\U0001f600",
        "\u202e",
        "\u200b",
        "\uff21",
        "avisos@tienda.example",
        "\"",
        "<",
        "\u00a0",
    };

    for (unsigned left = 1 + dice_roll(dice, 6); left > 0; left--)
        add_one(whim, dice, texts, COUNT(texts));
}

static void draw_noise(struct whim *whim, struct dice *dice)
{
    for (unsigned left = 1 + dice_roll(dice, 12); left > 0; left--) {
        char byte = (char)dice_roll(dice, 256);

        add(whim, &byte, 1);
    }
}

static void draw_sequence(struct whim *whim, struct dice *dice)
{
    static const char *const sequences[] = {
        "\033[",        "\033O",
        "\033]0;x\007", "\033P1+r\033\\",
        "\033[?1;2c",   "\033[200~",
        "\033[201~",    "\033[M abc",
        "\033[<0;1;1M", "\033[99;99~",
        "\033[[A",      "\033]52;c;aaaa",
        "\033\033",     "\033[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16",
    };

    add_one(whim, dice, sequences, COUNT(sequences));
}

static void draw_paste(struct whim *whim, struct dice *dice)
{
    unsigned most = dice_roll(dice, 8) == 0 ? 400 : 12;

    add(whim, PASTE_START, strlen(PASTE_START));
    for (unsigned left = dice_roll(dice, most); left > 0; left--) {
        draw_text(whim, dice);
        if (dice_roll(dice, 3) == 0)
            add(whim, "\n\033[2J\tq\003", 8);
    }
    /* Now and then its end is lost. */
    if (dice_roll(dice, 10) > 0)
        add(whim, PASTE_END, strlen(PASTE_END));
}

static void draw_resize(struct whim *whim, struct dice *dice)
{
    static const int usual[][2] = {{24, 80},  {20, 60}, {12, 40},  {9, 40},
                                   {60, 200}, {1, 1},   {100, 300}};
    unsigned chosen = dice_roll(dice, 2 * COUNT(usual));

    whim->kind = WHIM_RESIZE;
    whim->rows = 1 + (int)dice_roll(dice, 100);
    whim->columns = 1 + (int)dice_roll(dice, 300);
    if (chosen < COUNT(usual)) {
        whim->rows = usual[chosen][0];
        whim->columns = usual[chosen][1];
    }
}

static void draw_signal(struct whim *whim, struct dice *dice)
{
    static const int numbers[] = {SIGWINCH, SIGWINCH, SIGWINCH, SIGWINCH,
                                  SIGCONT,  SIGCONT,  SIGTSTP,  SIGPIPE,
                                  SIGCHLD,  SIGURG};

    whim->kind = WHIM_SIGNAL;
    whim->number = numbers[dice_roll(dice, COUNT(numbers))];
}

static void draw_end(struct whim *whim, struct dice *dice)
{
    static const int numbers[] = {SIGTERM, SIGHUP, SIGINT};
    unsigned chosen = dice_roll(dice, 2 * COUNT(numbers));

    whim->kind = WHIM_HANG_UP;
    if (chosen < COUNT(numbers)) {
        whim->kind = WHIM_SIGNAL;
        whim->number = numbers[chosen];
    }
}

static void draw_pause(struct whim *whim, struct dice *dice)
{
    whim->kind = WHIM_PAUSE;
    whim->milliseconds = (int)dice_roll(dice, 8) == 0 ? 300 : 20;
}

/* Of a thousand. */
static const struct {
    unsigned share;
    void (*draw)(struct whim *, struct dice *);
} habits[] = {
    {500, draw_key},   {170, draw_command}, {130, draw_text},
    {40, draw_noise},  {40, draw_sequence}, {40, draw_paste},
    {50, draw_resize}, {18, draw_signal},   {10, draw_pause},
    {2, draw_end},
};

void whim_draw(struct whim *whim, struct dice *dice)
{
    unsigned roll = dice_roll(dice, 1000);
    size_t habit = 0;

    while (roll >= habits[habit].share)
        roll -= habits[habit++].share;
    whim->kind = WHIM_BYTES_SENT;
    whim->length = 0;
    habits[habit].draw(whim, dice);
}
