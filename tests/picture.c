/* SPDX-License-Identifier: MIT */
/* Draws a screen of a terminal as a PNG, as `tmux capture-pane -p -e` gives
 * it on standard input: text with its attributes (ECMA-48 8.3.117, SGR):
 *
 *   picture WIDTH HEIGHT FILE
 *
 * or keeps a PNG with fewer colours, which is a smaller file:
 *
 *   picture FROM FILE */
#include <cairo.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define FONT "DejaVu Sans Mono"
#define FONT_SIZE 15.0
#define CELL_WIDTH 9
#define CELL_HEIGHT 18
#define BASELINE 14
#define MARGIN 10
#define SCREEN_MAX 300 /* columns and rows */
#define PLAIN (-1)     /* the terminal's own colour */
#define LEVELS 15      /* of each colour: fewer make a smaller file */
#define ESCAPE 0x1b

struct pen {
    bool bold, underlined, reverse;
    int ink, ground; /* of `colours`, or PLAIN */
};

static const unsigned plain_ink = 0xdddddd, plain_ground = 0x111111;

/* The sixteen of xterm, the dark ones raised for a dark ground. */
static const unsigned colours[] = {
    0x000000, 0xdd5555, 0x55cc55, 0xddcc55, 0x6699ee, 0xcc77cc,
    0x55cccc, 0xdddddd, 0x777777, 0xff6666, 0x66ee66, 0xffee66,
    0x88aaff, 0xff88ff, 0x66eeee, 0xffffff,
};

static const struct pen new_pen = {false, false, false, PLAIN, PLAIN};

static void turn(struct pen *pen, long code)
{
    static const struct {
        int first, colour;
        bool ground;
    } ranges[] = {
        {30, 0, false}, {40, 0, true}, {90, 8, false}, {100, 8, true}};

    for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
        if (code >= ranges[i].first && code < ranges[i].first + 8) {
            int colour = ranges[i].colour + (int)code - ranges[i].first;

            *(ranges[i].ground ? &pen->ground : &pen->ink) = colour;
        }
    if (code == 0)
        *pen = new_pen;
    if (code == 1 || code == 22)
        pen->bold = code == 1;
    if (code == 4 || code == 24)
        pen->underlined = code == 4;
    if (code == 7 || code == 27)
        pen->reverse = code == 7;
    if (code == 39)
        pen->ink = PLAIN;
    if (code == 49)
        pen->ground = PLAIN;
}

/* Past the escape sequence at `at`; only SGR means anything here. */
static const char *obey(struct pen *pen, const char *at)
{
    static const char numbers[] = "0123456789;:";
    const char *end;

    if (at[1] != '[')
        return at[1] ? at + 2 : at + 1;
    end = at + 2 + strspn(at + 2, numbers);
    if (*end == 'm')
        for (at += 2; at <= end; at++) {
            char *next;

            turn(pen, strtol(at, &next, 10));
            at = next;
        }
    return *end ? end + 1 : end;
}

static void use(cairo_t *cairo, unsigned colour)
{
    cairo_set_source_rgb(cairo, (colour >> 16) / 255.0,
                         (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0);
}

static void draw_cell(cairo_t *cairo, const struct pen *pen, int column,
                      int row, const char *text, int width)
{
    unsigned ink = pen->ink == PLAIN ? plain_ink : colours[pen->ink];
    unsigned ground =
        pen->ground == PLAIN ? plain_ground : colours[pen->ground];
    int x = MARGIN + column * CELL_WIDTH, y = MARGIN + row * CELL_HEIGHT;

    use(cairo, pen->reverse ? ink : ground);
    cairo_rectangle(cairo, x, y, width * CELL_WIDTH, CELL_HEIGHT);
    cairo_fill(cairo);
    use(cairo, pen->reverse ? ground : ink);
    cairo_select_font_face(cairo, FONT, CAIRO_FONT_SLANT_NORMAL,
                           pen->bold ? CAIRO_FONT_WEIGHT_BOLD
                                     : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_move_to(cairo, x, y + BASELINE);
    cairo_show_text(cairo, text);
    if (pen->underlined) {
        cairo_rectangle(cairo, x, y + BASELINE + 2, width * CELL_WIDTH, 1);
        cairo_fill(cairo);
    }
}

/* The attributes of a line go on in the next one. */
static void draw_line(cairo_t *cairo, struct pen *pen, int row, const char *at)
{
    const char *end = at + strlen(at);
    int column = 0;

    while (at < end && *at != '\n') {
        char cell[MB_LEN_MAX + 1] = "";
        wchar_t letter;
        int length, width;

        if (*at == ESCAPE) {
            at = obey(pen, at);
            continue;
        }
        length = mbtowc(&letter, at, (size_t)(end - at));
        width = length > 0 ? wcwidth(letter) : 0;
        if (length <= 0)
            length = 1;
        if (width > 0) {
            memcpy(cell, at, (size_t)length);
            draw_cell(cairo, pen, column, row, cell, width);
            column += width;
        }
        at += length;
    }
}

static void simplify(cairo_surface_t *surface)
{
    int stride = cairo_image_surface_get_stride(surface);
    int height = cairo_image_surface_get_height(surface);
    unsigned char *bytes;

    cairo_surface_flush(surface);
    bytes = cairo_image_surface_get_data(surface);
    for (long i = 0; i < (long)stride * height; i++)
        bytes[i] =
            (unsigned char)((bytes[i] * LEVELS + 127) / 255 * (255 / LEVELS));
    cairo_surface_mark_dirty(surface);
}

static void draw(cairo_t *cairo, int rows)
{
    struct pen pen = new_pen;
    char *line = NULL;
    size_t room = 0;

    use(cairo, plain_ground);
    cairo_paint(cairo);
    cairo_set_font_size(cairo, FONT_SIZE);
    for (int row = 0; row < rows && getline(&line, &room, stdin) > 0; row++)
        draw_line(cairo, &pen, row, line);
    free(line);
}

static cairo_surface_t *draw_screen(int columns, int rows)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, columns * CELL_WIDTH + 2 * MARGIN,
        rows * CELL_HEIGHT + 2 * MARGIN);
    cairo_t *cairo = cairo_create(surface);

    draw(cairo, rows);
    cairo_destroy(cairo);
    return surface;
}

static int keep(cairo_surface_t *surface, const char *path)
{
    cairo_status_t status = cairo_surface_status(surface);

    if (status == CAIRO_STATUS_SUCCESS) {
        simplify(surface);
        status = cairo_surface_write_to_png(surface, path);
    }
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        fprintf(stderr, "%s: %s\n", path, cairo_status_to_string(status));
    return status != CAIRO_STATUS_SUCCESS;
}

static int side(const char *text)
{
    long number = strtol(text, NULL, 10);

    return number > 0 && number <= SCREEN_MAX ? (int)number : 0;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc == 4 && side(argv[1]) && side(argv[2]))
        return keep(draw_screen(side(argv[1]), side(argv[2])), argv[3]);
    if (argc == 3)
        return keep(cairo_image_surface_create_from_png(argv[1]), argv[2]);
    return 64;
}
