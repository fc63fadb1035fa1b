/* SPDX-License-Identifier: MIT */
/* Draws the pages: each kind of line as a block, broken between its lines. */
#include "ui/pdf_draw.h"

#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "ui/pdf_table.h"

#define SIDE 51.0 /* margins, in points */
#define TOP 48.0
#define BOTTOM 58.0
#define KEEP 56.0 /* what a heading wants below it on the page */
#define NAME_WIDTH 128.0
#define NAME_GAP 12.0
#define PAD 7.0    /* inside a box */
#define EDGE 2.0   /* above and below its text */
#define INSET 11.0 /* of an item's text and what belongs to it */
#define QUOTE_LEAST 18.0
#define BAR 3.0 /* at its left */

#define SANS "Noto Sans, DejaVu Sans Condensed, DejaVu Sans, sans-serif"
#define MONO "Noto Sans Mono, DejaVu Sans Mono, monospace"

/* --- looks --- */

struct colour {
    double red, green, blue;
};
#define RGB(hex)                                                               \
    {                                                                          \
        (hex >> 16) / 255.0, (hex >> 8 & 255) / 255.0, (hex & 255) / 255.0     \
    }

static const struct colour ink = RGB(0x1c2430), soft = RGB(0x566173),
                           rule = RGB(0xc4cbd6), wash = RGB(0xf4f6f9),
                           brand = RGB(0x14508c);

static const struct colour tones[] = {
    [PDF_GOOD] = RGB(0x1b6e3c),
    [PDF_WARNING] = RGB(0x8a5a00),
    [PDF_PROBLEM] = RGB(0xa8231c),
    [PDF_UNKNOWN] = RGB(0x4b5563),
};
static const struct colour tone_washes[] = {
    [PDF_GOOD] = RGB(0xe6f4ea),
    [PDF_WARNING] = RGB(0xfdf3dc),
    [PDF_PROBLEM] = RGB(0xfdeceb),
    [PDF_UNKNOWN] = RGB(0xeef0f3),
};

static const struct face {
    const char *family;
    double size;
    bool bold;
    const struct colour *colour;
} faces[] = {
    [FACE_TITLE] = {SANS, 19, true, &brand},
    [FACE_ABOUT] = {SANS, 9, false, &soft},
    [FACE_HEADING] = {SANS, 12.5, true, &ink},
    [FACE_PART] = {SANS, 10, true, &brand},
    [FACE_VERDICT] = {SANS, 11.5, false, &ink},
    [FACE_STATE] = {SANS, 9, true, NULL},
    [FACE_BODY] = {SANS, 9.5, false, &ink},
    [FACE_NAME] = {SANS, 9.5, false, &soft},
    [FACE_NAMES] = {SANS, 8.5, true, &soft},
    [FACE_CELL] = {SANS, 8.5, false, &ink},
    [FACE_QUOTE] = {MONO, 8, false, &ink},
    [FACE_FOOT] = {SANS, 7.5, false, &soft},
};

/* --- the pen --- */

static void set_colour(struct pen *pen, const struct colour *colour)
{
    cairo_set_source_rgb(pen->cr, colour->red, colour->green, colour->blue);
}

static void fill_box(struct pen *pen, const struct colour *colour, double x,
                     double y, double width, double height)
{
    set_colour(pen, colour);
    cairo_rectangle(pen->cr, x, y, width, height);
    cairo_fill(pen->cr);
}

double pen_width(const struct pen *pen)
{
    return pen->sheet->width - 2 * SIDE;
}

void pen_lay(struct pen *pen, enum face_id id, const char *text, double width)
{
    const struct face *face = &faces[id];
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, face->family);
    pango_font_description_set_size(font, (int)(face->size * PANGO_SCALE));
    pango_font_description_set_weight(font, face->bold ? PANGO_WEIGHT_BOLD
                                                       : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(pen->layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(pen->layout,
                           width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_text(pen->layout, text, -1);
    pango_layout_set_attributes(pen->layout, pen->plain);
    pen->colour = face->colour ? face->colour : &tones[pen->sheet->tone];
}

double pen_height(struct pen *pen)
{
    int height;

    pango_layout_get_size(pen->layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double pen_least(struct pen *pen, enum face_id face, const char *text)
{
    int width;

    pango_layout_set_wrap(pen->layout, PANGO_WRAP_WORD);
    pen_lay(pen, face, text, 0);
    pango_layout_get_size(pen->layout, &width, NULL);
    pango_layout_set_wrap(pen->layout, PANGO_WRAP_WORD_CHAR);
    return (double)width / PANGO_SCALE;
}

double pen_natural(struct pen *pen, enum face_id face, const char *text)
{
    int width;

    pen_lay(pen, face, text, -1);
    pango_layout_get_size(pen->layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

static void draw_foot(struct pen *pen)
{
    double y = pen->sheet->height - BOTTOM + 26;
    char number[64];

    fill_box(pen, &rule, SIDE, y - 6, pen_width(pen), 0.5);
    pen_lay(pen, FACE_FOOT, pen->sheet->foot, -1);
    set_colour(pen, pen->colour);
    cairo_move_to(pen->cr, SIDE, y);
    pango_cairo_show_layout(pen->cr, pen->layout);
    snprintf(number, sizeof(number), "%d %s %d", pen->page, pen->sheet->of,
             pen->pages);
    cairo_move_to(
        pen->cr, pen->sheet->width - SIDE - pen_natural(pen, FACE_FOOT, number),
        y);
    pango_cairo_show_layout(pen->cr, pen->layout);
}

void pen_open(struct pen *pen, const char *tag)
{
    pen->tag = tag;
    cairo_tag_begin(pen->cr, tag, NULL);
}

void pen_close(struct pen *pen)
{
    cairo_tag_end(pen->cr, pen->tag);
    pen->tag = NULL;
}

/* The foot is no part of what goes on over it. */
static void end_page(struct pen *pen)
{
    const char *tag = pen->tag;

    if (tag)
        pen_close(pen);
    draw_foot(pen);
    cairo_show_page(pen->cr);
    pen->page++;
    pen->y = TOP;
    if (tag)
        pen_open(pen, tag);
}

bool pen_fits(const struct pen *pen, double height)
{
    return pen->y + height <= pen->sheet->height - BOTTOM;
}

void pen_make_room(struct pen *pen, double height)
{
    if (!pen_fits(pen, height) && pen->y > TOP)
        end_page(pen);
}

void pen_rule(struct pen *pen, double thick)
{
    fill_box(pen, &rule, SIDE, pen->y, pen_width(pen), thick);
}

void pen_at(struct pen *pen, double x)
{
    set_colour(pen, pen->colour);
    cairo_move_to(pen->cr, SIDE + x, pen->y);
    pango_cairo_show_layout(pen->cr, pen->layout);
}

/* Draws what was laid line by line, so that it may go over to the next page;
 * behind each line `paper`, with a bar of `edge` at its left (both or none). */
static void flow(struct pen *pen, double x, const struct colour *paper,
                 const struct colour *edge)
{
    PangoLayoutIter *at = pango_layout_get_iter(pen->layout);
    const struct colour *colour = pen->colour;

    do {
        PangoLayoutLine *line = pango_layout_iter_get_line_readonly(at);
        PangoRectangle box;
        double height;

        pango_layout_line_get_extents(line, NULL, &box);
        height = (double)box.height / PANGO_SCALE;
        if (!pen_fits(pen, height) && pen->y > TOP) {
            PangoLayout *laid = g_object_ref(pen->layout);

            pen->layout = pango_layout_copy(laid);
            end_page(pen);
            g_object_unref(pen->layout);
            pen->layout = laid;
        }
        if (paper) {
            fill_box(pen, paper, SIDE + pen->inset, pen->y - EDGE,
                     pen_width(pen) - pen->inset, height + 2 * EDGE);
            fill_box(pen, edge, SIDE + pen->inset, pen->y - EDGE, BAR,
                     height + 2 * EDGE);
        }
        set_colour(pen, colour);
        cairo_move_to(pen->cr, SIDE + x, pen->y - (double)box.y / PANGO_SCALE);
        pango_cairo_show_layout_line(pen->cr, line);
        pen->y += height;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
}

/* --- a block for each kind of line --- */

static void draw_page(struct pen *pen, const struct pdf_line *line)
{
    if (pen->line > 0)
        end_page(pen);
    pen_open(pen, "H1");
    pen_lay(pen, FACE_TITLE, line->cells[0], pen_width(pen));
    flow(pen, 0, NULL, NULL);
    pen_close(pen);
    pen->y += 3;
    pen->about = pen->line == 0;
}

static void draw_heading(struct pen *pen, const struct pdf_line *line)
{
    pen->about = false;
    pen->y += 13;
    pen_lay(pen, FACE_HEADING, line->cells[0], pen_width(pen));
    pen_make_room(pen, pen_height(pen) + KEEP);
    pen_open(pen, "H2");
    pen_lay(pen, FACE_HEADING, line->cells[0], pen_width(pen));
    flow(pen, 0, NULL, NULL);
    pen_close(pen);
    pen->y += 2;
    pen_rule(pen, 1.0);
    pen->y += 6;
}

static void draw_part(struct pen *pen, const struct pdf_line *line)
{
    pen->y += 6;
    pen_make_room(pen, KEEP);
    pen_open(pen, "H3");
    pen_lay(pen, FACE_PART, line->cells[0], pen_width(pen));
    flow(pen, 0, NULL, NULL);
    pen_close(pen);
    pen->y += 2;
}

static void draw_verdict(struct pen *pen, const struct pdf_line *line)
{
    const struct pdf_sheet *sheet = pen->sheet;
    double x = BAR + PAD + 3, height;

    height = pen_natural(pen, FACE_STATE, line->cells[0]) + 10;
    pen_lay(pen, FACE_VERDICT, line->cells[1],
            pen_width(pen) - x - height - PAD);
    pen->y += 2;
    pen_make_room(pen, pen_height(pen) + 2 * PAD);
    fill_box(pen, &tone_washes[sheet->tone], SIDE, pen->y, pen_width(pen),
             pen_height(pen) + 2 * PAD);
    fill_box(pen, &tones[sheet->tone], SIDE, pen->y, BAR + 1,
             pen_height(pen) + 2 * PAD);
    pen->y += PAD;
    pen_open(pen, "P");
    pen_lay(pen, FACE_STATE, line->cells[0], -1);
    pen->y += 2.2;
    pen_at(pen, x);
    pen->y -= 2.2;
    pen_lay(pen, FACE_VERDICT, line->cells[1],
            pen_width(pen) - x - height - PAD);
    flow(pen, x + height, NULL, NULL);
    pen_close(pen);
    pen->y += PAD + 6;
}

static void draw_text(struct pen *pen, const struct pdf_line *line)
{
    pen_open(pen, "P");
    pen_lay(pen, pen->about ? FACE_ABOUT : FACE_BODY, line->cells[0],
            pen_width(pen));
    flow(pen, 0, NULL, NULL);
    pen_close(pen);
    pen->y += 3;
}

/* Whether the line beside this one is of that kind. */
static bool beside(const struct pen *pen, int step, enum pdf_kind kind)
{
    size_t at = pen->line + (size_t)step;

    return at < pen->sheet->count && pen->sheet->lines[at].kind == kind;
}

static void draw_item(struct pen *pen, const struct pdf_line *line)
{
    double below = beside(pen, 1, PDF_QUOTE) ? QUOTE_LEAST : 0;

    pen->y += beside(pen, -1, PDF_FACT) ? 5 : 2;
    pen_lay(pen, FACE_BODY, line->cells[0], pen_width(pen) - INSET);
    if (pen_height(pen) + below < KEEP)
        pen_make_room(pen, pen_height(pen) + below);
    set_colour(pen, &brand);
    cairo_new_sub_path(pen->cr);
    cairo_arc(pen->cr, SIDE + 3.5, pen->y + 6.6, 1.6, 0, 6.2832);
    cairo_fill(pen->cr);
    pen_open(pen, "P");
    pen_lay(pen, FACE_BODY, line->cells[0], pen_width(pen) - INSET);
    flow(pen, INSET, NULL, NULL);
    pen_close(pen);
    pen->y += 2;
}

static void draw_fact(struct pen *pen, const struct pdf_line *line)
{
    double value = pen_width(pen) - NAME_WIDTH - NAME_GAP, name;

    pen_lay(pen, FACE_NAME, line->cells[0], NAME_WIDTH);
    name = pen_height(pen);
    pen_make_room(pen, name);
    pen_open(pen, "P");
    pen_lay(pen, FACE_NAME, line->cells[0], NAME_WIDTH);
    pen_at(pen, 0);
    name += pen->y;
    pen_lay(pen, FACE_BODY, line->cells[1], value);
    flow(pen, NAME_WIDTH + NAME_GAP, NULL, NULL);
    pen_close(pen);
    if (pen->y < name && name < pen->sheet->height)
        pen->y = name;
    pen->y += 1.5;
}

/* Words of others, below the step that heard them. */
static void draw_quote(struct pen *pen, const struct pdf_line *line)
{
    double inset = beside(pen, -1, PDF_ITEM) ? INSET : 0;

    pen->y += 2;
    pen->inset = inset;
    pen_open(pen, "P");
    pen_lay(pen, FACE_QUOTE, line->cells[0],
            pen_width(pen) - inset - BAR - 2 * PAD);
    flow(pen, inset + BAR + PAD, &wash, &rule);
    pen_close(pen);
    pen->y += 5;
}

static void (*const blocks[PDF_KIND_COUNT])(struct pen *,
                                            const struct pdf_line *) = {
    [PDF_PAGE] = draw_page,       [PDF_HEADING] = draw_heading,
    [PDF_PART] = draw_part,       [PDF_VERDICT] = draw_verdict,
    [PDF_LINE] = draw_text,       [PDF_ITEM] = draw_item,
    [PDF_FACT] = draw_fact,       [PDF_QUOTE] = draw_quote,
    [PDF_NAMES] = pdf_table_draw, [PDF_ROW] = pdf_table_row,
};

int pdf_draw(cairo_surface_t *surface, const struct pdf_sheet *sheet, int pages)
{
    struct pen pen = {
        .cr = cairo_create(surface),
        .sheet = sheet,
        .y = TOP,
        .page = 1,
        .pages = pages,
    };

    pen.layout = pango_cairo_create_layout(pen.cr);
    /* A point of the font shall be a point of the paper. */
    pango_cairo_context_set_resolution(pango_layout_get_context(pen.layout),
                                       72);
    pango_layout_context_changed(pen.layout);
    /* What is copied from the paper must be what was written: no hyphen where
     * an address is broken, no two letters as one sign. */
    pen.plain = pango_attr_list_new();
    pango_attr_list_insert(pen.plain, pango_attr_insert_hyphens_new(FALSE));
    pango_attr_list_insert(pen.plain,
                           pango_attr_font_features_new("liga 0, clig 0"));
    pango_layout_set_wrap(pen.layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(pen.layout, FALSE);
    for (; pen.line < sheet->count; pen.line++)
        blocks[sheet->lines[pen.line].kind](&pen, &sheet->lines[pen.line]);
    end_page(&pen);
    pango_attr_list_unref(pen.plain);
    g_object_unref(pen.layout);
    pages = cairo_status(pen.cr) == CAIRO_STATUS_SUCCESS ? pen.page - 1 : -1;
    cairo_destroy(pen.cr);
    return pages;
}
