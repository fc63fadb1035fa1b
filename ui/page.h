/* SPDX-License-Identifier: MIT */
/* Paragraphs that a screen of its own makes, and that own their texts. */
#ifndef UI_PAGE_H
#define UI_PAGE_H

#include "ui/sheet.h"

struct page {
    struct para *paras;
    size_t count, room;
};

/* Adds a paragraph, its text copied; `mark` is borrowed and may be NULL.
 * Without memory it is left out. */
void page_add(struct page *page, struct para para);

/* An empty row, unless the page is empty. */
void page_gap(struct page *page);

void page_clear(struct page *page);
void page_release(struct page *page);

#endif
