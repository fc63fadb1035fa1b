/* SPDX-License-Identifier: MIT */
/* Ways out for the report: the printer of this machine, the printer and the
 * clipboard of whoever sits at the terminal, the mouse. */
#include <stdio.h>
#include <stdlib.h>

#include "ui/desk.h"
#include "ui/keep.h"
#include "ui/say.h"
#include "ui/wizard.h"

/* The report as text for a terminal's own devices: ASCII only, since nobody
 * says what signs they know. From malloc; NULL without memory. */
static char *plain_report(struct wizard *wizard, bool ascii, size_t *length)
{
    struct paper paper = wizard->options->paper;
    char *bytes = NULL;
    FILE *out = open_memstream(&bytes, length);
    int result;

    if (!out)
        return NULL;
    paper.ascii = ascii;
    result = paper_write(out, FORMAT_TEXT, wizard->walk.trail, &paper);
    if (fclose(out) == 0 && result == 0)
        return bytes;
    free(bytes);
    return NULL;
}

/* --- the printer of this machine --- */

void pass_print(struct wizard *wizard)
{
    struct error err = {""};

    print_release(&wizard->print);
    if (print_start(&wizard->print, wizard->walk.trail, &wizard->options->paper,
                    wizard->walk.settings, &err) != 0)
        wizard->print.told = T_PRINT_CRASHED;
    wizard->passed = T_NONE;
    wizard_view(wizard)->scroll = 0;
}

void pass_stop(struct wizard *wizard)
{
    job_cancel(&wizard->print.job);
}

bool pass_work(struct wizard *wizard)
{
    if (!print_work(&wizard->print))
        return false;
    print_release(&wizard->print);
    if (!print_went_well(&wizard->print))
        wizard->unsaved =
            keep_report(wizard->walk.trail, FORMAT_TEXT,
                        &wizard->options->paper, wizard->saved) != 0;
    return true;
}

/* --- the person's own desk --- */

void pass_desk_print(struct wizard *wizard)
{
    size_t length;
    char *bytes = plain_report(wizard, true, &length);

    if (bytes)
        desk_print(bytes, length);
    free(bytes);
    wizard->passed = bytes ? T_PASSED_PRINT : T_PASSED_NOT;
}

void pass_desk_copy(struct wizard *wizard)
{
    size_t length;
    char *bytes = plain_report(wizard, false, &length);

    wizard->passed =
        bytes && desk_copy(bytes, length) ? T_PASSED_COPY : T_PASSED_NOT;
    free(bytes);
    wizard_view(wizard)->scroll = 0;
}

void pass_plain(struct wizard *wizard)
{
    size_t length;
    char *bytes = plain_report(wizard, wizard->term.show.ascii, &length);

    if (bytes) {
        term_plain(&wizard->term);
        fwrite(bytes, 1, length, stdout);
        say_line(stdout, T_PASS_PLAIN_END, NULL);
        fflush(stdout);
        wizard->bare = true;
    }
    free(bytes);
}

/* --- on the report's screen --- */

void pass_add_lines(struct wizard *wizard)
{
    struct line line = {.state = STATE_NONE};

    if (print_running(&wizard->print)) {
        line.state = STATE_RUNNING;
        snprintf(line.text, sizeof(line.text), "%s", text(T_PRINT_RUNNING));
    } else if (wizard->print.told != T_NONE) {
        line.state =
            print_went_well(&wizard->print) ? STATE_GOOD : STATE_PROBLEM;
        print_tell(&wizard->print, line.text, sizeof(line.text));
    }
    if (line.state != STATE_NONE)
        pages_add_line(wizard, &line);
    if (wizard->passed == T_NONE)
        return;
    line.state = STATE_NONE;
    snprintf(line.text, sizeof(line.text), "%s", text(wizard->passed));
    pages_add_line(wizard, &line);
}

void pass_offer(struct wizard *wizard)
{
    if (print_offered() && print_running(&wizard->print))
        wizard_offer(wizard, ACT_STOP_PRINT, text(T_OFFER_STOP_PRINT));
    else if (print_offered())
        wizard_offer(wizard, ACT_PRINT, text(T_OFFER_PRINT));
    wizard_offer(wizard, ACT_WAYS, text(T_OFFER_WAYS));
}

static void fill_ways(struct wizard *wizard, struct sheet *sheet)
{
    pages_ask(wizard, sheet, T_WAYS_TITLE, T_WAYS_BODY);
    wizard_offer(wizard, ACT_CLOSE, text(T_OFFER_CLOSE));
    wizard_offer(wizard, ACT_SAVE_HTML, text(T_OFFER_SAVE_HTML));
    if (paper_from("pdf") == FORMAT_PDF)
        wizard_offer(wizard, ACT_SAVE_PDF, text(T_OFFER_SAVE_PDF));
    if (wizard->plain) /* lines have no frame, and send no escapes */
        return;
    wizard_offer(wizard, ACT_PLAIN, text(T_OFFER_PLAIN));
    if (wizard->options->paper.clipboard)
        wizard_offer(wizard, ACT_COPY, text(T_OFFER_COPY));
    if (desk_can_print())
        wizard_offer(wizard, ACT_DESK, text(T_OFFER_DESK));
}

static void fill_desk(struct wizard *wizard, struct sheet *sheet)
{
    pages_ask(wizard, sheet, T_DESK_TITLE, T_DESK_BODY);
    wizard_offer(wizard, ACT_CLOSE, text(T_DESK_NO));
    wizard_offer(wizard, ACT_DESK_PRINT, text(T_DESK_YES));
}

const struct screen ways_screen = {fill_ways, T_AID_WAYS, true, false};
const struct screen desk_screen = {fill_desk, T_AID_DESK, true, false};
