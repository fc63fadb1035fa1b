/* SPDX-License-Identifier: MIT */
/* Screens without a terminal: where things stand at each size. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ui/layout.h"
#include "ui/wrap.h"

static const struct show utf8 = {.ascii = false};
static const struct show ascii = {.ascii = true};

static const struct hint hints[] = {
    {T_HINT_ENTER, 0}, {T_HINT_MOVE, 5},   {T_HINT_BACK, 0}, {T_HINT_HELP, 0},
    {T_HINT_STEPS, 4}, {T_HINT_REPORT, 2}, {T_HINT_QUIT, 0},
};

static const struct line live[] = {
    {STATE_GOOD, "El cable de red está conectado"},
    {STATE_GOOD, "El equipo tiene dirección de red"},
    {STATE_RUNNING, "Hablando con el servidor"},
};

static const struct line result[] = {
    {STATE_WARNING, "El servidor responde, pero tarda más de lo normal."},
    {STATE_NONE, "Probablemente hay mucho tráfico en la línea."},
    {STATE_NONE, "Espere unos minutos y repita la prueba."},
};

static const struct para body = {
    .text = "El servidor es la máquina que recibe el correo. Vamos a "
            "comprobar si este equipo puede hablar con ella. Tarda unos diez "
            "segundos y no cambia nada en su equipo."};

static struct sheet ask_sheet(void)
{
    return (struct sheet){
        .show = &utf8,
        .section = "Sin correo",
        .badge = "Práctica",
        .step = 3,
        .of = 6,
        .title = "Comprobar el servidor",
        .body = &body,
        .body_count = 1,
        .seconds = -1,
        .question = "¿Qué quiere hacer?",
        .choices = {"Repetir la prueba", "Seguir con el paso siguiente",
                    "Ver cómo reiniciar el servidor"},
        .choice_count = 3,
        .focus = 1,
        .hints = hints,
        .hint_count = sizeof(hints) / sizeof(*hints),
    };
}

static struct sheet running_sheet(void)
{
    struct sheet sheet = ask_sheet();

    sheet.live = live;
    sheet.live_count = 3;
    sheet.seconds = 6;
    sheet.expected = 10;
    return sheet;
}

static struct sheet result_sheet(void)
{
    struct sheet sheet = ask_sheet();

    sheet.live = live;
    sheet.live_count = 2;
    sheet.result = result;
    sheet.result_count = 3;
    return sheet;
}

static void assert_row(const struct layout *layout, int row, const char *text)
{
    char out[2048];

    frame_row(&layout->screen, row, out, sizeof(out));
    assert_string_equal(out, text);
}

static int find_row(const struct layout *layout, const char *part)
{
    char out[2048];

    for (int row = 0; row < layout->screen.rows; row++) {
        frame_row(&layout->screen, row, out, sizeof(out));
        if (strstr(out, part))
            return row;
    }
    return -1;
}

static void whole_screen(void **state)
{
    static const char *const rows[] = {
        " Sin correo                                          Práctica  Paso 3 "
        "de unos 6",
        "",
        "Comprobar el servidor",
        "El servidor es la máquina que recibe el correo. Vamos a comprobar si",
        "este equipo puede hablar con ella. Tarda unos diez segundos y no "
        "cambia",
        "nada en su equipo.",
        "",
        "Prueba "
        "-----------------------------------------------------------------",
        "  BIEN      El cable de red está conectado",
        "  BIEN      El equipo tiene dirección de red",
        "",
        "Resultado "
        "--------------------------------------------------------------",
        "  AVISO     El servidor responde, pero tarda más de lo normal.",
        "            Probablemente hay mucho tráfico en la línea.",
        "            Espere unos minutos y repita la prueba.",
        "",
        "",
        "",
        "",
        "¿Qué quiere hacer?",
        "  1. Repetir la prueba",
        "> 2. Seguir con el paso siguiente",
        "  3. Ver cómo reiniciar el servidor",
        " Enter Aceptar  Flechas Mover  A Atrás  ? Ayuda  P Pasos  "
        "I Informe  Q Salir",
    };
    struct sheet sheet = result_sheet();
    struct layout layout;

    (void)state;
    layout_init(&layout);
    layout_sheet(&layout, &sheet, 24, 80);
    for (int row = 0; row < 24; row++)
        assert_row(&layout, row, rows[row]);
    assert_int_equal(layout.screen.cursor_row, 21);
    assert_int_equal(layout.screen.cursor_column, 0);
    layout_release(&layout);
}

static void running_test_shows_its_clock(void **state)
{
    struct sheet sheet = running_sheet();
    struct layout layout;
    int row;

    (void)state;
    layout_init(&layout);
    layout_sheet(&layout, &sheet, 24, 80);
    row = find_row(&layout, "EN CURSO  Hablando");
    assert_true(row > 0);
    assert_row(&layout, row + 1,
               "            ##############..........  6 s de unos 10 s");
    sheet.expected = 0;
    layout_sheet(&layout, &sheet, 24, 80);
    assert_row(&layout, row + 1, "            6 s");
    sheet.expected = 3; /* it takes longer than usual */
    layout_sheet(&layout, &sheet, 24, 80);
    assert_row(&layout, row + 1,
               "            ########################  6 s, más de lo usual");
    assert_int_equal(find_row(&layout, "Como mucho"), -1);
    sheet.longest = 20;
    layout_sheet(&layout, &sheet, 24, 80);
    assert_row(&layout, row + 2, "            Como mucho quedan 14 s");
    layout_release(&layout);
}

/* What is chosen stays in its place while the panel above changes. */
static void choices_stay_in_place(void **state)
{
    struct sheet before = running_sheet(), after = result_sheet();
    struct layout layout;
    int row;

    (void)state;
    layout_init(&layout);
    layout_sheet(&layout, &before, 24, 80);
    row = layout.screen.cursor_row;
    layout_sheet(&layout, &after, 24, 80);
    assert_int_equal(layout.screen.cursor_row, row);
    layout_sheet(&layout, &after, 60, 200);
    assert_int_equal(layout.screen.cursor_row, row);
    layout_release(&layout);
}

static void little_room_drops_little_things_first(void **state)
{
    struct sheet sheet = running_sheet();
    struct layout layout;
    char out[512];

    (void)state;
    layout_init(&layout);
    layout_sheet(&layout, &sheet, 17, 80);
    assert_int_equal(find_row(&layout, "Comprobar el servidor"), 1);
    assert_true(find_row(&layout, "nada en su equipo") > 0);
    layout_sheet(&layout, &sheet, 14, 80);
    assert_int_equal(find_row(&layout, "nada en su equipo"), -1);
    assert_true(find_row(&layout, "? más") > 0);
    assert_true(find_row(&layout, "El cable de red") > 0);
    layout_sheet(&layout, &sheet, 12, 80);
    assert_int_equal(find_row(&layout, "El cable de red"), -1);
    assert_true(find_row(&layout, "BIEN      2 comprobaciones") > 0);
    assert_true(find_row(&layout, "####") > 0);
    frame_row(&layout.screen, 11, out, sizeof(out));
    assert_non_null(strstr(out, "? Ayuda"));
    layout_release(&layout);
}

static void verdict_survives_small_windows(void **state)
{
    static const int sizes[][2] = {{12, 40}, {11, 39}, {6, 24}, {5, 20},
                                   {4, 19},  {2, 10},  {1, 8}};
    struct sheet sheet = result_sheet();
    struct layout layout;

    (void)state;
    layout_init(&layout);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        layout_sheet(&layout, &sheet, sizes[i][0], sizes[i][1]);
        assert_true(find_row(&layout, "AVISO") >= 0);
        if (sizes[i][0] > 1)
            assert_true(find_row(&layout, "> 2.") >= 0);
    }
    layout_release(&layout);
}

static void key_bar_keeps_what_must_be(void **state)
{
    static const int widths[] = {300, 80, 60, 40, 39, 24, 20};
    struct sheet sheet = ask_sheet();
    struct layout layout;
    char out[2048];

    (void)state;
    layout_init(&layout);
    for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++) {
        layout_sheet(&layout, &sheet, 24, widths[i]);
        frame_row(&layout.screen, 23, out, sizeof(out));
        assert_non_null(strchr(out, '?'));
        assert_non_null(strchr(out, 'Q'));
        assert_true(wrap_width(out, strlen(out)) < widths[i]);
    }
    sheet.notice = "Pulse ? para ver la ayuda";
    layout_sheet(&layout, &sheet, 24, 80);
    assert_row(&layout, 23,
               " Pulse ? para ver la ayuda  A Atrás  ? Ayuda  Q Salir");
    layout_sheet(&layout, &sheet, 24, 40);
    assert_row(&layout, 23, " Pulse ? para ver la ayuda");
    layout_release(&layout);
}

/* Every row of a long text comes into view, page by page. */
static void long_text_pages(void **state)
{
    struct para paras[100];
    char texts[100][32];
    struct sheet sheet = ask_sheet();
    struct layout layout;
    int seen = 0;

    (void)state;
    for (int i = 0; i < 100; i++) {
        snprintf(texts[i], sizeof(texts[i]), "renglón %d.", i);
        paras[i] = (struct para){.text = texts[i]};
    }
    sheet.body = paras;
    sheet.body_count = 100;
    layout_init(&layout);
    layout_sheet(&layout, &sheet, 24, 80);
    assert_true(find_row(&layout, "(1 de ") >= 0);
    for (sheet.scroll = 0; seen < 100; sheet.scroll += layout.page) {
        layout_sheet(&layout, &sheet, 24, 80);
        assert_true(find_row(&layout, "Comprobar el servidor") > 0);
        assert_true(find_row(&layout, "> 2. Seguir") > 0);
        assert_true(find_row(&layout, texts[seen]) > 0);
        while (seen < 100 && find_row(&layout, texts[seen]) > 0)
            seen++;
    }
    sheet.scroll = 100000;
    layout_sheet(&layout, &sheet, 24, 80);
    assert_int_equal(layout.scroll, layout.scroll_most);
    assert_true(find_row(&layout, "renglón 99.") > 0);
    sheet.scroll = -5;
    layout_sheet(&layout, &sheet, 24, 80);
    assert_int_equal(layout.scroll, 0);
    layout_release(&layout);
}

static void form(void **state)
{
    static struct field_edit edits[2];
    struct sheet sheet = ask_sheet();
    struct layout layout;
    int row;

    (void)state;
    field_start(&edits[0], &utf8, "avisos@ejemplo.com", false);
    field_start(&edits[1], &utf8, "secreta", true);
    sheet.question = "";
    sheet.fields[0] =
        (struct sheet_field){"Remitente", "Quien envía", NULL, &edits[0]};
    sheet.fields[1] = (struct sheet_field){"Clave", "No se muestra",
                                           "Falta algo.", &edits[1]};
    sheet.field_count = 2;
    layout_init(&layout);
    layout_sheet(&layout, &sheet, 24, 80);
    row = find_row(&layout, "Clave");
    assert_row(&layout, row + 1, "  No se muestra");
    assert_row(&layout, row + 2, "> *******");
    assert_row(&layout, row + 3, "  Hay un problema");
    assert_row(&layout, row + 4, "  Falta algo.");
    assert_int_equal(layout.screen.cursor_row, row + 2);
    assert_int_equal(layout.screen.cursor_column, 2 + 7);
    assert_int_equal(find_row(&layout, "secreta"), -1);
    layout_sheet(&layout, &sheet, 12, 40);
    assert_int_equal(find_row(&layout, "No se muestra"), -1);
    assert_true(find_row(&layout, "> *******") > 0);
    layout_release(&layout);
}

static void assert_inside(const struct layout *layout, int rows, int columns)
{
    const struct frame *screen = &layout->screen;

    assert_false(screen->failed);
    assert_true(screen->cursor_row >= 0 && screen->cursor_row < rows);
    assert_true(screen->cursor_column >= 0 && screen->cursor_column < columns);
    for (size_t i = 0; i < screen->count; i++) {
        const struct piece *piece = &screen->pieces[i];
        int width = wrap_width(screen->text + piece->start, piece->length);

        assert_true(piece->row >= 0 && piece->row < rows);
        assert_true(piece->column >= 0 && piece->column + width <= columns);
        /* Some terminals scroll when their last cell is written. */
        assert_false(rows >= 5 && piece->row == rows - 1 &&
                     piece->column + width == columns);
    }
}

static void any_size_fits(void **state)
{
    struct sheet sheets[] = {ask_sheet(), running_sheet(), result_sheet()};
    struct layout layout;

    (void)state;
    layout_init(&layout);
    for (int rows = 1; rows <= 100; rows += rows < 30 ? 1 : 7)
        for (int columns = 1; columns <= 300; columns += columns < 90 ? 1 : 13)
            for (size_t i = 0; i < sizeof(sheets) / sizeof(*sheets); i++) {
                layout_sheet(&layout, &sheets[i], rows, columns);
                assert_inside(&layout, rows, columns);
            }
    layout_release(&layout);
}

/* Whatever field of a sheet holds it: no control byte gets into a frame, nor
 * any byte beyond ASCII where the terminal has no more. */
static void foreign_text_is_safe(void **state)
{
    static const char evil[] = "\033]0;x\007\033[2Já\u202e\u200b\r\n\x9b"
                               "31m\xff fin";
    static struct line lines[2];
    struct sheet sheet = running_sheet();
    struct para para = {.text = evil, .mark = evil};
    struct layout layout;

    (void)state;
    lines[0].state = STATE_GOOD;
    snprintf(lines[0].text, sizeof(lines[0].text), "%s", evil);
    sheet.section = sheet.badge = sheet.title = sheet.question = evil;
    sheet.body = &para;
    sheet.live = sheet.result = sheet.way = lines;
    sheet.live_count = sheet.result_count = sheet.way_count = 2;
    sheet.choices[0] = sheet.choices[1] = evil;
    layout_init(&layout);
    for (int narrow = 0; narrow < 2; narrow++) {
        sheet.show = narrow ? &ascii : &utf8;
        layout_sheet(&layout, &sheet, 60, 200);
        assert_true(find_row(&layout, "<U+202E>") == 0);
        for (size_t i = 0; i < layout.screen.used; i++) {
            unsigned char byte = (unsigned char)layout.screen.text[i];

            assert_true(byte >= 0x20 && byte != 0x7f);
            assert_false(narrow && byte >= 0x80);
        }
        assert_inside(&layout, 60, 200);
    }
    layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_screen),
        cmocka_unit_test(running_test_shows_its_clock),
        cmocka_unit_test(choices_stay_in_place),
        cmocka_unit_test(little_room_drops_little_things_first),
        cmocka_unit_test(verdict_survives_small_windows),
        cmocka_unit_test(key_bar_keeps_what_must_be),
        cmocka_unit_test(long_text_pages),
        cmocka_unit_test(form),
        cmocka_unit_test(any_size_fits),
        cmocka_unit_test(foreign_text_is_safe),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
