/* SPDX-License-Identifier: MIT */
/* A sheet said as lines: what is new of it, then the question. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ui/say.h"
#include "ui/wizard.h"
#include "ui/wrap.h"

#define WIDTH_MOST 78
#define WIDTH_LEAST 10

/* --- one line --- */

/* Standard output may be another window than the one it was. */
static int width_now(void)
{
    struct winsize size = {0};

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
        size.ws_col > WIDTH_MOST)
        return WIDTH_MOST;
    return size.ws_col > WIDTH_LEAST ? size.ws_col - 1 : WIDTH_LEAST;
}

/* What came between the question and its answer stands on its own line. */
static void end_question(struct lines *lines)
{
    if (lines->open)
        putchar('\n');
    lines->open = false;
}

/* Safe, in lines of the window's width; the last one is left open. */
static void write_safe(struct wizard *wizard, const char *sentence)
{
    size_t length = strlen(sentence), used, shown;
    char *safe = malloc(SHOW_SPACE(length));
    const char *at = safe;
    int width = width_now();

    if (!safe)
        return;
    length = show_text(&wizard->term.show, safe, SHOW_SPACE(length), sentence,
                       length);
    for (; length > 0; at += used, length -= used) {
        used = wrap_line(at, length, width, &shown);
        printf("%s%.*s", at > safe ? "\n" : "", (int)shown, at);
    }
    free(safe);
}

void lines_put(struct wizard *wizard, const char *sentence)
{
    if (!*sentence)
        return;
    end_question(&wizard->lines);
    write_safe(wizard, sentence);
    putchar('\n');
    wizard->lines.beat = job_clock();
}

static void put_text(struct wizard *wizard, enum text_id id,
                     const struct blank *blanks)
{
    char sentence[SENTENCE_MAX];

    say_fill(sentence, sizeof(sentence), id, blanks);
    lines_put(wizard, sentence);
}

static void put_prompt(struct wizard *wizard, const char *words)
{
    end_question(&wizard->lines);
    write_safe(wizard, words);
    fputs(": ", stdout);
    wizard->lines.open = true;
}

/* --- what is new --- */

/* Goes through what was said of a view and what is to be said now, side by
 * side; each line that was said counts once. */
struct news {
    struct wizard *wizard;
    struct page before; /* lines not met again yet: a look of LOOK_PLAIN */
    struct page now;
    bool any;
};

static bool was_said(struct news *news, const char *line)
{
    for (size_t i = 0; i < news->before.count; i++) {
        struct para *para = &news->before.paras[i];

        if (para->look == LOOK_PLAIN && strcmp(para->text, line) == 0) {
            para->look = LOOK_FOCUS;
            return true;
        }
    }
    return false;
}

static void tell(struct news *news, const char *mark, const char *words)
{
    size_t size = strlen(mark) + strlen(words) + 3;
    char *line = malloc(size);

    if (!line)
        return;
    snprintf(line, size, "%s%s%s", mark,
             !*mark                              ? ""
             : strchr("->", mark[0]) && !mark[1] ? " "
                                                 : ": ",
             words);
    if (*words && !was_said(news, line)) {
        lines_put(news->wizard, line);
        news->any = true;
    }
    page_add(&news->now, (struct para){.text = line});
    free(line);
}

static void tell_lines(struct news *news, const struct line *lines,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        tell(news,
             lines[i].state == STATE_NONE ? "" : tell_state(lines[i].state),
             lines[i].text);
}

/* "Resultado y contacto con soporte. Paso 5 de unos 5." */
static void put_header(struct wizard *wizard)
{
    const struct sheet *sheet = &wizard->sheet;
    struct lines *lines = &wizard->lines;
    char step[16], of[16], badge[64], words[SENTENCE_MAX];
    const struct blank blanks[] = {{"section", sheet->section},
                                   {"badge", badge},
                                   {"a", step},
                                   {"b", of},
                                   {NULL, NULL}};

    if (wizard->depth > 1 ||
        (lines->section == sheet->section && lines->step == sheet->step))
        return;
    lines->section = sheet->section;
    lines->step = sheet->step;
    snprintf(step, sizeof(step), "%d", sheet->step);
    snprintf(of, sizeof(of), "%d", sheet->of);
    snprintf(badge, sizeof(badge), "%s%s", sheet->badge,
             *sheet->badge ? ". " : "");
    say_fill(words, sizeof(words), T_LINES_HEADER, blanks);
    lines_put(wizard, words);
}

static void put_started(struct wizard *wizard, struct news *news)
{
    const struct sheet *sheet = &wizard->sheet;
    char words[SENTENCE_MAX], seconds[16];
    const struct blank blanks[] = {{"a", seconds}, {NULL, NULL}};

    if (sheet->seconds < 0)
        return;
    snprintf(seconds, sizeof(seconds), "%d", sheet->expected);
    say_fill(words, sizeof(words),
             sheet->expected > 0 ? T_LINES_RUNNING_OF : T_LINES_RUNNING,
             blanks);
    tell(news, "", words);
    if (wizard->lines.input.tty)
        tell(news, "", text(T_LINES_HALT));
}

static struct lines_said *said_of(struct wizard *wizard)
{
    struct lines_said *said = &wizard->lines.said[wizard->depth - 1];
    const struct screen *screen = wizard_view(wizard)->screen;
    size_t visits = wizard->depth == 1 ? wizard->visits : 0;

    for (size_t i = wizard->depth; i < LINES_DEPTH_MAX; i++)
        wizard->lines.said[i].screen = NULL;
    if (said->screen != screen || said->visits != visits) {
        page_clear(&said->lines);
        said->screen = screen;
        said->visits = visits;
        wizard->lines.halting = false;
        wizard->lines.due = true;
        wizard->lines.offers = 0;
        if (wizard->depth == 1)
            wizard->lines.field = 0;
    }
    return said;
}

/* All but the question. Returns whether anything was said. */
static bool say_news(struct wizard *wizard)
{
    const struct sheet *sheet = &wizard->sheet;
    struct lines_said *said = said_of(wizard);
    struct news news = {.wizard = wizard, .before = said->lines};

    put_header(wizard);
    tell(&news, "", sheet->title);
    for (size_t i = 0; i < sheet->body_count; i++)
        tell(&news, sheet->body[i].mark ? sheet->body[i].mark : "",
             sheet->body[i].text);
    put_started(wizard, &news);
    tell_lines(&news, sheet->live, sheet->live_count);
    tell_lines(&news, sheet->result, sheet->result_count);
    page_release(&news.before);
    said->lines = news.now;
    return news.any;
}

void lines_saved(struct wizard *wizard)
{
    struct lines_said *said = said_of(wizard);
    struct news news = {.wizard = wizard, .now = said->lines};
    const struct blank blanks[] = {{"path", wizard->saved}, {NULL, NULL}};
    char words[SENTENCE_MAX];

    say_fill(words, sizeof(words),
             wizard->unsaved ? wizard->unsaved : T_REPORT_SAVED, blanks);
    tell(&news, tell_state(wizard->unsaved ? STATE_PROBLEM : STATE_GOOD),
         words);
    said->lines = news.now;
}

/* --- the question --- */

/* The same while the same choices stand there with the same default. */
static unsigned mark_offers(const struct wizard *wizard, size_t preferred)
{
    unsigned mark = 2166136261u ^ (unsigned)preferred;

    for (size_t i = 0; i < wizard->offer_count; i++)
        for (const char *at = wizard->offers[i].label; *at; at++)
            mark = (mark ^ (unsigned char)*at) * 16777619u;
    return mark | 1;
}

size_t lines_preferred(struct wizard *wizard)
{
    size_t fields = wizard->sheet.field_count;
    size_t at = wizard->depth == 1 && !walk_running(&wizard->walk)
                    ? ask_default(wizard)
                    : fields;

    return at >= fields ? at - fields : 0;
}

static void put_offers(struct wizard *wizard)
{
    size_t preferred = lines_preferred(wizard);
    char words[TELL_TEXT_MAX + 64];

    if (*wizard->sheet.question)
        lines_put(wizard, wizard->sheet.question);
    for (size_t i = 0; i < wizard->offer_count; i++) {
        snprintf(words, sizeof(words), "%zu. %s%s%s", i + 1,
                 wizard->offers[i].label, i == preferred ? " " : "",
                 i == preferred ? text(T_LINES_PREFERRED) : "");
        lines_put(wizard, words);
    }
    put_prompt(wizard,
               text(wizard->lines.hinted ? T_LINES_NUMBER : T_LINES_FIRST));
    wizard->lines.hinted = true;
}

/* Label, hint, what is in it, what is wrong with that. */
static void put_field(struct wizard *wizard)
{
    const struct sheet_field *field =
        &wizard->sheet.fields[wizard->lines.field];
    char value[FIELD_BYTES_MAX];
    const struct blank blanks[] = {{"value", value}, {NULL, NULL}};

    if (field->problem) {
        put_text(wizard, T_FRAME_PROBLEM, NULL);
        lines_put(wizard, field->problem);
    }
    lines_put(wizard, field->hint);
    if (!field->edit->masked && field->edit->length > 0) {
        field_value(field->edit, value, sizeof(value));
        put_text(wizard, T_LINES_WRITTEN, blanks);
    }
    if (field->edit->lines)
        put_text(wizard, T_LINES_BLOCK, NULL);
    else if (!wizard->lines.hinted)
        put_text(wizard, T_LINES_FIELD, NULL);
    put_prompt(wizard, field->label);
    lines_echo(&wizard->lines.input, !field->edit->masked);
}

bool lines_on_field(const struct wizard *wizard)
{
    return wizard->depth == 1 && !walk_running(&wizard->walk) &&
           wizard->lines.field < wizard->field_count;
}

/* A page that offers nothing but to go back needs no answer. */
static bool is_read_only(const struct wizard *wizard)
{
    return wizard->depth > 1 && wizard->offer_count == 1 &&
           wizard->offers[0].act == ACT_CLOSE;
}

/* While a test runs a terminal is asked only where the person wants it to
 * stop, a pipe not at all. */
static bool is_asking(const struct wizard *wizard)
{
    if (wizard->depth > 1)
        return !is_read_only(wizard);
    if (!walk_running(&wizard->walk))
        return true;
    return wizard->lines.halting && wizard->lines.input.tty;
}

static void say_view(struct wizard *wizard)
{
    struct lines *lines = &wizard->lines;
    bool asking = is_asking(wizard);
    unsigned mark;

    mark = mark_offers(wizard, lines_preferred(wizard));
    if (say_news(wizard) || (asking && mark != lines->offers))
        lines->due = true;
    if (wizard->notice[0]) {
        lines_put(wizard, wizard->notice);
        wizard->notice[0] = '\0';
        lines->due = true;
    }
    lines->offers = asking ? mark : 0;
    if (lines->due && asking && lines_on_field(wizard))
        put_field(wizard);
    else if (lines->due && asking)
        put_offers(wizard);
    lines->due = false;
}

void lines_say(struct wizard *wizard)
{
    wizard_lay(wizard);
    say_view(wizard);
    if (is_read_only(wizard)) {
        wizard_close(wizard);
        wizard->lines.due = true;
        wizard_lay(wizard);
        say_view(wizard);
    }
    fflush(stdout);
}

void lines_forget(struct wizard *wizard)
{
    wizard->lines.said[wizard->depth - 1].screen = NULL;
    wizard->lines.section = NULL;
    wizard->lines.hinted = false;
}

void lines_restart(struct lines *lines)
{
    for (size_t i = 0; i < LINES_DEPTH_MAX; i++)
        lines->said[i].screen = NULL;
    lines->section = NULL;
}

void lines_release(struct lines *lines)
{
    for (size_t i = 0; i < LINES_DEPTH_MAX; i++)
        page_release(&lines->said[i].lines);
}
