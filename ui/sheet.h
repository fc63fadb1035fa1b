/* SPDX-License-Identifier: MIT */
/* What a screen has to say, before it has a size. All strings are UTF-8, may
 * hold foreign text and are borrowed. */
#ifndef UI_SHEET_H
#define UI_SHEET_H

#include "steps/tell.h"
#include "ui/field.h"
#include "ui/frame.h"

#define SHEET_CHOICES_MAX 12

/* A paragraph of a page. */
struct para {
    enum look look;
    int indent;
    int column;       /* where the text begins; 0: behind the mark */
    const char *mark; /* before the first row, at `indent`; NULL: none */
    const char *text;
};

struct sheet_field {
    const char *label, *hint;
    const char *problem; /* what is wrong with it; NULL: nothing */
    struct field_edit *edit;
};

/* A piece of the key bar: "A Atrás". Those of the highest rank go first where
 * the window is narrow; 0 stays. */
struct hint {
    enum text_id text;
    int rank;
};

struct sheet {
    const struct show *show;

    const char *section; /* header */
    const char *badge;   /* a word beside it; "" none */
    int step, of;        /* "Paso 3 de unos 6"; `of` 0: not said */

    const char *title;
    const struct para *body;
    size_t body_count;

    const struct line *live; /* the panel of tests */
    size_t live_count;
    int seconds;  /* gone since the running test began; -1: none runs */
    int expected; /* what it usually takes; 0: not known */
    int longest;  /* what it takes at most; 0: not known */
    const struct line *result;
    size_t result_count;

    const struct line *way; /* the overview, beside, where there is room */
    size_t way_count;

    struct sheet_field fields[STEP_FIELDS_MAX];
    size_t field_count;
    const char *question; /* above the choices; "" none */
    const char *choices[SHEET_CHOICES_MAX];
    size_t choice_count;
    size_t focus; /* fields first, then choices */

    const struct hint *hints; /* key bar */
    size_t hint_count;
    const char *notice; /* instead of them; NULL: none */

    int scroll; /* rows of the text that are above the window */
};

#endif
