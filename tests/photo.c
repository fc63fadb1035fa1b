/* SPDX-License-Identifier: MIT */
/* Walks through a practice scenario and prints each screen of it as text, at
 * 80x24 and 60x20, once its tests are done:
 *
 *   photo SCENARIO LANGUAGE [STEP=CHOICE...]
 *
 * At a step that is not named it takes the choice that `diagnose` would. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "net/place.h"
#include "net/practice/scenarios.h"
#include "ui/wizard.h"

#define STEPS_MAX 40
#define FIELD_RETYPE "retype" /* is typed, never offered */

/* Every walk of this program is made at the same moment; its children keep
 * the real time. */
time_t time(time_t *out)
{
    const time_t moment = 1705312800; /* 2024-01-15 10:00:00 UTC */

    if (out)
        *out = moment;
    return moment;
}

static const struct {
    int rows, columns;
} sizes[] = {{24, 80}, {20, 60}};

static void print_rule(const struct wizard *wizard, int columns, int rows)
{
    printf("==== %s %dx%d ", wizard->step->name, columns, rows);
    for (size_t i = strlen(wizard->step->name); (int)i < columns - 14; i++)
        putchar('=');
    putchar('\n');
}

/* The screen as it is at each size, the cursor where it would stand. */
static void print_screen(struct wizard *wizard)
{
    static char row[8 * FRAME_COLUMNS_MAX];

    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        const struct frame *frame = &wizard->layout.screen;

        wizard_lay(wizard);
        layout_sheet(&wizard->layout, &wizard->sheet, sizes[i].rows,
                     sizes[i].columns);
        print_rule(wizard, sizes[i].columns, sizes[i].rows);
        for (int at = 0; at < frame->rows; at++) {
            frame_row(frame, at, row, sizeof(row));
            printf("%s\n", row);
        }
        printf("==== cursor %d,%d\n", frame->cursor_column, frame->cursor_row);
    }
}

/* The lookups beside the steps show where they are done. */
static bool is_busy(const struct walk *walk)
{
    bool busy = walk_running(walk) || !walk->ready;

    for (size_t i = 0; i < DOMAIN_SIDES; i++)
        busy |= job_running(&walk->domains[i].job);
    return busy;
}

static void await(struct wizard *wizard)
{
    struct pollfd fds[WALK_POLLS_MAX];
    struct walk *walk = &wizard->walk;

    walk_work(walk);
    while (is_busy(walk)) {
        double left = walk_left(walk);
        size_t count = walk_polls(walk, fds);

        if (poll(fds, count, left < 0 ? -1 : (int)(left * 1000) + 1) < 0 &&
            errno != EINTR)
            exit(1);
        walk_work(walk);
        wizard_follow(wizard);
    }
    wizard_follow(wizard);
}

/* What the caller wants at this step, once; or NULL. */
static const struct choice *wanted(const struct step *step, char **orders)
{
    size_t length = strlen(step->name);

    for (; *orders; orders++)
        if (strncmp(*orders, step->name, length) == 0 &&
            (*orders)[length] == '=') {
            **orders = '\0';
            return graph_choice(step, *orders + length + 1);
        }
    return NULL;
}

static void retype(struct wizard *wizard)
{
    for (size_t i = 0; i < wizard->field_count; i++)
        if (strcmp(wizard->fields[i]->key, FIELD_RETYPE) == 0)
            field_start(&wizard->edits[i], &wizard->term.show,
                        trail_fact(wizard->walk.trail, "to"), false);
}

static const struct choice *decide(struct wizard *wizard, char **orders)
{
    const struct walk *walk = &wizard->walk;
    const struct step *step = wizard->step;
    const struct choice *choice = wanted(step, orders);

    if (!choice && step->headless)
        choice = graph_choice(step, step->headless);
    return choice ? choice : graph_default(walk->trail, walk->settings);
}

static int walk_through(struct wizard *wizard, char **orders)
{
    struct walk *walk = &wizard->walk;

    for (int i = 0; i < STEPS_MAX; i++) {
        const struct choice *choice;

        await(wizard);
        print_screen(wizard);
        if (walk_at_end(walk))
            return 0;
        choice = decide(wizard, orders);
        retype(wizard);
        if (!choice || (!choice->skips && !ask_take(wizard))) {
            fprintf(stderr, "no way on from %s\n", wizard->step->name);
            return 1;
        }
        walk_choose(walk, choice);
        wizard_follow(wizard);
    }
    fprintf(stderr, "no end\n");
    return 1;
}

static void set_up(struct settings *settings, const char *scenario)
{
    settings_init(settings);
    settings->limit = settings->wait = 3;
    snprintf(settings->practice, sizeof(settings->practice), "%s", scenario);
    snprintf(settings->via, sizeof(settings->via), "%s",
             channel_name(scenario_channel(scenario_from(scenario))));
}

int main(int argc, char **argv)
{
    static struct wizard wizard;
    static struct options options;
    char locale[PATH_TEXT_MAX];
    struct error err = {""};
    int status = 1;

    if (argc < 3)
        return 64;
    setlocale(LC_CTYPE, "C.UTF-8");
    text_open(place_locale(locale, sizeof(locale), NULL) == 0 ? locale : NULL);
    text_language(argv[2]);
    snprintf(options.lang, sizeof(options.lang), "%s", argv[2]);
    set_up(&options.settings, argv[1]);
    wizard.options = &options;
    wizard.depth = 1;
    layout_init(&wizard.layout);
    if (walk_open(&wizard.walk, &options.settings, NULL, &err) == 0) {
        wizard.ready = wizard.walk.ready;
        wizard_follow(&wizard);
        status = walk_through(&wizard, argv + 3);
        walk_close(&wizard.walk);
    } else {
        fprintf(stderr, "%s\n", err.text);
    }
    layout_release(&wizard.layout);
    page_release(&wizard.page);
    settings_clear(&options.settings);
    return status;
}
