/* SPDX-License-Identifier: MIT */
/* Paragraphs that own their texts. */
#include "ui/page.h"

#include <stdlib.h>
#include <string.h>

#define PARAS_FIRST 32

void page_add(struct page *page, struct para para)
{
    char *text = strdup(para.text);

    if (page->count == page->room) {
        size_t room = page->room > 0 ? 2 * page->room : PARAS_FIRST;
        struct para *paras = realloc(page->paras, room * sizeof(*paras));

        if (!paras) {
            free(text);
            return;
        }
        page->paras = paras;
        page->room = room;
    }
    if (!text)
        return;
    para.text = text;
    page->paras[page->count++] = para;
}

void page_gap(struct page *page)
{
    if (page->count > 0)
        page_add(page, (struct para){.text = ""});
}

void page_clear(struct page *page)
{
    while (page->count > 0)
        free((char *)page->paras[--page->count].text);
}

void page_release(struct page *page)
{
    page_clear(page);
    free(page->paras);
    memset(page, 0, sizeof(*page));
}
