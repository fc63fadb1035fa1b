/* SPDX-License-Identifier: MIT */
/* The line mode: what an answer does, and its own turn of the loop. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/utf8.h"
#include "ui/say.h"
#include "ui/wizard.h"

/* A long test says this often that it goes on. */
#define BEAT_SECONDS 10.0

/* --- fields --- */

/* As if typed: what a field does not take is left out. In a terminal without
 * UTF-8 stray bytes are Latin-1, as keys are. */
static void type(struct wizard *wizard, const char *value)
{
    struct field_edit *edit = &wizard->edits[wizard->lines.field];
    char mended[4 * LINES_BYTES_MAX];

    utf8_mend(mended, sizeof(mended), value, strlen(value));
    field_start(edit, &wizard->term.show, mended, edit->masked);
    explicit_bzero(mended, sizeof(mended));
    wizard->touched = true;
}

/* A notice or a header has many lines: all up to a point by itself. */
static bool is_block(const struct wizard *wizard)
{
    return wizard->fields[wizard->lines.field]->kind == FIELD_BLOCK;
}

/* One line more. Nothing is asked between two of them. */
static void add_line(struct wizard *wizard, const char *line)
{
    struct field_edit *edit = &wizard->edits[wizard->lines.field];
    char mended[4 * LINES_BYTES_MAX];

    if (!wizard->lines.adding)
        field_wipe(edit);
    utf8_mend(mended, sizeof(mended), line, strlen(line));
    field_append(edit, &wizard->term.show, mended);
    field_append(edit, &wizard->term.show, "\n");
    wizard->lines.adding = wizard->touched = true;
    wizard->lines.due = false;
}

static void answer_field(struct wizard *wizard, char value[LINES_BYTES_MAX])
{
    size_t at = wizard->lines.field;

    if (*value && !is_block(wizard))
        type(wizard, value);
    wizard->lines.adding = false;
    wizard->problems[at] = T_NONE;
    if (*value && !ask_check(wizard, at))
        return; /* asked again */
    wizard->lines.field++;
}

/* As on a screen a single line is an answer by itself. */
static bool is_answer(const struct wizard *wizard)
{
    return wizard->field_count == 1 && wizard->lines.field == 1 &&
           wizard->edits[0].length > 0;
}

/* A form was not taken: the field with the problem is asked for again. */
static void find_problem(struct wizard *wizard)
{
    for (size_t i = wizard->field_count; i > 0; i--)
        if (wizard->problems[i - 1] != T_NONE)
            wizard->lines.field = i - 1;
}

/* --- choices --- */

static void choose(struct wizard *wizard, size_t offer, bool by_number)
{
    struct view *view = wizard_view(wizard);

    view->focus = wizard->sheet.field_count + offer;
    view->moved = true;
    view->armed = by_number;
    wizard->lines.halting = false;
    act_accept(wizard, &wizard->offers[offer]);
    if (!wizard->leaving)
        find_problem(wizard);
}

static void refuse(struct wizard *wizard, const char *answer)
{
    char words[SENTENCE_MAX], most[16];
    const struct blank blanks[] = {
        {"value", answer}, {"a", most}, {NULL, NULL}};

    snprintf(most, sizeof(most), "%zu", wizard->offer_count);
    say_fill(words, sizeof(words), T_LINES_STRANGE, blanks);
    lines_put(wizard, words);
}

/* A number from 1 on, or 0. */
static size_t number_of(const char *answer)
{
    char *end;
    unsigned long number = strtoul(answer, &end, 10);

    return answer[0] >= '0' && answer[0] <= '9' && !*end ? number : 0;
}

static bool is_letter_of(unsigned code, enum text_id hint)
{
    const char *words = text(hint);
    unsigned letter = 0;

    utf8_take(words, strlen(words), &letter);
    return code == letter ||
           (code < 0x80 && letter < 0x80 && (code ^ letter) == 0x20);
}

static bool answer_letter(struct wizard *wizard, const char *answer)
{
    struct press press = {.kind = PRESS_CHAR};
    size_t length = strlen(answer);

    if (utf8_take(answer, length, &press.code) != length || length == 0)
        return false;
    if (press.code == '<')
        act_back(wizard);
    else if (act_letter(wizard, &press))
        return true;
    else if (is_letter_of(press.code, T_LINES_AGAIN))
        lines_forget(wizard);
    else
        return false;
    return true;
}

static void answer_question(struct wizard *wizard, const char *answer)
{
    size_t number = number_of(answer);
    bool running = wizard->depth == 1 && walk_running(&wizard->walk);

    if (running && !wizard->lines.halting && (!*answer || number > 0)) {
        wizard->lines.halting = true;
        return;
    }
    if (!*answer && wizard->offer_count > 0)
        choose(wizard, lines_preferred(wizard), false);
    else if (number > 0 && number <= wizard->offer_count)
        choose(wizard, number - 1, true);
    else if (!answer_letter(wizard, answer))
        refuse(wizard, answer);
}

/* "?L" while a value is asked for, where L alone is a value; but any bytes may
 * be a password. */
static bool answer_aside(struct wizard *wizard, const char *words)
{
    const struct field *field = wizard->fields[wizard->lines.field];

    return field->kind != FIELD_SECRET && words[0] == '?' && words[1] &&
           answer_letter(wizard, words + 1);
}

static void answer_form(struct wizard *wizard, char value[LINES_BYTES_MAX])
{
    answer_field(wizard, value);
    if (is_answer(wizard))
        choose(wizard, lines_preferred(wizard), false);
}

static char *trim(char *text)
{
    size_t length;

    while (*text == ' ' || *text == '\t')
        text++;
    length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        text[--length] = '\0';
    return text;
}

static void answer(struct wizard *wizard, char line[LINES_BYTES_MAX])
{
    struct lines *lines = &wizard->lines;
    char *words = trim(line);

    if (lines->open && (!lines->input.echoed || lines->input.quiet))
        putchar('\n');
    lines_echo(&lines->input, true);
    lines->open = false;
    lines->due = true;
    if (!lines_on_field(wizard))
        answer_question(wizard, words);
    else if (lines->adding && strcmp(words, ".") != 0)
        add_line(wizard, line);
    else if (strcmp(words, "<") == 0 && lines->field > 0)
        lines->field--;
    else if (strcmp(words, "<") == 0)
        act_back(wizard);
    else if (strcmp(words, "?") == 0)
        wizard_open(wizard, &help_screen);
    else if (is_block(wizard) && *words && !lines->adding)
        add_line(wizard, line);
    else if (!answer_aside(wizard, words))
        answer_form(wizard, line);
}

/* --- the loop --- */

/* Something to say, or to ask, at once. */
static bool is_due(const struct wizard *wizard)
{
    return wizard->dirty || wizard->lines.due;
}

/* A pipe may hold all answers from the start: they wait until they are asked
 * for. */
static enum loop_ear ear_for(const struct wizard *wizard)
{
    bool wait = !wizard->walk.ready || walk_running(&wizard->walk);

    if (is_due(wizard)) /* nobody answers what was not asked */
        return LOOP_DEAF;
    return wait && !wizard->lines.input.tty ? LOOP_DEAF : LOOP_LINES;
}

static void take_lines(struct wizard *wizard)
{
    struct lines_input *input = &wizard->lines.input;
    char line[LINES_BYTES_MAX];

    while (!wizard->leaving && wizard->plain && ear_for(wizard) == LOOP_LINES) {
        if (!lines_take(input, line)) {
            if (input->ended)
                wizard_leave(wizard, STATUS_ARRIVED);
            break;
        }
        wizard->unsettled = 0;
        answer(wizard, line);
        wizard_follow(wizard);
        if (!wizard->leaving && wizard->plain)
            lines_say(wizard);
        wizard->dirty = false;
    }
    explicit_bzero(line, sizeof(line));
}

/* Ctrl-C comes as a signal here. Without a terminal it is nobody's key. */
static void take_break(struct wizard *wizard)
{
    struct press press = {.kind = PRESS_CTRL, .code = 'C'};

    if (!wizard->loop.interrupted)
        return;
    wizard->loop.interrupted = false;
    if (!wizard->lines.input.tty) {
        wizard->loop.ended_by = SIGINT;
        return;
    }
    wizard->lines.due = true;
    press_key(wizard, &press, job_clock());
}

static void take_signals(struct wizard *wizard)
{
    struct loop *loop = &wizard->loop;
    bool quiet = wizard->lines.input.quiet;

    take_break(wizard);
    if (loop->ended_by)
        wizard_leave(wizard, 128 + loop->ended_by);
    if (loop->suspended && !wizard->leaving) {
        lines_echo(&wizard->lines.input, true);
        loop_stop(loop);
        lines_echo(&wizard->lines.input, !quiet);
        wizard->lines.due = true;
    }
    loop->resized = loop->suspended = loop->continued = false;
}

static double until_beat(const struct wizard *wizard)
{
    double left = wizard->lines.beat + BEAT_SECONDS - job_clock();

    if (!walk_running(&wizard->walk) || wizard->lines.open)
        return -1;
    return left > 0 ? left : 0;
}

static void beat(struct wizard *wizard)
{
    char words[SENTENCE_MAX], seconds[16];
    const struct blank blanks[] = {{"a", seconds}, {NULL, NULL}};

    if (until_beat(wizard) != 0)
        return;
    snprintf(seconds, sizeof(seconds), "%d", (int)walk_seconds(&wizard->walk));
    say_fill(words, sizeof(words), T_LINES_STILL, blanks);
    lines_put(wizard, words);
    fflush(stdout);
}

static double wait_for(const struct wizard *wizard, bool news)
{
    const double times[] = {
        walk_left(&wizard->walk), until_beat(wizard),
        news ? wizard->painted + REPAINT_SECONDS - job_clock() : -1};
    double least = -1;

    if ((news && times[2] < 0) || (is_due(wizard) && wizard->walk.ready))
        return 0;
    for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
        if (times[i] >= 0 && (least < 0 || times[i] < least))
            least = times[i];
    return least;
}

static void turn(struct wizard *wizard, bool *news)
{
    struct pollfd fds[WALK_POLLS_MAX];
    size_t count = walk_polls(&wizard->walk, fds);

    wizard->loop.ear = ear_for(wizard);
    loop_wait(&wizard->loop, fds, count, wait_for(wizard, *news));
    if (wizard->loop.heard)
        lines_fill(&wizard->lines.input);
    take_signals(wizard);
    take_lines(wizard);
    *news |= walk_work(&wizard->walk);
    wizard_follow(wizard);
    if (wizard->leaving || !wizard->plain || !wizard->walk.ready)
        return;
    if (is_due(wizard) ||
        (*news && job_clock() >= wizard->painted + REPAINT_SECONDS)) {
        lines_say(wizard);
        wizard->painted = job_clock();
        wizard->dirty = *news = false;
    }
    beat(wizard);
    if (ferror(stdout)) /* nobody reads any more */
        wizard_leave(wizard, 128 + SIGHUP);
}

void lines_run(struct wizard *wizard)
{
    bool news = false;

    lines_open(&wizard->lines.input);
    /* What was typed for the screens is for nobody now. */
    keys_init(&wizard->loop.keys, wizard->term.escape, wizard->term.show.ascii);
    wizard->lines.open = false;
    wizard->dirty = true;
    while (!wizard->leaving && wizard->plain)
        turn(wizard, &news);
    if (wizard->lines.open)
        putchar('\n');
    fflush(stdout);
    lines_close(&wizard->lines.input);
    wizard->loop.ear = LOOP_KEYS;
}
